using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.BlockingWait.BlockingWaitAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.BlockingWait.BlockingWaitCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>Which waits keep a thread, and what their fix writes.</summary>
public sealed class BlockingWaitTests
{
    private static string Body(string body, string parameters = "int n") => $$"""
        using System.Collections.Concurrent;
        using System.Diagnostics;

        public sealed class Service
        {
            private readonly SemaphoreSlim gate = new(1);
            private readonly ManualResetEventSlim ready = new();
            private readonly object sync = new();

            public async Task RunAsync({{parameters}})
            {
                await Task.Yield();
                {{body}}
            }

            private static void Use(params object?[] values) { }
        }
        """;

    // ---- with an awaitable form ----

    [Theory]
    [InlineData("[|Thread.Sleep(1000)|];")]
    [InlineData("[|Thread.Sleep(n)|];")]
    [InlineData("[|Thread.Sleep(TimeSpan.FromSeconds(1))|];")]
    [InlineData("[|Thread.Sleep(Timeout.Infinite)|];")]
    [InlineData("[|gate.Wait()|];")]
    [InlineData("Use([|gate.Wait(n)|]);")]
    [InlineData("if ([|gate.Wait(TimeSpan.FromSeconds(5))|]) Use(n);")]
    [InlineData("using var process = Process.Start(\"tool\"); [|process.WaitForExit()|];")]
    public Task AwaitableWaits_Reports(string body) => Verify.Analyzer(Body(body));

    // ---- without one ----

    [Theory]
    [InlineData("[|ready.Wait()|];")]
    [InlineData("using var signal = new ManualResetEvent(false); [|signal.WaitOne()|];")]
    [InlineData("using var left = new CountdownEvent(3); [|left.Wait()|];")]
    [InlineData("using var work = new BlockingCollection<int>(); Use([|work.Take()|]);")]
    [InlineData("var thread = new Thread(() => { }); thread.Start(); [|thread.Join()|];")]
    [InlineData("using var barrier = new Barrier(2); [|barrier.SignalAndWait()|];")]
    public Task WaitsWithoutAnAwaitableForm_AreSuggestions_IsSuggestion(string body) => Verify.Suggestion(Body(body));

    [Fact]
    public Task NoFix_WithoutAnAwaitableForm() => Verify.NoCodeFix(Body("[|ready.Wait()|];"), new TestSettings { Severity = DiagnosticSeverity.Info });

    // ---- what does not wait ----

    [Theory]
    [InlineData("Thread.Sleep(0);")]
    [InlineData("Thread.Sleep(1);")]
    [InlineData("Thread.Sleep(49);")]
    [InlineData("const int Spin = 10; Thread.Sleep(Spin);")]
    [InlineData("Thread.Sleep(TimeSpan.FromMilliseconds(20));")]
    [InlineData("Thread.SpinWait(100); Thread.Yield();")]
    public Task ShortSleep_IsSilent(string body) => Verify.Analyzer(Body(body));

    [Theory]
    [InlineData("if (gate.Wait(0)) Use(n);")]
    [InlineData("if (gate.Wait(TimeSpan.Zero)) Use(n);")]
    [InlineData("if (gate.Wait(default(TimeSpan))) Use(n);")]
    [InlineData("if (ready.Wait(0)) Use(n);")]
    [InlineData("using var work = new BlockingCollection<int>(); if (work.TryTake(out var item)) Use(item);")]
    [InlineData("if (Monitor.TryEnter(sync)) Monitor.Exit(sync);")]
    public Task TryingOnly_IsSilent(string body) => Verify.Analyzer(Body(body));

    [Fact]
    public Task InALock_IsSilent() => Verify.Analyzer(Body("lock (sync) { Thread.Sleep(1000); Monitor.Wait(sync); }"));

    [Fact]
    public Task InASynchronousLambda_IsSilent() => Verify.Analyzer(Body("await Task.Run(() => Thread.Sleep(1000));"));

    [Fact]
    public Task InASynchronousMethod_IsSilent() => Verify.Analyzer("public sealed class Pause { public void Run() => Thread.Sleep(1000); }");

    [Fact]
    public Task CancelOfATokenSource_IsSilent() => Verify.Analyzer(Body("using var stop = new CancellationTokenSource(); stop.Cancel();"));

    [Fact]
    public Task WaitForExitWithATimeout_HasNoFormOfTheSameMeaning_IsSilent() => Verify.Analyzer(Body("using var process = Process.Start(\"tool\"); Use(process.WaitForExit(5000));"));

    [Fact]
    public Task WaitForExitBeforeItHadAnAsyncForm_IsSilent() => Verify.Analyzer(
        "using System.Diagnostics; using System.Threading.Tasks; public class Tool { public async Task RunAsync(Process process) { await Task.Yield(); process.WaitForExit(); } }",
        new TestSettings { References = References.NetStandard20, ImplicitUsings = false, LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8, Nullable = NullableContextOptions.Disable });

    [Fact]
    public Task AtStart_IsSilent() => Verify.Analyzer("await Task.Yield(); Thread.Sleep(1000);", new TestSettings { OutputKind = OutputKind.ConsoleApplication });

    [Fact]
    public Task DualPath_IsSilent() => Verify.Analyzer(
        "public sealed class Pause { public async Task RunAsync(int ms, bool async) { if (async) await Task.Delay(ms); else Thread.Sleep(ms); } }");

    // ---- the fix ----

    [Fact]
    public Task Fix_SleepBecomesDelay() => Verify.CodeFix(Body("[|Thread.Sleep(1000)|];"), Body("await Task.Delay(1000);"));

    [Fact]
    public Task Fix_SleepTakesTheToken() => Verify.CodeFix(Body("[|Thread.Sleep(n * 10)|];", "int n, CancellationToken stop"), Body("await Task.Delay(n * 10, stop);", "int n, CancellationToken stop"));

    [Fact]
    public Task Fix_WithoutTheUsing() => Verify.CodeFix(
        "using System.Threading;\npublic sealed class Pause { public async System.Threading.Tasks.Task RunAsync() { [|Thread.Sleep(1000)|]; } }",
        "using System.Threading;\npublic sealed class Pause { public async System.Threading.Tasks.Task RunAsync() { await System.Threading.Tasks.Task.Delay(1000); } }",
        new TestSettings { ImplicitUsings = false });

    [Fact]
    public Task Fix_SemaphoreKeepsItsArguments() => Verify.CodeFix(
        Body("[|gate.Wait()|]; if (![|gate.Wait(n)|]) Use(n); [|gate.Wait(stop)|];", "int n, CancellationToken stop"),
        Body("await gate.WaitAsync(stop); if (!await gate.WaitAsync(n, stop)) Use(n); await gate.WaitAsync(stop);", "int n, CancellationToken stop"));

    [Fact]
    public Task Fix_ProcessTakesTheToken() => Verify.CodeFix(Body("[|process.WaitForExit()|];", "Process process, CancellationToken stop"), Body("await process.WaitForExitAsync(stop);", "Process process, CancellationToken stop"));

    [Fact]
    public Task Fix_ConfiguresAsTheMethodDoes() => Verify.CodeFix(
        Body("await Task.Delay(1).ConfigureAwait(false); [|Thread.Sleep(1000)|];").Replace("await Task.Yield();", ""),
        Body("await Task.Delay(1).ConfigureAwait(false); await Task.Delay(1000).ConfigureAwait(false);").Replace("await Task.Yield();", ""));
}
