using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask.BlockingOnTaskAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

public sealed class BlockingOnTaskTests
{
    private const string Members = """
        #pragma warning disable CS1998, CS0162, CS0168, CS0219, CS8321, CS0649, CS0414
            private readonly HttpClient http = new();
            private readonly object gate = new();
            private Task<string>? field;
            private Task<string> Get() => http.GetStringAsync("a");
            private Task<string> Get(int id) => http.GetStringAsync($"a/{id}");
            private async ValueTask<string> GetValue() => await http.GetStringAsync("a");
        """;

    private static string In(string statements, string members = "") => $$"""
        public class C
        {
        {{Members}}
            public async Task M(bool async, bool flag, int[] ids, byte[] bytes, CancellationToken stop)
            {
                await Task.Yield();
                {{statements}}
            }
        {{members}}
        }
        """;

    private static string Type(string members) => $$"""
        public partial class C
        {
        {{Members}}
        {{members}}
        }
        """;

    private static Task Reports(string statements) => Verify.Analyzer(In(statements));

    private static Task Suggests(string statements) => Verify.Suggestion(In(statements));

    private static Task Silent(string statements, string members = "") => Verify.Analyzer(In(statements, members));

    // ---- the shapes of a wait, in async code

    [Fact]
    public Task Result_Reports() => Reports("var text = [|Get().Result|];");

    [Fact]
    public Task Wait_Reports() => Reports("[|Get().Wait()|];");

    [Fact]
    public Task WaitWithToken_Reports() => Reports("[|Get().Wait(stop)|];");

    [Fact]
    public Task WaitWithTimeout_Reports() => Reports("if ([|Get().Wait(1000)|]) return;");

    [Fact]
    public Task GetResult_Reports() => Reports("var text = [|Get().GetAwaiter().GetResult()|];");

    [Fact]
    public Task ConfiguredGetResult_Reports() => Reports("var text = [|Get().ConfigureAwait(false).GetAwaiter().GetResult()|];");

    [Fact]
    public Task WaitAll_Reports() => Reports("[|Task.WaitAll(Get(1), Get(2))|];");

    [Fact]
    public Task WaitAny_Reports() => Reports("[|Task.WaitAny(Get(1), Get(2))|];");

    [Fact]
    public Task ResultOfAField_Reports() => Reports("var text = [|field!.Result|];");

    [Fact]
    public Task ResultWhereNothingIsCalled_Reports() => Verify.Analyzer(Type("async Task<string> M(Task<string> text) => [|text.Result|];"));

    [Fact]
    public Task ValueTaskResult_Reports() => Reports("var text = [|GetValue().Result|];");

    [Fact]
    public Task ValueTaskGetResult_Reports() => Reports("var text = [|GetValue().GetAwaiter().GetResult()|];");

    [Fact]
    public Task ResultInAnArgument_Reports() => Reports("Console.WriteLine(string.Concat(\"a\", [|Get().Result|].Trim()));");

    [Fact]
    public Task ResultAfterConditionalAccess_Reports() => Reports("var text = field?[|.Result|];");

    [Fact]
    public Task ResultInAsyncLambda_Reports() => Reports("Func<Task> f = async () => { await Task.Yield(); [|Get().Wait()|]; };");

    [Fact]
    public Task ResultInAsyncLocalFunction_Reports() => Reports("async Task Local() { await Task.Yield(); [|Get().Wait()|]; } await Local();");

    [Fact]
    public Task ResultInAsyncVoid_Reports() => Verify.Analyzer(Type("async void On(object sender, EventArgs e) { await Task.Yield(); var x = [|Get().Result|]; }"));

    [Fact]
    public Task ResultInAsyncIterator_Reports() => Verify.Analyzer(Type("async IAsyncEnumerable<string> Each() { await Task.Yield(); yield return [|Get().Result|]; }"));

    [Fact]
    public Task ResultWithoutAnyAwait_Reports() => Verify.Analyzer(Type("async Task M() { var x = [|Get().Result|]; }"));

    [Fact]
    public Task ResultInCatchAndFinally_Reports() => Reports("try { } catch (IOException) { [|Get().Wait()|]; } finally { [|Get().Wait()|]; }");

    [Fact]
    public Task ResultOfTaskRunInAsyncCode_Reports() => Reports("var text = [|Task.Run(() => Get()).Result|];");

    [Fact]
    public Task DelayWait_Reports() => Reports("[|Task.Delay(100).Wait()|];");

    [Fact]
    public Task WhenAllWait_Reports() => Reports("[|Task.WhenAll(Get(1), Get(2)).Wait()|];");

    [Fact]
    public Task AsyncMain_Reports() => Verify.Analyzer(
        "public class Program { public static async Task Main() { await Task.Yield(); [|Task.Delay(1).Wait()|]; } }",
        TestSettings.Default with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task AwaitingTopLevelStatements_Report() => Verify.Analyzer("await Task.Yield();\n[|Task.Delay(1).Wait()|];");

    // ---- where an await can't stand (peers 2, 15, 16, 25-29, 36-38, 41)

    [Fact]
    public Task Lock_IsSilent() => Silent("lock (gate) { var x = Get().Result; }");

    [Fact]
    public Task LockObject_Reports() => Reports("lock ([|Get().Result|]) { }");

    [Fact]
    public Task MonitorEnter_IsSilent() => Silent("Monitor.Enter(gate); try { var x = Get().Result; } finally { Monitor.Exit(gate); }");

    [Fact]
    public Task ExceptionFilter_IsSilent() => Silent("try { } catch (Exception) when (Get().Result == \"a\") { }");

    [Fact]
    public Task ExpressionTree_IsSilent() => Silent("System.Linq.Expressions.Expression<Func<int, bool>> e = id => Get(id).Result == \"a\";");

    [Fact]
    public Task QueryableExpression_IsSilent() => Silent("var found = ids.AsQueryable().Where(id => Get(id).Result == \"a\").ToList();");

    [Fact]
    public Task QueryClause_IsSilent() => Silent("var found = (from id in ids where Get(id).Result == \"a\" select id).ToList();");

    [Fact]
    public Task FirstSourceOfAQuery_Reports() => Reports("var found = (from c in [|Get().Result|] select c).ToList();");

    [Fact]
    public Task NameOf_IsSilent() => Silent("Console.WriteLine(nameof(field.Result));");

    [Fact]
    public Task SynchronousLambda_IsSilent() => Silent("var texts = ids.Select(id => Get(id).Result).ToList();");

    [Fact]
    public Task SynchronousLocalFunction_IsSilent() => Silent("string Local() => Get().Result; Local();");

    // ---- a chain that starts tasks and picks their results

    [Fact]
    public Task ResultOfTasksTheChainStarts_IsSuggestion() => Suggests("var texts = ids.Select(async id => await Get(id)).Select(t => [|t.Result|]).ToList();");

    [Fact]
    public Task GetResultOfTasksTheChainStarts_IsSuggestion() => Suggests("var texts = ids.Where(i => i > 0).Select(id => Get(id)).ToArray().Select(t => [|t.GetAwaiter().GetResult()|]).OrderBy(t => t).ToList();");

    [Fact]
    public Task LengthOfResultOfTasksTheChainStarts_IsSuggestion() => Suggests("var sum = ids.Select(id => Get(id)).Sum(t => [|t.Result|].Length);");

    [Fact]
    public Task ChainInAction_IsSuggestion() => Verify.Suggestion("""
        using Microsoft.AspNetCore.Mvc;
        public class Pages(HttpClient http) : ControllerBase
        {
            [HttpGet]
            public IActionResult All(int[] ids) => Ok(ids.Select(async id => await http.GetStringAsync($"a/{id}")).Select(t => [|t.Result|]).ToList());
        }
        """);

    [Fact]
    public Task TasksThatWereAwaitedBeforeTheChain_IsSilent() => Silent("var tasks = ids.Select(id => Get(id)).ToArray(); await Task.WhenAll(tasks); var texts = tasks.Select(t => t.Result).ToList();");

    [Fact]
    public Task TasksOfAnotherChain_IsSilent() => Silent("var tasks = ids.Select(id => Get(id)).ToArray(); var texts = tasks.Select(t => t.Result).ToList();");

    [Fact]
    public Task ChainOfCompletedTasks_IsSilent() => Silent("var texts = ids.Select(id => Task.FromResult(id)).Select(t => t.Result).ToList();");

    [Fact]
    public Task ChainOfAsyncLambdasWithoutAwait_IsSilent() => Silent("var numbers = ids.Select(async id => id + 1).Select(t => t.Result).ToList();");

    [Fact]
    public Task LazyChain_IsSilent() => Silent("IEnumerable<string> texts = ids.Select(id => Get(id)).Select(t => t.Result);");

    [Fact]
    public Task ChainInSynchronousMethod_IsSilent() => Silent("", "    public List<string> All(int[] ids) => ids.Select(async id => await Get(id)).Select(t => t.Result).ToList();");

    [Fact]
    public Task ChainInsideALock_IsSilent() => Silent("lock (gate) { var texts = ids.Select(id => Get(id)).Select(t => t.Result).ToList(); }");

    [Fact]
    public Task LambdaEvaluatedAtRegistrationInAsyncMain_IsSilent() => Verify.Analyzer("""
        public class Program
        {
            public static async Task Main() { await Task.Yield(); Register(o => o.Name = Detect().Result); }
            static Task<string> Detect() => Task.Run(() => "a");
            static void Register(Action<Options> configure) => configure(new Options());
        }
        public class Options { public string Name = ""; }
        """, TestSettings.Default with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task SpanAcross_IsSilent() => Silent("Span<byte> head = bytes; var x = Get().Result; head.Clear();");

    [Fact]
    public Task SpanBefore_Reports() => Reports("Span<byte> head = bytes; head.Clear(); var x = [|Get().Result|];");

    [Fact]
    public Task SpanElementAsTarget_IsSilent() => Silent("bytes.AsSpan()[0] = (byte)Get().Result.Length;");

    [Fact]
    public Task LoopOverASpan_IsSilent() => Silent("foreach (var b in bytes.AsSpan()) { Get().Wait(); }");

    [Fact]
    public Task UnsafeBlock_IsSilent() => Silent("unsafe { var x = Get().Result; }");

    [Fact]
    public Task Fixed_IsSilent() => Silent("unsafe { fixed (byte* p = bytes) { var x = Get().Result; } }");

    [Fact]
    public Task SynchronousSideOfADualPath_IsSilent() => Silent("var x = async ? await Get() : Get().GetAwaiter().GetResult();");

    [Fact]
    public Task BehindTheAsynchronousSide_IsSilent() => Silent("if (async) { await Get(); return; } Get().Wait();");

    [Fact]
    public Task AsynchronousSideOfADualPath_Reports() => Reports("if (async) [|Get().Wait()|];");

    [Fact]
    public Task OtherFlag_Reports() => Reports("var x = flag ? await Get() : [|Get().Result|];");

    [Fact]
    public Task SynchronousMain_IsSilent() => Verify.Analyzer(
        "public class Program { public static void Main() { Task.Delay(1).Wait(); } }",
        TestSettings.Default with { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task TopLevelStatementsWithoutAwait_AreSilent_IsSilent() => Verify.Analyzer("Task.Delay(1).Wait();");

    [Fact]
    public Task Constructor_IsSilent() => Verify.Analyzer(Type("public C() { var x = Get().Result; }"));

    [Fact]
    public Task Property_IsSilent() => Verify.Analyzer(Type("public string P => Get().Result;"));

    [Fact]
    public Task PublicSynchronousMethod_IsSilent() => Verify.Analyzer(Type("public string P() => Get().Result;"));

    [Fact]
    public Task InterfaceImplementation_IsSilent() => Verify.Analyzer(Type("private class D : IFormattable { public string ToString(string? f, IFormatProvider? p) => Task.Run(() => \"\").Result; }"));

    [Fact]
    public Task Override_IsSilent() => Verify.Analyzer(Type("public override string ToString() => Get().Result;"));

    [Fact]
    public Task Dispose_IsSilent() => Verify.Analyzer(Type("public void Dispose() => Get().Wait();"));

    [Fact]
    public Task FieldInitializer_IsSilent() => Verify.Analyzer(Type("private static string text = Task.Run(() => \"a\").Result;"));

    [Fact]
    public Task Iterator_IsSilent() => Verify.Analyzer(Type("private IEnumerable<string> Each() { yield return Get().Result; } async Task M() { await Task.Yield(); Each(); }"));

    [Fact]
    public Task TaskOfItsOwnThatIsNoTask_IsSilent() => Silent("var x = new Answer().Result; new Answer().Wait();", "class Answer { public int Result => 1; public void Wait() { } }");

    [Fact]
    public Task WaitOfNoTime_IsSilent() => Silent("if (Get().Wait(0) || Get().Wait(TimeSpan.Zero)) return;");

    [Fact]
    public Task TransactionScopeOfTheThread_IsSilent() => Silent("using var scope = new System.Transactions.TransactionScope(); var x = Get().Result;");

    [Fact]
    public Task TestCode_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public class FactAttribute : Attribute; }
        public class Tests { [Xunit.Fact] public async Task T() { await Task.Yield(); Task.Delay(1).Wait(); } }
        """);

    // ---- synchronous code that could await

    [Fact]
    public Task PrivateMethodWithAsyncCallers_IsSuggestion() => Verify.Suggestion(Type("private string Load() => [|Get().Result|]; public async Task<string> M() { await Task.Yield(); return Load(); }"));

    [Fact]
    public Task PrivateMethodTwoLevelsBelow_IsSuggestion() => Verify.Suggestion(Type("private string Load() => [|Get().Result|]; private string Both() => Load() + Load(); public async Task<string> M() { await Task.Yield(); return Both(); }"));

    [Fact]
    public Task PrivateMethodWithASynchronousCaller_IsSilent() => Verify.Analyzer(Type("private string Load() => Get().Result; public async Task<string> M() { await Task.Yield(); return Load(); } public string N() => Load();"));

    [Fact]
    public Task PrivateMethodUsedAsADelegate_IsSilent() => Verify.Analyzer(Type("private string Load() => Get().Result; public async Task M() { await Task.Yield(); Func<string> f = Load; Load(); }"));

    [Fact]
    public Task WrapperThatItsOwnAsyncMethodCalls_IsSilent() => Verify.Analyzer(Type("private string Load() => LoadAsync().Result; private async Task<string> LoadAsync() { await Task.Yield(); return Load(); }"));

    [Fact]
    public Task TaskReturningMethod_IsSuggestion() => Verify.Suggestion(Type("public Task M() { [|Get().Wait()|]; return Task.CompletedTask; }"));

    [Fact]
    public Task LambdaThatReturnsATask_IsSuggestion() => Verify.Suggestion(In("Func<Task> f = () => { [|Get().Wait()|]; return Task.CompletedTask; };"));

    [Fact]
    public Task Action_IsSuggestion() => Verify.Suggestion("""
        using Microsoft.AspNetCore.Mvc;
        public class Names(HttpClient http) : ControllerBase
        {
            [HttpGet] public ActionResult<string> Get() => [|http.GetStringAsync("a").Result|];
            [HttpGet] public ActionResult<string> Pooled() => Task.Run(() => http.GetStringAsync("a")).Result;
            public override AcceptedResult Accepted() { http.GetStringAsync("a").Wait(); return base.Accepted(); }
            [NonAction] internal string Inner() => http.GetStringAsync("a").Result;
        }
        """, TestSettings.Web);

    [Fact]
    public Task Route_IsSuggestion() => Verify.Suggestion("""
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/", (HttpClient http) => [|http.GetStringAsync("a").Result|]);
        }
        """, TestSettings.Web);

    [Fact]
    public Task LambdaOfAnotherCall_IsSilent() => Verify.Analyzer("""
        public static class Routes
        {
            public static void Map(IServiceCollection services) => services.AddSingleton(p => p.GetRequiredService<HttpClient>().GetStringAsync("a").Result);
        }
        """, TestSettings.Web);

    [Fact]
    public Task GatekeeperInSynchronousCode_IsSilent() => Verify.Analyzer(Type("public Task<int> M() { var x = Task.Run(() => Get()).Result; return Task.FromResult(x.Length); }"));

    [Fact]
    public Task ParameterOfATaskReturningMethod_IsSilent() => Verify.Analyzer(Type("public Task<int> M(Task<string> done) => Task.FromResult(done.Result.Length);"));

    [Fact]
    public Task FakeAsyncWithoutATask_IsSilent() => Verify.Analyzer(Type("private int Compute() => 1; public Task<int> ComputeAsync() => Task.FromResult(Compute());"));

    [Fact]
    public Task CertainOnly_LeavesSuggestionsOut_IsSilent() => Verify.Analyzer(
        Type("public Task M() { Get().Wait(); return Task.CompletedTask; }"),
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    // ---- tasks that are known to be done (peers 20-24, 2g)

    [Fact]
    public Task AfterAwait_IsSilent() => Silent("var t = Get(); await t; var x = t.Result;");

    [Fact]
    public Task AfterConfiguredAwait_IsSilent() => Silent("var t = Get(); await t.ConfigureAwait(false); var x = t.Result;");

    [Fact]
    public Task AfterWhenAll_IsSilent() => Silent("var a = Get(1); var b = Get(2); await Task.WhenAll(a, b); var x = a.Result + b.Result;");

    [Fact]
    public Task AfterWhenAllOfACollection_IsSilent() => Silent("var tasks = ids.Select(id => Get(id)).ToList(); await Task.WhenAll(tasks); foreach (var t in tasks) Console.WriteLine(t.Result); var x = tasks[0].Result;");

    [Fact]
    public Task AfterWhenAllOfAListThatItWasAddedTo_IsSilent() => Silent("var a = Get(1); var list = new List<Task>(); list.Add(a); list.Add(Get(2)); await Task.WhenAll(list); var x = a.Result;");

    [Fact]
    public Task AfterWhenAllOfAnArrayLocal_IsSilent() => Silent("var a = Get(1); var b = Get(2); var all = new Task[] { a, b }; await Task.WhenAll(all); var x = a.Result;");

    [Fact]
    public Task AfterWhenAllOfATaskThatMayBeMissing_IsSilent() => Silent("var a = Get(1); var b = flag ? Get(2) : null; await Task.WhenAll(a, b ?? Task.CompletedTask); var x = b?.Result;");

    [Fact]
    public Task AfterWhenAllInALocal_IsSilent() => Silent("var a = Get(1); var b = Get(2); var all = Task.WhenAll(a, b); await all; var x = a.Result;");

    [Fact]
    public Task AfterWhenAllOfProjectedTasks_IsSilent() => Silent("var items = ids.Select(id => (Id: id, Task: Get(id))).ToList(); await Task.WhenAll(items.Select(i => i.Task)); foreach (var item in items) Console.WriteLine(item.Task.Result);");

    [Fact]
    public Task AfterWhenAllOfDictionaryValues_IsSilent() => Silent("var map = ids.ToDictionary(id => id, id => Get(id)); await Task.WhenAll(map.Values); foreach (var pair in map) Console.WriteLine(pair.Value.Result); var x = map[1].Result;");

    [Fact]
    public Task AfterAJoinOfTheProject_IsSilent() => Silent("var a = Get(1); var b = Get(2); await All(a, b); var x = a.Result;", "static Task All(params Task[] tasks) => Task.WhenAll(tasks);");

    [Fact]
    public Task AfterAwaitingEachInALoop_IsSilent() => Silent("var tasks = ids.Select(id => Get(id)).ToList(); foreach (var t in tasks) await t; foreach (var t in tasks) Console.WriteLine(t.Result);");

    [Fact]
    public Task AfterAwaitInTryOrCatch_IsSilent() => Silent("var t = Get(); try { await t; } catch (Exception) { } var x = t.Result;");

    [Fact]
    public Task AfterAwaitThatCameLateInTheTry_Reports() => Reports("var t = Get(); try { await Task.Delay(1); await t; } catch (Exception) { } var x = [|t.Result|];");

    [Fact]
    public Task AfterAwaitOnOneBranch_Reports() => Reports("var t = Get(); if (flag) await t; var x = [|t.Result|];");

    [Fact]
    public Task AfterAwaitOnBothBranches_IsSilent() => Silent("var t = Get(); if (flag) await t; else await Task.WhenAll(t, Get(2)); var x = t.Result;");

    [Fact]
    public Task AwaitOnlyIfNotCompleted_IsSilent() => Silent("var t = Get(); if (!t.IsCompleted) await t; var x = t.Result;");

    [Fact]
    public Task AfterAnotherTaskTookTheName_Reports() => Reports("var t = Get(1); await t; t = Get(2); var x = [|t.Result|];");

    [Fact]
    public Task LoopThatStartsTheNextTask_Reports() => Reports("var t = Get(1); await t; foreach (var id in ids) { Console.WriteLine([|t.Result|]); t = Get(id); }");

    [Fact]
    public Task SecondResult_IsSilent() => Silent("var t = Get(); await t; Console.WriteLine(t.Result); Console.WriteLine(t.Result);");

    [Fact]
    public Task SecondWait_ReportsOnlyTheFirst_Reports() => Reports("var t = Get(); Console.WriteLine([|t.Result|]); Console.WriteLine(t.Result);");

    [Fact]
    public Task IsCompletedSuccessfully_IsSilent() => Silent("var t = Get(); var x = t.IsCompletedSuccessfully ? t.Result : await t;");

    /// <summary>Older frameworks have no such property, so libraries wrote a method.</summary>
    [Fact]
    public Task IsCompletedSuccessfullyAsAMethod_IsSilent() => Verify.Analyzer("""
        public static class Tasks { public static bool IsCompletedSuccessfully(this Task task) => task.Status == TaskStatus.RanToCompletion; }
        public interface INode { Task<int> Value { get; } }
        public sealed class Cache
        {
            public async Task<int> RemoveAsync(INode node) => node.Value.IsCompletedSuccessfully() ? node.Value.GetAwaiter().GetResult() : await node.Value;
        }
        """);

    [Fact]
    public Task ValueTaskIsCompletedSuccessfully_IsSilent() => Silent("var t = GetValue(); if (t.IsCompletedSuccessfully) { Console.WriteLine(t.Result); return; } await t;");

    [Fact]
    public Task StatusRanToCompletion_IsSilent() => Silent("var t = Get(); if (t.Status == TaskStatus.RanToCompletion) Console.WriteLine(t.Result);");

    [Fact]
    public Task StatusPattern_IsSilent() => Silent("var t = Get(); if (t is { Status: TaskStatus.RanToCompletion }) Console.WriteLine(t.Result); if (t is { IsCompletedSuccessfully: true }) Console.WriteLine(t.Result);");

    [Fact]
    public Task StatusSwitch_IsSilent() => Silent("var t = Get(); switch (t.Status) { case TaskStatus.RanToCompletion: Console.WriteLine(t.Result); break; }");

    [Fact]
    public Task EarlyReturnUnlessCompleted_IsSilent() => Silent("var t = Get(); if (!t.IsCompleted) return; var x = t.Result;");

    [Fact]
    public Task NotFaulted_Reports() => Reports("var t = Get(); if (!t.IsFaulted) Console.WriteLine([|t.Result|]);");

    [Fact]
    public Task Faulted_IsSilent() => Silent("var t = Get(); if (t.IsFaulted) t.Wait();");

    [Fact]
    public Task CompletionAndMore_IsSilent() => Silent("var t = Get(); if (t.IsCompleted && t.Result == \"a\") return;");

    [Fact]
    public Task WaitWithTimeoutThatSucceeded_ReportsTheWaitOnly_Reports() => Reports("var t = Get(); if ([|t.Wait(1000)|]) Console.WriteLine(t.Result);");

    [Fact]
    public Task PollingLoop_IsSilent() => Silent("var t = Get(); while (!t.IsCompleted) { await Task.Delay(10); } var x = t.Result;");

    /// <summary>What code in error does with a task can't be told: it may wait for it.</summary>
    [Fact]
    public Task AfterAnErrorThatTakesTheTask_IsSilent() => Verify.Analyzer(
        In("var a = Get(1); var b = Unknown.Get(2); await Task.WhenAll([a, b]); Console.WriteLine(a.Result);"),
        TestSettings.Default with { AllowErrors = true });

    [Fact]
    public Task AfterAnErrorThatTakesAnotherTask_Reports() => Verify.Analyzer(
        In("var a = Get(1); var b = Unknown.Get(2); await Task.WhenAll([b]); Console.WriteLine([|a.Result|]);"),
        TestSettings.Default with { AllowErrors = true });

    /// <summary>A local function runs where it is called.</summary>
    [Theory]
    [InlineData("var t = Get(); await Task.WhenAll(t, Get(2)); await UseAsync(); async Task UseAsync() { await Task.Yield(); Console.WriteLine(t.Result); }")]
    [InlineData("var t = Get(); await t; Use(); Use(); void Use() => Console.WriteLine(t.Result);")]
    [InlineData("var t = Get(); await t; Outer(); void Outer() { Inner(); } void Inner() => Console.WriteLine(t.Result);")]
    [InlineData("var t = Get(); await t; Again(3); void Again(int left) { Console.WriteLine(t.Result); if (left > 0) Again(left - 1); }")]
    public Task InALocalFunctionCalledAfterTheAwait_IsSilent(string statements) => Silent(statements);

    [Theory]
    [InlineData("var t = Get(); await UseAsync(); await t; async Task UseAsync() { await Task.Yield(); Console.WriteLine([|t.Result|]); }")]
    [InlineData("var t = Get(); await UseAsync(); await t; await UseAsync(); async Task UseAsync() { await Task.Yield(); Console.WriteLine([|t.Result|]); }")]
    [InlineData("var t = Get(); Func<Task> use = UseAsync; await use(); await t; await UseAsync(); async Task UseAsync() { await Task.Yield(); Console.WriteLine([|t.Result|]); }")]
    [InlineData("async Task UseAsync() { var t = Get(); await Task.Yield(); Console.WriteLine([|t.Result|]); } await Get(); await UseAsync();")]
    public Task InALocalFunctionCalledBefore_Reports(string statements) => Reports(statements);

    /// <summary>A source that is missing is no, and so is a task that runs.</summary>
    [Theory]
    [InlineData("var done = source?.Task.IsCompleted == true; if (done) Console.WriteLine(source!.Task.Result);")]
    [InlineData("if (source?.Task.IsCompletedSuccessfully ?? false) Console.WriteLine(source.Task.Result);")]
    [InlineData("if ((source?.Task.IsCompleted).GetValueOrDefault()) Console.WriteLine(source!.Task.Result);")]
    [InlineData("if (source?.Task.IsCompleted is true) Console.WriteLine(source.Task.Result);")]
    [InlineData("if (source?.Task.IsCompleted is not true) return; Console.WriteLine(source.Task.Result);")]
    [InlineData("if (source is { Task.IsCompleted: true }) Console.WriteLine(source.Task.Result);")]
    [InlineData("if (source is { Task: { IsCompletedSuccessfully: true } }) Console.WriteLine(source.Task.Result);")]
    [InlineData("if (source?.Task is { IsCompleted: true }) Console.WriteLine(source.Task.Result);")]
    [InlineData("if (source?.Task.Status == TaskStatus.RanToCompletion) Console.WriteLine(source.Task.Result);")]
    [InlineData("if (source!.Task.IsCompleted == false) return; Console.WriteLine(source.Task.Result);")]
    public Task TestedThroughASourceThatMayBeMissing_IsSilent(string statements) => Silent("TaskCompletionSource<string>? source = flag ? new() : null; " + statements);

    [Theory]
    [InlineData("if (source?.Task.IsCompleted != true) Console.WriteLine([|source!.Task.Result|]);")]
    [InlineData("if (source?.Task.IsCompleted == false) Console.WriteLine([|source.Task.Result|]);")]
    [InlineData("if (source?.Task.IsCompleted ?? true) Console.WriteLine([|source!.Task.Result|]);")]
    [InlineData("if (source is { Task.IsCompleted: false }) Console.WriteLine([|source.Task.Result|]);")]
    [InlineData("if (other is { Task.IsCompleted: true }) Console.WriteLine([|source!.Task.Result|]);")]
    [InlineData("if (source!.Task.IsCompleted == flag) Console.WriteLine([|source.Task.Result|]);")]
    public Task TestedTheOtherWay_Reports(string statements) => Reports("TaskCompletionSource<string>? source = flag ? new() : null; var other = source; if (flag) other = new(); " + statements);

    [Fact]
    public Task Asserted_IsSilent() => Silent("var t = Get(); System.Diagnostics.Debug.Assert(t.IsCompleted); var x = t.Result;");

    [Fact]
    public Task WinnerOfWhenAny_IsSilent() => Silent("var first = await Task.WhenAny(Get(1), Get(2)); Console.WriteLine(first.Result); Console.WriteLine((await Task.WhenAny(Get(3))).Result);");

    [Fact]
    public Task TaskThatWon_IsSilent() => Silent("var t = Get(); if (await Task.WhenAny(t, Task.Delay(100)) == t) Console.WriteLine(t.Result);");

    [Fact]
    public Task TaskWhoseTimeoutLost_IsSilent() => Silent("var t = Get(); var timeout = Task.Delay(100); var winner = await Task.WhenAny(t, timeout); if (winner == timeout) throw new TimeoutException(); Console.WriteLine(t.Result);");

    /// <summary>Polled until it is done, or until somebody stops the polling.</summary>
    [Theory]
    [InlineData("while (!stopped && !t.IsCompleted) await Task.Delay(100);")]
    [InlineData("while (!t.IsCompleted && !stopped && DateTime.UtcNow.Year > 1) { await Task.Delay(100); }")]
    public Task PolledTask_IsSilent(string poll) => Silent($$"""
        var stopped = Environment.HasShutdownStarted;
        var t = Get();
        {{poll}}
        if (!stopped) Console.WriteLine(t.Result);
        """);

    [Theory]
    [InlineData("while (stopped || !t.IsCompleted) { await Task.Delay(100); if (stopped) break; }")]
    [InlineData("while (!stopped) await Task.Delay(100);")]
    [InlineData("while (!stopped && t.IsCompleted) await Task.Delay(100);")]
    public Task TaskThatWasPolledForSomethingElse_Reports(string poll) => Reports($$"""
        var stopped = Environment.HasShutdownStarted;
        var t = Get();
        {{poll}}
        if (!stopped) Console.WriteLine([|t.Result|]);
        """);

    /// <summary>Who won is kept for later.</summary>
    [Theory]
    [InlineData("if (t.IsCompletedSuccessfully) { won = t; break; }")]
    [InlineData("if (!t.IsCompletedSuccessfully) continue; won = t;")]
    [InlineData("await t; won = t;")]
    [InlineData("won = await Task.WhenAny(t, Get(2));")]
    public Task VariableThatOnlyTakesCompletedTasks_IsSilent(string keep) => Silent($$"""
        Task<string>? won = null;
        foreach (var t in new[] { Get(1), Get(3) }) { {{keep}} }
        await Task.Yield();
        if (won != null) Console.WriteLine(won.Result);
        """);

    [Theory]
    [InlineData("if (t.IsCompletedSuccessfully) { won = t; break; } won = Get(4);")]
    [InlineData("if (t.IsCompletedSuccessfully) { Console.WriteLine(); } won = t;")]
    [InlineData("won = t;")]
    public Task VariableThatAlsoTakesOthers_Reports(string keep) => Reports($$"""
        Task<string>? won = null;
        foreach (var t in new[] { Get(1), Get(3) }) { {{keep}} }
        await Task.Yield();
        if (won != null) Console.WriteLine([|won.Result|]);
        """);

    [Fact]
    public Task TaskThatLost_Reports() => Reports("var t = Get(); if (await Task.WhenAny(t, Task.Delay(100)) != t) Console.WriteLine([|t.Result|]);");

    [Fact]
    public Task AfterWhenAny_Reports() => Reports("var a = Get(1); var b = Get(2); await Task.WhenAny(a, b); Console.WriteLine([|a.Result|]);");

    [Fact]
    public Task Antecedent_IsSilent() => Silent("await Get().ContinueWith(t => t.Result); await Get().ContinueWith(async t => { await Task.Yield(); Console.WriteLine(t.Result); }).Unwrap();");

    [Fact]
    public Task OtherTaskInAContinuation_Reports() => Reports("await Get().ContinueWith(async t => { await Task.Yield(); Console.WriteLine([|Get().Result|]); }).Unwrap();");

    [Fact]
    public Task WhenEach_IsSilent() => Silent("var tasks = ids.Select(id => Get(id)).ToList(); await foreach (var t in Task.WhenEach(tasks)) Console.WriteLine(t.Result);");

    [Fact]
    public Task FromResult_IsSilent() => Silent("var t = Task.FromResult(1); var x = t.Result + Task.FromResult(2).Result + new ValueTask<int>(3).Result; Task.CompletedTask.Wait();");

    [Fact]
    public Task CopyToACompletionSource_IsSilent() => Silent("var source = new TaskCompletionSource<string>(); var t = Get(); await t; source.SetResult(t.Result); Console.WriteLine(source.Task.Result);");

    [Fact]
    public Task CompletionSourceNotSet_Reports() => Reports("var source = new TaskCompletionSource<string>(); Console.WriteLine([|source.Task.Result|]);");

    [Fact]
    public Task ValueTaskAfterAwait_Reports() => Reports("var t = GetValue(); await t; var x = [|t.Result|];");

    [Fact]
    public Task FieldAfterAwait_IsSilent() => Silent("field ??= Get(); await field; var x = field.Result;");

    [Fact]
    public Task CompletedTasksOfALoop_IsSilent() => Silent("var tasks = ids.Select(id => Get(id)).ToList(); foreach (var t in tasks.Where(t => t.IsCompletedSuccessfully)) Console.WriteLine(t.Result);");

    [Fact]
    public Task MethodThatCompletesInMemory_IsSilent() => Silent("var x = Cached().Result;", "private Task<int> Cached() => Task.FromResult(3);");

    [Fact]
    public Task TupleOfTasksWaitedFor_IsSilent() => Silent("var (a, b) = (Get(1), Get(2)); await Task.WhenAll(a, b); var x = a.Result + b.Result;");

    // ---- other analyzers ----

    [Fact]
    public Task PeerThatDoesNotKnowTheWait_Reports() => Verify.Analyzer(
        "public sealed class Job { public async Task RunAsync(Task<int> work) { await Task.Yield(); Console.WriteLine([|work.GetAwaiter().GetResult()|]); } }",
        new TestSettings { GlobalOptions = new Dictionary<string, string> { ["build_property.ExecutionModelPeers"] = " AsyncFixer" } });

    [Fact]
    public Task PeerInTheBuild_IsSilent() => Verify.Analyzer(
        "public sealed class Job { public async Task RunAsync(Task<int> work) { await Task.Yield(); Console.WriteLine(work.Result); } }",
        new TestSettings { GlobalOptions = new Dictionary<string, string> { ["build_property.ExecutionModelPeers"] = " AsyncFixer" } });
}
