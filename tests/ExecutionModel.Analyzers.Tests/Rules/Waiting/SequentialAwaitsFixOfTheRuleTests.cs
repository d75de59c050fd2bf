using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>Rule and fix together: the groups that the rule proves, in the shapes that the fix writes, end without a diagnostic.</summary>
public sealed class SequentialAwaitsFixOfTheRuleTests
{
    private static Task Fix(string before, string after, TestSettings? settings = null) => Verify.CodeFix(Client(before), Client(after), settings);

    private static string Client(string members) =>
        $$"""
        class C(HttpClient http)
        {
            {{members.ReplaceLineEndings("\n").Replace("\n", "\n    ", StringComparison.Ordinal)}}
        }
        """;

    [Fact]
    public Task Fix_Statements() => Fix(
        """
        public async Task<string> M(int id)
        {
            var a = [|await http.GetStringAsync("/a").ConfigureAwait(false)|];
            var url = $"/b/{id}";
            var b = await http.GetStringAsync(url).ConfigureAwait(false);
            return a + b;
        }
        """,
        """
        public async Task<string> M(int id)
        {
            var url = $"/b/{id}";
            var aTask = http.GetStringAsync("/a");
            var bTask = http.GetStringAsync(url);
            await Task.WhenAll(aTask, bTask).ConfigureAwait(false);
            var a = await aTask.ConfigureAwait(false);
            var b = await bTask.ConfigureAwait(false);
            return a + b;
        }
        """);

    [Fact]
    public Task Fix_Initializer() => Fix(
        """
        public sealed class Page { public string Head { get; set; } = ""; public byte[] Body { get; set; } = []; }
        public async Task<Page> M() => new Page
        {
            Head = [|await http.GetStringAsync("/head")|],
            Body = await http.GetByteArrayAsync("/body"),
        };
        """,
        """
        public sealed class Page { public string Head { get; set; } = ""; public byte[] Body { get; set; } = []; }
        public async Task<Page> M()
        {
            var headTask = http.GetStringAsync("/head");
            var bodyTask = http.GetByteArrayAsync("/body");
            await Task.WhenAll(headTask, bodyTask);
            return new Page
            {
                Head = await headTask,
                Body = await bodyTask,
            };
        }
        """);

    [Fact]
    public Task Fix_TupleInALambda() => Fix(
        """
        public Func<Task<(string, byte[])>> M() => async () => ([|await http.GetStringAsync("/a")|], await http.GetByteArrayAsync("/b"));
        """,
        """
        public Func<Task<(string, byte[])>> M() => async () =>
        {
            var stringTask = http.GetStringAsync("/a");
            var byteArrayTask = http.GetByteArrayAsync("/b");
            await Task.WhenAll(stringTask, byteArrayTask);
            return (await stringTask, await byteArrayTask);
        };
        """);

    [Fact]
    public Task Fix_ReadOfTheFirstsResultBetween_RunsAfterTheJoin() => Fix(
        """
        public async Task<string> M(int id)
        {
            var a = [|await http.GetStringAsync("/a")|];
            // What the first one says.
            var detail = await http.GetStringAsync(a);

            var url = $"/b/{id}";
            var b = await http.GetStringAsync(url);
            return detail + b;
        }
        """,
        """
        public async Task<string> M(int id)
        {
            var url = $"/b/{id}";
            var aTask = http.GetStringAsync("/a");
            var bTask = http.GetStringAsync(url);
            await Task.WhenAll(aTask, bTask);
            var a = await aTask;
            // What the first one says.
            var detail = await http.GetStringAsync(a);
            var b = await bTask;
            return detail + b;
        }
        """);

    [Fact]
    public Task Fix_GroupBetweenTheMembersOfAnother_BothAreFixed() => Fix(
        """
        public async Task<string> M()
        {
            var a = [|await http.GetStringAsync("/a")|];
            var left = [|await http.GetStringAsync(a + "/left")|];
            var right = await http.GetStringAsync(a + "/right");
            var b = await http.GetStringAsync("/b");
            return left + right + b;
        }
        """,
        """
        public async Task<string> M()
        {
            var aTask = http.GetStringAsync("/a");
            var bTask = http.GetStringAsync("/b");
            await Task.WhenAll(aTask, bTask);
            var a = await aTask;
            var leftTask = http.GetStringAsync(a + "/left");
            var rightTask = http.GetStringAsync(a + "/right");
            await Task.WhenAll(leftTask, rightTask);
            var left = await leftTask;
            var right = await rightTask;
            var b = await bTask;
            return left + right + b;
        }
        """);

    [Fact]
    public Task Fix_LoopOfReadsBetween_RunsAfterTheJoin() => Fix(
        """
        public async Task<string> M()
        {
            var a = [|await http.GetStringAsync("/a")|];
            foreach (var part in a.Split(','))
            {
                a += await http.GetStringAsync(part);
            }

            return a + await http.GetStringAsync("/b");
        }
        """,
        """
        public async Task<string> M()
        {
            var aTask = http.GetStringAsync("/a");
            var stringTask = http.GetStringAsync("/b");
            await Task.WhenAll(aTask, stringTask);
            var a = await aTask;
            foreach (var part in a.Split(','))
            {
                a += await http.GetStringAsync(part);
            }

            return a + await stringTask;
        }
        """);

    [Fact]
    public Task Fix_OneOfThemInAPlainBlock_IsNotOffered() => Verify.NoCodeFix(Client(
        """
        public async Task<string> M()
        {
            var a = [|await http.GetStringAsync("/a")|];
            {
                var b = await http.GetStringAsync("/b");
                a += b;
            }

            return a;
        }
        """));

    [Fact]
    public Task Fix_StrictWhereAsked() => Fix(
        """
        public async Task<int> M()
        {
            var a = [|await http.GetStringAsync("/a")|];
            var b = await http.GetByteArrayAsync("/b");
            return a.Length + b.Length;
        }
        """,
        """
        public async Task<int> M()
        {
            var aTask = http.GetStringAsync("/a");
            var bTask = http.GetByteArrayAsync("/b");
            await Task.WhenAll(aTask, bTask).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            var a = await aTask;
            var b = await bTask;
            return a.Length + b.Length;
        }
        """,
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.exception_order"] = "strict" } });

    [Fact]
    public Task Fix_SwitchSectionAndNestedBlock() => Fix(
        """
        public async Task<string> M(int kind)
        {
            switch (kind)
            {
                case 1:
                    var a = [|await http.GetStringAsync("/a")|];
                    var b = await http.GetStringAsync("/b");
                    return a + b;
                default:
                    if (kind > 5)
                    {
                        return [|await http.GetStringAsync("/c")|] + await http.GetStringAsync("/d");
                    }

                    return "";
            }
        }
        """,
        """
        public async Task<string> M(int kind)
        {
            switch (kind)
            {
                case 1:
                    var aTask = http.GetStringAsync("/a");
                    var bTask = http.GetStringAsync("/b");
                    await Task.WhenAll(aTask, bTask);
                    var a = await aTask;
                    var b = await bTask;
                    return a + b;
                default:
                    if (kind > 5)
                    {
                        var stringTask = http.GetStringAsync("/c");
                        var stringTask2 = http.GetStringAsync("/d");
                        await Task.WhenAll(stringTask, stringTask2);
                        return await stringTask + await stringTask2;
                    }

                    return "";
            }
        }
        """);

    [Fact]
    public Task Fix_TopLevelStatements() => Verify.CodeFix(
        """
        using var http = new HttpClient();
        var a = [|await http.GetStringAsync("http://a")|];
        var b = await http.GetStringAsync("http://b");
        Console.WriteLine(a + b);
        """,
        """
        using var http = new HttpClient();
        var aTask = http.GetStringAsync("http://a");
        var bTask = http.GetStringAsync("http://b");
        await Task.WhenAll(aTask, bTask);
        var a = await aTask;
        var b = await bTask;
        Console.WriteLine(a + b);
        """);

    [Fact]
    public Task Fix_InterpolationAndConsole() => Fix(
        """
        public async Task M()
        {
            Console.WriteLine($"{[|await http.GetStringAsync("/a")|]} {await http.GetStringAsync("/b")}");
        }
        """,
        """
        public async Task M()
        {
            var stringTask = http.GetStringAsync("/a");
            var stringTask2 = http.GetStringAsync("/b");
            await Task.WhenAll(stringTask, stringTask2);
            Console.WriteLine($"{await stringTask} {await stringTask2}");
        }
        """);
}
