using ExecutionModel.Analyzers.Rules.Waiting.ThreadPerIo;
using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedThreads.UnboundedThreadsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM303: a thread per item of a large source is a warning, per item of a list a suggestion; few threads and threads that only wait are none of it.</summary>
public sealed class UnboundedThreadsTests
{
    private static string Body(string members) =>
        "using System.Data.Common;\npublic sealed class Sample(HttpClient http)\n{\n" + members + "\n\n    private static void Work(object? item) => Console.WriteLine(item?.GetHashCode());\n}\n";

    private static Task Warning(string members) => Verify.Analyzer(Body(members));

    private static Task Suggestion(string members) => Verify.Suggestion(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Body(members));

    // A thread per item

    [Theory]
    [InlineData("foreach (var line in File.ReadLines(path)) new [|Thread|](() => Work(line)).Start();")]
    [InlineData("foreach (var file in Directory.EnumerateFiles(path)) { var thread = new [|Thread|](() => Work(file)); thread.Start(); threads.Add(thread); } foreach (var thread in threads) thread.Join();")]
    [InlineData("foreach (var file in Directory.GetFiles(path)) new [|Thread|](Work).Start(file);")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) Task.Factory.[|StartNew|](() => Work(line), TaskCreationOptions.LongRunning);")]
    [InlineData("foreach (var line in File.ReadAllLines(path)) Task.Factory.[|StartNew|](() => Work(line), default, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);")]
    [InlineData("var lines = File.ReadAllLines(path); for (var i = 0; i < lines.Length; i++) { var line = lines[i]; new [|Thread|](() => Work(line)).Start(); }")]
    public Task ThreadPerItemOfALargeSource_Reports(string statements) => Warning($$"""
            public void Run(string path, List<Thread> threads)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("foreach (var item in items) new [|Thread|](() => Work(item)).Start();")]
    [InlineData("foreach (var item in items) Task.Factory.[|StartNew|](() => Work(item), TaskCreationOptions.LongRunning);")]
    [InlineData("for (var i = 0; i < 500; i++) new [|Thread|](() => Work(items)).Start();")]
    [InlineData("while (true) { var client = listener.AcceptTcpClient(); new [|Thread|](() => Work(client)).Start(); }")]
    public Task ThreadPerItemOfUnknownNumber_IsSuggestion(string statements) => Suggestion($$"""
            public void Run(List<string> items, System.Net.Sockets.TcpListener listener)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("new [|Thread|](() => Work(url)).Start();")]
    [InlineData("Task.Factory.[|StartNew|](() => Work(url), TaskCreationOptions.LongRunning);")]
    public Task ThreadPerRequest_IsSuggestion(string statement) => Verify.Suggestion($$"""
        public sealed class PricesController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public void Post(string url)
            {
                {{statement}}
            }

            private static void Work(string item) => Console.WriteLine(item.GetHashCode());
        }
        """);

    [Fact]
    public Task OneThreadOfAServiceInAWebApplication_IsSilent() => Verify.Analyzer("""
        var app = Microsoft.AspNetCore.Builder.WebApplication.Create(args);
        app.Run();

        public static class Remote
        {
            public static Task<int> DisconnectAsync(object client)
            {
                var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
                new Thread(() => done.TrySetResult(client.GetHashCode())).Start();
                return done.Task;
            }
        }
        """, new TestSettings { OutputKind = Microsoft.CodeAnalysis.OutputKind.ConsoleApplication });

    [Fact]
    public Task Message_NamesTheItem() => Verify.Analyzer(
        Body("    public void Run(string path) { foreach (var line in File.ReadLines(path)) new {|#0:Thread|}(() => Work(line)).Start(); }"),
        Verify.Diagnostic().WithLocation(0).WithMessage("'new Thread' starts a thread of its own for each item that 'File.ReadLines' returns: each takes memory for its stack, and all of them compete for the processors; 'Parallel.ForEach' with 'MaxDegreeOfParallelism' makes do with few"));

    // Few threads, or a limit

    [Theory]
    [InlineData("for (var i = 0; i < Environment.ProcessorCount; i++) new Thread(() => Work(i)).Start();")]
    [InlineData("for (var i = 0; i < workers; i++) new Thread(() => Work(items)).Start();")]
    [InlineData("for (var i = 0; i < 4; i++) Task.Factory.StartNew(() => Work(items), TaskCreationOptions.LongRunning);")]
    [InlineData("foreach (var name in new[] { \"a\", \"b\" }) new Thread(() => Work(name)).Start();")]
    [InlineData("foreach (var day in Enum.GetValues<DayOfWeek>()) new Thread(() => Work(day)).Start();")]
    [InlineData("foreach (var item in items.Take(8)) new Thread(() => Work(item)).Start();")]
    public Task FewThreads_IsSilent(string statements) => Silent($$"""
            public void Run(List<string> items, int workers)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("foreach (var item in items) { var thread = new Thread(() => Work(item)); thread.Start(); thread.Join(); }")]
    [InlineData("foreach (var item in items) { gate.Wait(); new Thread(() => { Work(item); gate.Release(); }).Start(); }")]
    [InlineData("foreach (var item in items) { new Thread(() => Work(item)).Start(); Thread.Sleep(1000); }")]
    [InlineData("while (items.Count > 0) new Thread(() => Work(items)).Start();")]
    public Task Limited_IsSilent(string statements) => Silent($$"""
            public void Run(List<string> items, SemaphoreSlim gate)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("new Thread(() => { while (true) Work(items); }) { IsBackground = true }.Start();")]
    [InlineData("Task.Factory.StartNew(() => Work(items), TaskCreationOptions.LongRunning);")]
    [InlineData("foreach (var item in items) Task.Factory.StartNew(() => Work(item));")]
    [InlineData("foreach (var item in items) ThreadPool.QueueUserWorkItem(Work, item);")]
    [InlineData("Console.WriteLine(Thread.CurrentThread.ManagedThreadId);")]
    public Task OneThreadOrThePool_IsSilent(string statements) => Silent($$"""
            public void Run(List<string> items)
            {
                {{statements}}
            }
        """);

    /// <summary>A thread that only waits is no question of number: one of the two rules speaks.</summary>
    [Fact]
    public async Task ThreadThatOnlyWaits_IsSilent()
    {
        const string Waits = "    public void Run(List<string> urls) { foreach (var url in urls) new Thread(() => http.GetStringAsync(url).Wait()).Start(); }";
        await Silent(Waits);
        await AnalyzerVerifier<ThreadPerIoAnalyzer>.Suggestion(Body(Waits.Replace("new Thread", "new [|Thread|]")));
    }

    [Fact]
    public Task ThreadThatComputes_IsOnlyOurs_IsSilent() =>
        AnalyzerVerifier<ThreadPerIoAnalyzer>.Analyzer(Body("    public void Run(string path) { foreach (var line in File.ReadLines(path)) new Thread(() => Work(line)).Start(); }"));

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        public sealed class LoadTests
        {
            [Xunit.Fact]
            public void Loads()
            {
                foreach (var line in File.ReadLines("load")) new Thread(() => Console.WriteLine(line)).Start();
            }
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }
        """);
}
