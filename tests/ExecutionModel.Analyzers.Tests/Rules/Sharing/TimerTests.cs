using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Collection = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.SharedCollection.SharedCollectionAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.SharedCollection.SharedCollectionCodeFix>;
using Update = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>EXM402 and EXM403: what a timer changes while methods of the same object change it.</summary>
public sealed class TimerTests
{
    private static readonly TestSettings Info = TestSettings.Default with { Severity = DiagnosticSeverity.Info };

    private static string Body(string members) => "public sealed class Buffer\n{\n    private readonly List<string> lines = new();\n    private readonly object gate = new();\n    private int count;\n" + members + "\n}\n";

    private static Task Changes(string members) => Collection.Suggestion(Body(members));

    private static Task Updates(string members) => Update.Suggestion(Body(members));

    private static async Task Silent(string members)
    {
        await Collection.Analyzer(Body(members));
        await Update.Analyzer(Body(members));
    }

    [Theory]
    [InlineData("new Timer(_ => [|lines.Clear()|], null, 1000, 1000)")]
    [InlineData("new Timer(_ => { if (lines.Count > 9) [|lines.Clear()|]; }, null, 1000, 1000)")]
    [InlineData("new Timer([|Flush|], null, 1000, 1000)")]
    [InlineData("TimeProvider.System.CreateTimer(_ => [|lines.Clear()|], null, TimeSpan.Zero, TimeSpan.FromSeconds(1))")]
    public Task TimerAndMethod_IsSuggestion(string timer) => Changes($$"""
            private readonly IDisposable ticks;

            public Buffer() => ticks = {{timer}};

            public void Add(string line) => lines.Add(line);

            private void Flush(object? state) => lines.Clear();
        """);

    [Theory]
    [InlineData("timer.Elapsed += (_, _) => [|lines.Clear()|];")]
    [InlineData("timer.Elapsed += [|Flush|];")]
    [InlineData("timer.Elapsed += delegate { [|lines.Clear()|]; };")]
    public Task TimerEventAndMethod_IsSuggestion(string statement) => Changes($$"""
            public Buffer()
            {
                var timer = new System.Timers.Timer(1000);
                {{statement}}
                timer.Start();
            }

            public void Add(string line) => lines.Add(line);

            private void Flush(object? sender, System.Timers.ElapsedEventArgs e) => lines.Clear();
        """);

    [Fact]
    public Task TimerOfAFieldBehindALoneNew_IsSuggestion() => Changes("""
            private readonly Timer ticks;

            public Buffer() => ticks = new(_ => [|lines.Clear()|], null, 1000, 1000);

            public void Add(string line) => lines.Add(line);
        """);

    [Fact]
    public Task HandlerOfATimerThatIsThereAlready_IsSuggestion() => Updates("""
            private readonly System.Timers.Timer ticks = new(1000);

            public Buffer() => ticks.Elapsed += (_, _) => [|count++|];

            public void Add() => count++;
        """);

    [Fact]
    public Task TimerAndMethodOfAnInterface_IsSuggestion() => Collection.Suggestion("""
        public interface ISink { void Add(string line); }

        public sealed class Buffer : ISink
        {
            private readonly Queue<string> lines = new();

            public Timer Run() => new Timer(_ => [|lines.Clear()|], null, 1000, 1000);

            void ISink.Add(string line) => lines.Enqueue(line);
        }
        """);

    [Theory]
    [InlineData("new Timer(_ => [|count++|], null, 1000, 1000)")]
    [InlineData("new Timer(_ => [|count -= 2|], null, 1000, 1000)")]
    public Task CounterOfTimerAndMethod_IsSuggestion(string timer) => Updates($$"""
            public Timer Run() => {{timer}};

            public int Count(int more) => count += more;
        """);

    [Fact]
    public Task Message_NamesWhoMeetsTheTimer() => Collection.Analyzer(
        Body("""
            public Timer Run() => new {|#1:Timer|}(_ => {|#0:lines.Clear()|}, null, 1000, 1000);

            public void {|#2:Add|}(string line) => lines.Add(line);
        """),
        Collection.Diagnostic().WithLocation(0).WithPartners(1, 2).WithSeverity(DiagnosticSeverity.Info)
            .WithMessage("'lines.Clear()' changes 'lines' while callers of 'Add' may do the same, and 'List' takes one change at a time: items get lost or it throws; lock in both"));

    [Fact]
    public Task MessageOfACounter_NamesWhoMeetsTheTimer() => Update.Analyzer(
        Body("""
            public Timer Run() => new Timer(_ => {|#0:count++|}, null, 1000, 1000);

            public void Add() => count++;
        """),
        Update.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithMessage("'count++' reads 'count' and writes it back while callers of 'Add' may do: updates get lost; use 'Interlocked' in both"));

    /// <summary>A lock on the timer's side alone would say that all is well.</summary>
    [Fact]
    public async Task TwoSides_HaveNoFix()
    {
        await Collection.NoCodeFix(Body("    public Timer Run() => new Timer(_ => { {|EXM402:lines.Clear()|}; }, null, 1000, 1000);\n\n    public void Add(string line) => lines.Add(line);"), Info);
        await Update.NoCodeFix(Body("    public Timer Run() => new Timer(_ => { {|EXM403:count++|}; }, null, 1000, 1000);\n\n    public void Add() => count++;"), Info);
    }

    // Silent

    [Theory]
    [InlineData("lock (gate) lines.Clear();", "lock (gate) lines.Add(line);")]
    [InlineData("lock (gate) lines.Clear();", "lines.Add(line);")]
    [InlineData("lines.Clear();", "lock (gate) lines.Add(line);")]
    [InlineData("Interlocked.Increment(ref count);", "count++;")]
    [InlineData("count++;", "Interlocked.Increment(ref count);")]
    [InlineData("count++;", "Console.WriteLine(count);")]
    [InlineData("Console.WriteLine(count);", "count++;")]
    [InlineData("var own = new List<string>(); own.Clear();", "lines.Add(line);")]
    [InlineData("lines.Clear();", "var lines = new List<string>(); lines.Add(line);")]
    [InlineData("lines.Clear();", "new Buffer().lines.Add(line);")]
    public Task LockedOrNotShared_IsSilent(string ofTimer, string ofMethod) => Silent($$"""
            public Timer Run() => new Timer(_ => { {{ofTimer}} }, null, 1000, 1000);

            public void Add(string line)
            {
                {{ofMethod}}
            }
        """);

    /// <summary>Who else changes it does so before the timer runs, after it has stopped, or is the timer itself.</summary>
    [Theory]
    [InlineData("public Buffer() => lines.Add(\"first\");")]
    [InlineData("public void Dispose() => lines.Add(\"last\");")]
    [InlineData("public Task StopAsync() { lines.Clear(); return Task.CompletedTask; }")]
    [InlineData("public void Start() => lines.Add(\"first\");")]
    [InlineData("private void Fill() => lines.Add(\"first\");")]
    [InlineData("")]
    public Task NobodyElseMeanwhile_IsSilent(string member) => Silent($$"""
            public Timer Run() => new Timer(_ => { lines.Clear(); count++; }, null, 1000, 1000);

            {{member}}
        """);

    [Fact]
    public Task MethodThatMakesTheTimer_IsSilent() => Silent("""
            public Timer Run()
            {
                lines.Add("first");
                count++;
                return new Timer(_ => { lines.Clear(); count++; }, null, 1000, 1000);
            }
        """);

    /// <summary>Public, maybe for nobody but the timer and a test.</summary>
    [Theory]
    [InlineData("Tick")]
    [InlineData("_ => Tick(null)")]
    [InlineData("_ => Flush()")]
    public Task CallbackThatOthersMayCall_IsSilent(string callback) => Silent($$"""
            public Timer Run() => new Timer({{callback}}, null, 1000, 1000);

            public void Tick(object? state) => Flush();

            public void Flush() => lines.Clear();
        """);

    /// <summary>The handler runs on the thread of that object.</summary>
    [Fact]
    public Task TimerOfAWindow_IsSilent() => Silent("""
            public void Run(System.ComponentModel.ISynchronizeInvoke window)
            {
                var timer = new System.Timers.Timer(1000) { SynchronizingObject = window };
                timer.Elapsed += (_, _) => { lines.Clear(); count++; };
                timer.Start();
            }

            public void Add(string line) { lines.Add(line); count++; }
        """);

    /// <summary>A class of that name, and an event of that name.</summary>
    [Fact]
    public Task OtherTimers_AreSilent() => Silent("""
            public sealed class Timer(Action run)
            {
                public event Action? Elapsed;

                public void Fire() { run(); Elapsed?.Invoke(); }
            }

            public void Run()
            {
                var timer = new Timer(() => lines.Clear());
                timer.Elapsed += () => count++;
            }

            public void Add(string line) { lines.Add(line); count++; }
        """);

    [Fact]
    public Task ConcurrentCollection_IsSilent() => Collection.Analyzer("""
        public sealed class Buffer
        {
            private readonly System.Collections.Concurrent.ConcurrentQueue<string> lines = new();

            public Timer Run() => new Timer(_ => lines.Clear(), null, 1000, 1000);

            public void Add(string line) => lines.Enqueue(line);
        }
        """);
}
