using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.UnjoinedTasks.UnjoinedTasksAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.UnjoinedTasks.UnjoinedTasksCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM108. Suggestions where only a fault does harm, warnings where a task outlives its resource or the method may leave without it.</summary>
public sealed class UnjoinedTasksTests
{
    private static string Body(string members) => "public sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n";

    private static Task Warning(string members) => Verify.Analyzer(Body(members));

    private static Task Suggestion(string members) => Verify.Suggestion(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Body(members));

    // Only a fault does harm: suggestions

    /// <summary>analysis.md, straight line, row 37.</summary>
    [Fact]
    public Task StartedThenAwaitedInTurn_IsSuggestion() => Suggestion("""
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                var left = [|await a|];
                var right = await b;
                return left + right;
            }
        """);

    /// <summary>Both pipes close when the process ends, whoever waits for them.</summary>
    [Fact]
    public Task OutputsOfOneProcess_AreSilent() => Silent("""
            public async Task<string> RunAsync(System.Diagnostics.ProcessStartInfo tool, CancellationToken stop)
            {
                using var process = System.Diagnostics.Process.Start(tool)!;
                var output = process.StandardOutput.ReadToEndAsync(stop);
                var errors = process.StandardError.ReadToEndAsync(stop);
                await process.WaitForExitAsync(stop);
                var left = await output;
                var right = await errors;
                return left + right;
            }
        """);

    [Fact]
    public Task OutputsOfTwoProcesses_IsWarning() => Warning("""
            public async Task<string> RunAsync(System.Diagnostics.ProcessStartInfo tool, CancellationToken stop)
            {
                using var one = System.Diagnostics.Process.Start(tool)!;
                using var two = System.Diagnostics.Process.Start(tool)!;
                var output = one.StandardOutput.ReadToEndAsync(stop);
                var more = two.StandardOutput.ReadToEndAsync(stop);
                var left = [|await output|];
                var right = await more;
                return left + right;
            }
        """);

    [Theory]
    [InlineData("return [|await a|] + await b;")]
    [InlineData("return string.Concat([|await a.ConfigureAwait(false)|], await b.ConfigureAwait(false));")]
    [InlineData("var right = [|await b|]; return right + await a;")]
    [InlineData("var pair = (Left: [|await a|], Right: await b); return pair.Left;")]
    [InlineData("if ([|await a|] == \"\") Console.WriteLine(); return await b;")]
    [InlineData("var done = await Task.FromResult(1); return [|await a|] + await b + done;")]
    [InlineData("try { return [|await a|] + await b; } catch (Exception fault) { return fault.Message; }")]
    public Task AwaitsInOneLine_IsSuggestion(string statements) => Suggestion($$"""
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                {{statements}}
            }
        """);

    [Fact]
    public Task OfThree_NamesThoseLeft() => Verify.Analyzer(
        Body("""
            public async Task RunAsync()
            {
                var a = http.PostAsync("a", null);
                Task b = http.PostAsync("b", null), c = http.PostAsync("c", null);
                {|#0:await b|};
                {|#1:await a|};
                {|#2:await c|};
            }
        """),
        Verify.Diagnostic().WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithLocation(0).WithPartners(1, 2)
            .WithMessage("If 'b' fails, nobody waits for 'a', 'c' any more and faults there go unseen: join them with 'Task.WhenAll' before the first await"));

    [Fact]
    public Task ListInALoop_IsSuggestion() => Suggestion("""
            public async Task<List<string>> RunAsync(string[] urls)
            {
                var tasks = urls.Select(u => http.GetStringAsync(u)).ToList();
                var texts = new List<string>(tasks.Count);
                foreach (var task in tasks) texts.Add([|await task|]);
                return texts;
            }
        """);

    [Fact]
    public Task ListFilledInALoop_IsSuggestion() => Suggestion("""
            public async Task RunAsync(string[] urls)
            {
                var tasks = new List<Task<HttpResponseMessage>>();
                foreach (var url in urls) tasks.Add(http.PostAsync(url, null));
                foreach (var task in tasks)
                {
                    [|await task.ConfigureAwait(false)|];
                }
            }
        """);

    // Left behind in a normal run, or with what is disposed of: warnings

    [Fact]
    public Task ReturnBetweenTheAwaits_Reports() => Warning("""
            public async Task<string?> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                var left = [|await a|];
                if (left.Length == 0) return null;
                return left + await b;
            }
        """);

    [Fact]
    public Task ThrowBetweenTheAwaits_Reports() => Warning("""
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                var left = [|await a|];
                if (left.Length == 0) throw new InvalidOperationException();
                return left + await b;
            }
        """);

    [Fact]
    public Task ContinueBetweenTheAwaits_Reports() => Warning("""
            public async Task RunAsync(string[] urls)
            {
                foreach (var url in urls)
                {
                    var a = http.GetStringAsync(url);
                    var b = http.GetStringAsync(url + "/b");
                    if ([|await a|] == "") continue;
                    Console.WriteLine(await b);
                }
            }
        """);

    [Theory]
    [InlineData("using var own = new HttpClient();", "")]
    [InlineData("using (var own = new HttpClient()) {", "}")]
    public Task ResourceOfTheScope_Reports(string open, string close) => Warning($$"""
            public async Task RunAsync()
            {
                {{open}}
                var a = http.GetStringAsync("a");
                var b = own.GetStringAsync("b");
                Console.WriteLine([|await a|]);
                Console.WriteLine(await b);
                {{close}}
            }
        """);

    [Fact]
    public Task StreamHandedToTheSecond_NamesIt() => Verify.Analyzer(
        Body("""
            public async Task RunAsync(Stream left, byte[] page)
            {
                await using var right = File.OpenRead("right");
                var a = left.CopyToAsync(Stream.Null);
                var b = right.CopyToAsync(Stream.Null);
                {|#0:await a|};
                await b;
            }
        """),
        Verify.Diagnostic().WithLocation(0).WithMessage("If 'a' fails, nobody waits for 'b' any more and faults there go unseen, while 'right' is disposed of: join them with 'Task.WhenAll' before the first await"));

    // Joined, or somebody else's

    [Theory]
    [InlineData("await Task.WhenAll(a, b); return await a + await b;")]
    [InlineData("var first = await Task.WhenAny(a, b); return await first;")]
    [InlineData("Task.WaitAll(a, b); return await a + await b;")]
    [InlineData("_ = b.ContinueWith(t => t.Exception); return await a + await b;")]
    [InlineData("try { return await a + await b; } finally { await Task.WhenAll(a, b); }")]
    [InlineData("Keep(b); return await a + await b;")]
    [InlineData("return await a + await b + await b;")]
    [InlineData("return await a + (a.IsCompleted ? await b : \"\");")]
    [InlineData("var left = \"\"; try { left = await a; } catch (HttpRequestException) { } return left + await b;")]
    [InlineData("if (http.BaseAddress is null) Console.WriteLine(await a); return await b;")]
    [InlineData("return await a + b.Result;")]
    [InlineData("return await a + await b.WaitAsync(TimeSpan.FromSeconds(1));")]
    public Task TaskIsUsedOtherwise_IsSilent(string statements) => Silent($$"""
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                {{statements}}
            }

            private static void Keep(Task task) => Console.WriteLine(task.Id);
        """);

    [Theory]
    [InlineData("var a = http.GetStringAsync(\"a\"); var left = await a; var b = http.GetStringAsync(\"b\"); return left + await b;")]
    [InlineData("var left = await http.GetStringAsync(\"a\"); var right = await http.GetStringAsync(\"b\"); return left + right;")]
    [InlineData("var a = Task.FromResult(\"a\"); var b = Task.FromResult(\"b\"); return await a + await b;")]
    [InlineData("var a = Task.Run(() => 1); var b = Task.Run(() => 2); return \"\" + await a + await b;")]
    [InlineData("var a = Task.Delay(10); var b = http.GetStringAsync(\"b\"); await a; return await b;")]
    [InlineData("var a = One(); var b = One(); return await a + await b;")]
    public Task NothingIsLeftRunning_IsSilent(string statements) => Silent($$"""
            public async Task<string> RunAsync()
            {
                {{statements}}
            }

            private async ValueTask<string> One() => await http.GetStringAsync("a");
        """);

    /// <summary>peers.md 43: fire and forget.</summary>
    [Theory]
    [InlineData("_ = Task.Run(() => http.PostAsync(\"log\", null)); _ = http.PostAsync(\"log\", null); return await http.GetStringAsync(\"a\");")]
    [InlineData("var log = Task.Run(() => http.PostAsync(\"log\", null)); var a = http.GetStringAsync(\"a\"); return await a;")]
    public Task FireAndForget_IsSilent(string statements) => Silent($$"""
            public async Task<string> RunAsync()
            {
                {{statements}}
            }
        """);

    /// <summary>peers.md 45: who waits may stand in another method.</summary>
    [Theory]
    [InlineData("await BothAsync(a, b); return await a + await b;")]
    [InlineData("Join(a, b); return await a + await b;")]
    [InlineData("await new Waits(a, b).DoneAsync(); return await a + await b;")]
    public Task JoinedByAMethodOfTheProject_IsSilent(string statements) => Silent($$"""
            public async Task<string> RunAsync()
            {
                using var own = new HttpClient();
                var a = http.GetStringAsync("a");
                var b = own.GetStringAsync("b");
                {{statements}}
            }

            private static Task BothAsync(params Task[] tasks) => Task.WhenAll(tasks);
            private static void Join(Task a, Task b) => Task.WaitAll(a, b);
            private sealed class Waits(params Task[] tasks) { public Task DoneAsync() => Task.WhenAll(tasks); }
        """);

    /// <summary>peers.md 45: the task disposes of its stream itself, so only faults go unseen.</summary>
    [Fact]
    public Task ResourceThatTheTaskOwns_IsSuggestion() => Suggestion("""
            public async Task<string> RunAsync(string left, string right)
            {
                var first = File.OpenRead(left);
                var second = File.OpenRead(right);
                var a = ReadAsync(first);
                var b = ReadAsync(second);
                return [|await a|] + await b;
            }

            private static async Task<string> ReadAsync(Stream stream)
            {
                using var reader = new StreamReader(stream);
                return await reader.ReadToEndAsync();
            }
        """);

    [Fact]
    public Task FirstCatchesItsFaults_IsSilent() => Silent("""
            public async Task<string> RunAsync()
            {
                var a = TryAsync();
                var b = http.GetStringAsync("b");
                return await a + await b;
            }

            private async Task<string> TryAsync()
            {
                try
                {
                    return await http.GetStringAsync("a");
                }
                catch (Exception)
                {
                    return "";
                }
            }
        """);

    [Fact]
    public Task AwaitedMoreOftenThanStarted_IsSilent() => Silent("""
            public async Task RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                for (var i = 0; i < 2; i++)
                {
                    Console.WriteLine(await a);
                    Console.WriteLine(await b);
                }
            }
        """);

    /// <summary>peers.md 66: what runs at once already is not told to run at once; parameters and fields belong to somebody else.</summary>
    [Fact]
    public Task TasksOfSomebodyElse_IsSilent() => Silent("""
            private readonly Task<string> field = Task.FromResult("");

            public async Task<string> RunAsync(Task<string> a, Task<string> b, IEnumerable<Task<string>> tasks, List<Task> more)
            {
                foreach (var task in tasks) Console.WriteLine(await task);
                foreach (var task in more) await task;
                return await a + await b + await field;
            }
        """);

    [Theory]
    [InlineData("var tasks = urls.Select(u => http.GetStringAsync(u)); foreach (var task in tasks) Console.WriteLine(await task);")]
    [InlineData("var tasks = urls.Select(u => http.GetStringAsync(u)).ToList(); await Task.WhenAll(tasks); foreach (var task in tasks) Console.WriteLine(await task);")]
    [InlineData("var tasks = urls.Select(u => http.GetStringAsync(u)).ToList(); foreach (var task in tasks) { await http.PostAsync(\"a\", null); Console.WriteLine(await task); }")]
    [InlineData("var tasks = urls.Select(u => Task.FromResult(u)).ToList(); foreach (var task in tasks) Console.WriteLine(await task);")]
    [InlineData("var tasks = urls.Select(u => http.GetStringAsync(u)).ToList(); foreach (var task in tasks) if (urls.Length > 1) Console.WriteLine(await task);")]
    [InlineData("var tasks = urls.Select(u => http.GetStringAsync(u)).ToList(); while (tasks.Count > 0) { var done = await Task.WhenAny(tasks); tasks.Remove(done); Console.WriteLine(await done); }")]
    public Task LoopThatLeavesNothing_IsSilent(string statements) => Silent($$"""
            public async Task RunAsync(string[] urls)
            {
                {{statements}}
            }
        """);

    [Fact]
    public Task ResultsThatAreStreamed_IsSilent() => Silent("""
            public async IAsyncEnumerable<string> RunAsync(string[] urls)
            {
                var tasks = urls.Select(u => http.GetStringAsync(u)).ToList();
                foreach (var task in tasks) yield return await task;
            }
        """);

    [Fact]
    public Task TestCode_IsSilent() => Silent("""
            [Xunit.Fact]
            public async Task Test()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                Console.WriteLine(await a + await b);
            }
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class Rest
        {
        """);

    [Fact]
    public Task ConfidenceCertain_LeavesOutSuggestions_IsSilent() => Verify.Analyzer(
        Body("public async Task<string> RunAsync() { var a = http.GetStringAsync(\"a\"); var b = http.GetStringAsync(\"b\"); return await a + await b; }"),
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    // Fixes

    [Fact]
    public Task Fix_JoinStandsBeforeTheFirstAwait() => Fix(
        """
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");

                // Left first.
                var left = [|await a|]; // a
                var right = await b;
                return left + right;
            }
        """,
        """
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");

                await Task.WhenAll(a, b);
                // Left first.
                var left = await a; // a
                var right = await b;
                return left + right;
            }
        """);

    [Fact]
    public Task Fix_KeepsConfigureAwait() => Fix(
        """
            public async Task<int> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetByteArrayAsync("b");
                return ([|await a.ConfigureAwait(false)|]).Length + (await b.ConfigureAwait(false)).Length;
            }
        """,
        """
            public async Task<int> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetByteArrayAsync("b");
                await Task.WhenAll(a, b).ConfigureAwait(false);
                return (await a.ConfigureAwait(false)).Length + (await b.ConfigureAwait(false)).Length;
            }
        """);

    [Fact]
    public Task Fix_TypedCatch_IsStrict() => Fix(
        """
            public async Task RunAsync()
            {
                try
                {
                    var a = http.PostAsync("a", null);
                    Task b = http.PostAsync("b", null);
                    [|await a|];
                    await b;
                }
                catch (HttpRequestException)
                {
                }
            }
        """,
        """
            public async Task RunAsync()
            {
                try
                {
                    var a = http.PostAsync("a", null);
                    Task b = http.PostAsync("b", null);
                    await Task.WhenAll(a, b).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
                    await a;
                    await b;
                }
                catch (HttpRequestException)
                {
                }
            }
        """);

    [Fact]
    public Task Fix_TypedCatchBelowNet8_SwallowsFirst() => Verify.SuggestionFix(
        """
        public sealed class Sample
        {
            public async Task RunAsync(Stream left, Stream right)
            {
                try
                {
                    var a = left.CopyToAsync(Stream.Null);
                    var b = right.CopyToAsync(Stream.Null);
                    [|await a|];
                    await b;
                }
                catch (IOException)
                {
                }
            }
        }
        """,
        """
        public sealed class Sample
        {
            public async Task RunAsync(Stream left, Stream right)
            {
                try
                {
                    var a = left.CopyToAsync(Stream.Null);
                    var b = right.CopyToAsync(Stream.Null);
                    try
                    {
                        await Task.WhenAll(a, b);
                    }
                    catch
                    {
                        /* each fault is rethrown below, in order */
                    }
                    await a;
                    await b;
                }
                catch (IOException)
                {
                }
            }
        }
        """,
        TestSettings.Default with { References = References.NetStandard20 });

    [Fact]
    public Task Fix_Loop_JoinStandsBeforeIt() => Fix(
        """
            public async Task<List<string>> RunAsync(string[] urls)
            {
                var tasks = urls.Select(u => http.GetStringAsync(u)).ToList();
                var texts = new List<string>(tasks.Count);
                foreach (var task in tasks)
                {
                    texts.Add([|await task|]);
                }

                return texts;
            }
        """,
        """
            public async Task<List<string>> RunAsync(string[] urls)
            {
                var tasks = urls.Select(u => http.GetStringAsync(u)).ToList();
                var texts = new List<string>(tasks.Count);
                await Task.WhenAll(tasks);
                foreach (var task in tasks)
                {
                    texts.Add(await task);
                }

                return texts;
            }
        """);

    [Fact]
    public Task Fix_Several_InOneDocument() => Fix(
        """
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                var left = [|await a|] + await b;
                var c = http.GetStringAsync("c");
                var d = http.GetStringAsync("d");
                return left;
            }

            public async Task<string> MoreAsync()
            {
                var e = http.GetStringAsync("e");
                var f = http.GetStringAsync("f");
                return [|await e|] + await f;
            }
        """,
        """
            public async Task<string> RunAsync()
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                await Task.WhenAll(a, b);
                var left = await a + await b;
                var c = http.GetStringAsync("c");
                var d = http.GetStringAsync("d");
                return left;
            }

            public async Task<string> MoreAsync()
            {
                var e = http.GetStringAsync("e");
                var f = http.GetStringAsync("f");
                await Task.WhenAll(e, f);
                return await e + await f;
            }
        """);

    /// <summary>One of the tasks may need what stands between the awaits to end.</summary>
    [Theory]
    [InlineData("done.SetResult();")]
    [InlineData("await http.PostAsync(\"now\", null);")]
    [InlineData("unknown.Signal();")]
    [InlineData("File.WriteAllText(\"a\", left);")]
    public Task SomethingHappensBetween_HasNoFix(string between) => Verify.NoCodeFix(
        Body($$"""
            public async Task<string> RunAsync(TaskCompletionSource done, IUnknown unknown)
            {
                var a = http.GetStringAsync("a");
                var b = http.GetStringAsync("b");
                var left = [|await a|];
                {{between}}
                return left + await b;
            }

            public interface IUnknown { void Signal(); }
        """),
        TestSettings.Default with { Severity = Microsoft.CodeAnalysis.DiagnosticSeverity.Info });

    private static Task Fix(string before, string after) => Verify.SuggestionFix(Body(before), Body(after));
}
