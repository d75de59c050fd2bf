using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask.BlockingOnTaskAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask.BlockingOnTaskCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

public sealed class BlockingOnTaskFixTests
{
    private static string In(string statements) => $$"""
        #pragma warning disable CS0219, CS0168
        public class C(HttpClient http)
        {
            private int total;
            private int Total { get; set; }
            private Task<string>? field;
            private Task<string> Get(int id = 0) => http.GetStringAsync($"a/{id}");
            private async ValueTask<string> GetValue() => await http.GetStringAsync("a");
            private async Task<Task<string>> GetTask() => Task.FromResult(await Get());

            public async Task M(bool flag, int[] ids, CancellationToken stop)
            {
                await Task.Yield();
                {{statements}}
            }
        }
        """;

    private static Task Fix(string before, string after, TestSettings? settings = null) => Verify.CodeFix(In(before), In(after), settings);

    private static Task NoFix(string statements) => Verify.NoCodeFix(In(statements));

    [Fact]
    public Task Result_IsAwaited() => Fix("var text = [|Get().Result|];", "var text = await Get();");

    [Fact]
    public Task Wait_IsAwaited() => Fix("[|Get().Wait()|];", "await Get();");

    [Fact]
    public Task WaitWithToken_BecomesWaitAsync() => Fix("[|Get().Wait(stop)|];", "await Get().WaitAsync(stop);");

    [Fact]
    public Task WaitWithTokenWithoutWaitAsync_HasNoFix() => Verify.NoCodeFix("public class C { public async Task M(CancellationToken stop) { await Task.Yield(); [|Task.Delay(1).Wait(stop)|]; } }", TestSettings.Default with { References = References.NetStandard20 });

    [Fact]
    public Task WaitWithTimeout_HasNoFix() => NoFix("if ([|Get().Wait(1000)|]) return; [|Get(1).Wait(TimeSpan.FromSeconds(1))|];");

    [Fact]
    public Task GetResult_IsAwaited() => Fix("var text = [|Get().GetAwaiter().GetResult()|];", "var text = await Get();");

    [Fact]
    public Task ConfiguredGetResult_StaysConfigured() => Fix("var text = [|Get().ConfigureAwait(false).GetAwaiter().GetResult()|];", "var text = await Get().ConfigureAwait(false);");

    [Fact]
    public Task ValueTask_IsAwaited() => Fix("var text = [|GetValue().Result|]; [|GetValue().GetAwaiter().GetResult()|];", "var text = await GetValue(); await GetValue();");

    [Fact]
    public Task ValueTaskAskedTwice_HasNoFix() => NoFix("var task = GetValue(); await task; var text = [|task.Result|];");

    [Fact]
    public Task WaitAll_BecomesWhenAll() => Fix("[|Task.WaitAll(Get(1), Get(2))|];", "await Task.WhenAll(Get(1), Get(2));");

    [Fact]
    public Task WaitAllOfAnArray_BecomesWhenAll() => Fix("var tasks = ids.Select(Get).ToArray(); [|Task.WaitAll(tasks)|];", "var tasks = ids.Select(Get).ToArray(); await Task.WhenAll(tasks);");

    [Fact]
    public Task WaitAllWithTimeout_HasNoFix() => NoFix("[|Task.WaitAll([Get(1), Get(2)], 1000)|];");

    [Fact]
    public Task WaitAllWithToken_HasNoFix() => NoFix("[|Task.WaitAll([Get(1), Get(2)], stop)|];");

    [Fact]
    public Task WaitAnyOfNoUse_BecomesWhenAny() => Fix("[|Task.WaitAny(Get(1), Get(2))|];", "await Task.WhenAny(Get(1), Get(2));");

    [Fact]
    public Task WaitAnyForItsIndex_HasNoFix() => NoFix("var winner = [|Task.WaitAny(Get(1), Get(2))|];");

    [Fact]
    public Task MemberOfTheResult_GetsParentheses() => Fix("var n = [|Get().Result|].Length + [|Get().Result|][0] + [|Get().Result|]!.Length;", "var n = (await Get()).Length + (await Get())[0] + (await Get())!.Length;");

    [Fact]
    public Task ConditionalAccessOfTheResult_GetsParentheses() => Fix("var n = [|Get().Result|]?.Length;", "var n = (await Get())?.Length;");

    [Fact]
    public Task ArgumentOfACall_KeepsTheCall() => Fix("Console.WriteLine(string.Concat(\"a\", [|Get().Result|]), [|Get(2).Result|]);", "Console.WriteLine(string.Concat(\"a\", await Get()), await Get(2));");

    [Fact]
    public Task CallOfTheResult_IsTakenFromTheRightSubtree() => Fix("if (string.Equals([|Get().Result|].Trim(), \"a\")) return;", "if (string.Equals((await Get()).Trim(), \"a\")) return;");

    [Fact]
    public Task OperatorsAroundTheResult_NeedNoParentheses() => Fix("var n = [|Get().Result|] + \"a\" ?? (object)[|Get().Result|]; var s = [|Get().Result|] switch { _ => 1 };", "var n = await Get() + \"a\" ?? (object)await Get(); var s = await Get() switch { _ => 1 };");

    [Fact]
    public Task ParenthesizedTask_KeepsItsParentheses() => Fix("var n = [|(flag ? Get(1) : Get(2)).Result|]; var m = [|((Task<string>)Get(3)).Result|];", "var n = await (flag ? Get(1) : Get(2)); var m = await ((Task<string>)Get(3));");

    [Fact]
    public Task ResultOfAResult_IsAwaitedTwice() => Fix("var text = [|[|GetTask().Result|].Result|];", "var text = await await GetTask();");

    [Fact]
    public Task ResultInsideAnAwaitedTask_IsAwaited() => Fix("var text = await [|GetTask().Result|];", "var text = await await GetTask();");

    [Fact]
    public Task NullForgivingTask_IsAwaited() => Fix("var text = [|field!.Result|];", "var text = await field!;");

    [Fact]
    public Task TaskThatMayBeNull_HasNoFix() => NoFix("var text = field?[|.Result|];");

    [Fact]
    public Task InterpolatedString_IsAwaited() => Fix("var text = $\"{[|Get().Result|]} {[|Get().Result|].Length:D2}\";", "var text = $\"{await Get()} {(await Get()).Length:D2}\";");

    [Fact]
    public Task ForEachSource_IsAwaited() => Fix("foreach (var c in [|Get().Result|]) { }", "foreach (var c in await Get()) { }");

    [Fact]
    public Task Using_IsAwaited() => Fix("using (var answer = [|http.GetAsync(\"a\").Result|]) { } using var other = [|http.GetAsync(\"b\").Result|];", "using (var answer = await http.GetAsync(\"a\")) { } using var other = await http.GetAsync(\"b\");");

    [Fact]
    public Task CompoundAssignmentOfAField_HasNoFix() => NoFix("total += [|Get().Result|].Length; Total += [|Get().Result|].Length;");

    [Fact]
    public Task CompoundAssignmentOfALocal_IsAwaited() => Fix("var text = \"\"; text += [|Get().Result|];", "var text = \"\"; text += await Get();");

    [Fact]
    public Task Comments_Stay() => Fix(
        """
        // before
                var text = /* a */ [|Get(/* b */ 1)
                    .Result|] /* c */; // after
        """,
        """
        // before
                var text = /* a */ await Get(/* b */ 1) /* c */; // after
        """);

    [Fact]
    public Task CommentInWhatGoesAway_HasNoFix() => NoFix("var text = [|Get() /* why */ .Result|];");

    [Fact]
    public Task DirectiveInWhatGoesAway_HasNoFix() => NoFix("""
        var text = [|Get()
        #if true
                    .Result|];
        #endif
        """);

    [Fact]
    public Task TaskTypeOfAnotherName_IsFollowed() => Verify.CodeFix(
        """
        using T = System.Threading.Tasks.Task;
        using static System.Threading.Tasks.Task;
        public class Task;
        public class C
        {
            public async T M()
            {
                await T.Yield();
                [|T.WaitAll(T.Delay(1), T.Delay(2))|];
                Touch();
                [|System.Threading.Tasks.Task.WaitAll(T.Delay(1))|];
            }

            private void Touch() => Console.WriteLine();
        }
        """,
        """
        using T = System.Threading.Tasks.Task;
        using static System.Threading.Tasks.Task;
        public class Task;
        public class C
        {
            public async T M()
            {
                await T.Yield();
                await T.WhenAll(T.Delay(1), T.Delay(2));
                Touch();
                await System.Threading.Tasks.Task.WhenAll(T.Delay(1));
            }

            private void Touch() => Console.WriteLine();
        }
        """);

    [Fact]
    public Task PrivateMethodWhereTaskMeansSomethingElse_SpellsTheType() => Verify.SuggestionFix(
        """
        public class Task;
        public class C
        {
            public async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); Touch(); }
            private void Touch() => [|System.Threading.Tasks.Task.Delay(1).Wait()|];
        }
        """,
        """
        public class Task;
        public class C
        {
            public async System.Threading.Tasks.Task M() { await System.Threading.Tasks.Task.Yield(); await Touch(); }
            private async System.Threading.Tasks.Task Touch() => await System.Threading.Tasks.Task.Delay(1);
        }
        """);

    [Fact]
    public Task PrivateMethodWithSeveralWaitsAndConfiguredCallers_BecomesAsyncOnce() => Verify.SuggestionFix(
        """
        public class C(HttpClient http)
        {
            public async Task M()
            {
                await Task.Delay(1).ConfigureAwait(false);
                Console.WriteLine(Load(1) + Load(2).Trim());
            }

            private static T Same<T>(T value) => value;

            private string Load(int id)
            {
                [|Task.Delay(id).Wait()|];
                return Same([|http.GetStringAsync("a").Result|]);
            }
        }
        """,
        """
        public class C(HttpClient http)
        {
            public async Task M()
            {
                await Task.Delay(1).ConfigureAwait(false);
                Console.WriteLine(await Load(1).ConfigureAwait(false) + (await Load(2).ConfigureAwait(false)).Trim());
            }

            private static T Same<T>(T value) => value;

            private async Task<string> Load(int id)
            {
                await Task.Delay(id).ConfigureAwait(false);
                return Same(await http.GetStringAsync("a").ConfigureAwait(false));
            }
        }
        """);

    [Fact]
    public Task CallersInOtherFiles_HaveNoFix() => Verify.NoCodeFix(
        "public partial class C { private void Touch() => [|Task.Delay(1).Wait()|]; }",
        TestSettings.Default with { Severity = Microsoft.CodeAnalysis.DiagnosticSeverity.Info, Sources = [new("Other.cs", "public partial class C { public async Task M() { await Task.Yield(); Touch(); } }")] });

    [Fact]
    public Task FirstOfTwoResults_IsAwaited() => Fix("var task = Get(); Console.WriteLine([|task.Result|]); Console.WriteLine(task.Result);", "var task = Get(); Console.WriteLine(await task); Console.WriteLine(task.Result);");

    [Fact]
    public Task Definition_IsKept() => Fix("string? text = [|Get().Result|]; object other = [|Get().Result|];", "string? text = await Get(); object other = await Get();");

    [Fact]
    public Task SingleStatementBody_IsAwaited() => Fix("if (flag) [|Get().Wait()|]; else [|Get(1).Wait()|];", "if (flag) await Get(); else await Get(1);");

    [Fact]
    public Task CatchOfAggregateException_HasNoFix() => NoFix("try { [|Get().Wait()|]; } catch (AggregateException) { }");

    [Fact]
    public Task CatchThatTakesTheFaultApart_HasNoFix() => NoFix("try { [|Get().Wait()|]; } catch (Exception fault) when (fault.InnerException is IOException) { } try { [|Get().Wait()|]; } catch (Exception fault) { Console.WriteLine(fault.InnerException); }");

    [Fact]
    public Task GetResultUnderACatchOfAggregateException_IsAwaited() => Fix("try { [|Get().GetAwaiter().GetResult()|]; } catch (AggregateException) { }", "try { await Get(); } catch (AggregateException) { }");

    [Fact]
    public Task OtherCatch_IsAwaited() => Fix("try { [|Get().Wait()|]; } catch (Exception fault) { Console.WriteLine(fault); }", "try { await Get(); } catch (Exception fault) { Console.WriteLine(fault); }");

    [Fact]
    public Task MembersThatDropTheContext_AreFollowed() => Verify.CodeFix(
        """
        public class C(HttpClient http)
        {
            public async Task M()
            {
                await Task.Delay(1).ConfigureAwait(false);
                var text = [|http.GetStringAsync("a").Result|].Length;
                var more = [|http.GetStringAsync("a").ConfigureAwait(false).GetAwaiter().GetResult()|];
            }
        }
        """,
        """
        public class C(HttpClient http)
        {
            public async Task M()
            {
                await Task.Delay(1).ConfigureAwait(false);
                var text = (await http.GetStringAsync("a").ConfigureAwait(false)).Length;
                var more = await http.GetStringAsync("a").ConfigureAwait(false);
            }
        }
        """);

    [Fact]
    public Task AsyncLambdaAndLocalFunction_AreAwaited() => Fix(
        "Func<Task> f = async () => [|Get().Wait()|]; async Task<string> Local() => [|Get().Result|];",
        "Func<Task> f = async () => await Get(); async Task<string> Local() => await Get();");

    [Fact]
    public Task OldLanguage_IsAwaited() => Verify.CodeFix(
        "using System.Threading.Tasks; public class C { public async Task<int> M() { await Task.Yield(); return [|N().Result|] + 1; } private async Task<int> N() { await Task.Yield(); return 1; } }",
        "using System.Threading.Tasks; public class C { public async Task<int> M() { await Task.Yield(); return await N() + 1; } private async Task<int> N() { await Task.Yield(); return 1; } }",
        TestSettings.Default with { LanguageVersion = LanguageVersion.CSharp6, Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable, ImplicitUsings = false });

    [Fact]
    public Task TopLevelStatements_AreAwaited() => Verify.CodeFix("await Task.Yield();\n[|Task.Delay(1).Wait()|];\n", "await Task.Yield();\nawait Task.Delay(1);\n");

    [Fact]
    public Task PrivateMethod_BecomesAsyncWithItsCallers() => Verify.SuggestionFix(
        """
        public class C(HttpClient http)
        {
            public async Task<int> M()
            {
                await Task.Yield();
                Touch(1);
                return Load("a").Length;
            }

            public async Task N() => Console.WriteLine(await http.GetStringAsync("n") + Load("b"));

            /// <summary>Loads.</summary>
            private string Load(string name) => [|http.GetStringAsync(name).Result|];

            void Touch(int n)
            {
                // Twice.
                [|http.GetStringAsync("a").Wait()|];
                Console.WriteLine(n);
            }
        }
        """,
        """
        public class C(HttpClient http)
        {
            public async Task<int> M()
            {
                await Task.Yield();
                await Touch(1);
                return (await Load("a")).Length;
            }

            public async Task N() => Console.WriteLine(await http.GetStringAsync("n") + await Load("b"));

            /// <summary>Loads.</summary>
            private async Task<string> Load(string name) => await http.GetStringAsync(name);

            async Task Touch(int n)
            {
                // Twice.
                await http.GetStringAsync("a");
                Console.WriteLine(n);
            }
        }
        """);

    [Fact]
    public Task PrivateMethodsInAChain_BecomeAsyncTogether() => Verify.SuggestionFix(
        """
        public class C(HttpClient http)
        {
            public async Task<string> M() { await Task.Yield(); return Both(); }
            private string Both() => Load("a") + Load("b");
            private string Load(string name) => [|http.GetStringAsync(name).Result|];
        }
        """,
        """
        public class C(HttpClient http)
        {
            public async Task<string> M() { await Task.Yield(); return await Both(); }
            private async Task<string> Both() => await Load("a") + await Load("b");
            private async Task<string> Load(string name) => await http.GetStringAsync(name);
        }
        """);

    [Fact]
    public Task TaskReturningMethod_HasNoFix() => Verify.NoCodeFix(
        "public class C(HttpClient http) { public Task M() { [|http.GetStringAsync(\"a\").Wait()|]; return Task.CompletedTask; } }",
        TestSettings.Default with { Severity = Microsoft.CodeAnalysis.DiagnosticSeverity.Info });
}
