using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedThreads.UnboundedThreadsAnalyzer, ExecutionModel.Analyzers.Rules.Budget.UnboundedThreads.UnboundedThreadsCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM303's fix: threads that are joined and only compute become turns of <c>Parallel.ForEach</c>.</summary>
public sealed class UnboundedThreadsFixTests
{
    private const string Join = "foreach (var thread in threads) thread.Join();";

    private static string Body(string members) => "using System.Collections.Concurrent;\n\npublic sealed class Sample\n{\n    private readonly ConcurrentDictionary<string, int> sizes = new();\n\n" + members + "\n}\n";

    private static string Run(string statements) => Body($$"""
            public void Run(string path)
            {
        {{statements}}
            }

            private void Measure(string line) => sizes[line] = line.Length;
        """);

    private static Task Fix(string before, string after) => Verify.CodeFix(Run(before), Run(after));

    private static Task NoFix(string statements) => Verify.NoCodeFix(Run(statements));

    [Fact]
    public Task Call_BecomesATurn() => Fix(
        """
                var threads = new List<Thread>();
                foreach (var line in File.ReadLines(path))
                {
                    var thread = new [|Thread|](() => Measure(line));
                    thread.Start();
                    threads.Add(thread);
                }

                foreach (var thread in threads) thread.Join();
        """,
        """
                Parallel.ForEach(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, line => Measure(line));
        """);

    [Fact]
    public Task CommentsOfTheThread_StayWithItsWork() => Fix(
        """
                var threads = new List<Thread>();
                foreach (var line in File.ReadLines(path))
                {
                    // Takes a while.
                    var thread = new [|Thread|](() => Measure(line)); // all at once
                    thread.Start();
                    threads.Add(thread);
                }

                foreach (var thread in threads) thread.Join();
        """,
        """
                Parallel.ForEach(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, line =>
                {
                    // Takes a while.
                    Measure(line); // all at once
                });
        """);

    [Fact]
    public Task Block_BecomesATurn() => Fix(
        """
                Measure(path);

                var threads = new List<Thread>();
                foreach (var line in File.ReadAllLines(path))
                {
                    var text = line;
                    var thread = new [|Thread|](() =>
                    {
                        // Blank lines have no size.
                        if (text.Length == 0) return;
                        Measure(text);
                    }) { IsBackground = true };
                    threads.Add(thread);
                    thread.Start();
                }

                foreach (var thread in threads)
                {
                    thread.Join();
                }

                Measure("end");
        """,
        """
                Measure(path);

                Parallel.ForEach(File.ReadAllLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, line =>
                {
                    var text = line;
                    // Blank lines have no size.
                    if (text.Length == 0) return;
                    Measure(text);
                });

                Measure("end");
        """);

    [Fact]
    public Task StartedAfterwards_BecomesATurn() => Fix(
        """
                List<Thread> threads = new();
                foreach (string line in File.ReadAllLines(path))
                {
                    Thread worker = new [|Thread|](delegate ()
                    {
                        Measure(line);
                    });
                    worker.IsBackground = true;
                    threads.Add(worker);
                }

                foreach (var worker in threads) worker.Start();
                foreach (var worker in threads) worker.Join();
        """,
        """
                Parallel.ForEach(File.ReadAllLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, line =>
                {
                    Measure(line);
                });
        """);

    [Fact]
    public Task Method_BecomesATurn() => Verify.CodeFix(
        Body("""
            private int all;

            public void Run(string path)
            {
                var threads = new List<Thread>();
                foreach (var line in File.ReadLines(path))
                {
                    var thread = new [|Thread|](Count);
                    thread.Start();
                    threads.Add(thread);
                }

                foreach (var thread in threads) thread.Join();
            }

            private void Count() => Interlocked.Increment(ref all);
        """),
        Body("""
            private int all;

            public void Run(string path)
            {
                Parallel.ForEach(File.ReadLines(path), new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, line => Count());
            }

            private void Count() => Interlocked.Increment(ref all);
        """));

    /// <summary>They may wait for each other: a limit would stop them all.</summary>
    [Theory]
    [InlineData("{ Measure(line); gate.SignalAndWait(); }")]
    [InlineData("{ foreach (var word in File.ReadAllText(line).Split(' ')) Measure(word); }")]
    [InlineData("{ lock (gate) { Monitor.Wait(gate); } }")]
    [InlineData("{ Interlocked.Increment(ref arrived); while (arrived < 3) { } Measure(line); }")]
    [InlineData("{ Interlocked.Increment(ref arrived); do { Measure(line); } while (Volatile.Read(ref arrived) < 3); }")]
    [InlineData("{ strange.GetSomething(line); }")]
    public Task WorkThatWaitsOrIsUnknown_HasNoFix(string work) => Verify.NoCodeFix(Body($$"""
            private int arrived;

            public interface IStrange { string GetSomething(string line); }

            public void Run(string path, Barrier gate, IStrange strange)
            {
                var threads = new List<Thread>();
                foreach (var line in File.ReadLines(path))
                {
                    var thread = new [|Thread|](() => {{work}});
                    thread.Start();
                    threads.Add(thread);
                }

                foreach (var thread in threads) thread.Join();
            }

            private void Measure(string line) => sizes[line] = line.Length;
        """));

    [Theory]
    [InlineData("new [|Thread|](() => Measure(line)).Start();", "")] // joined nowhere
    [InlineData("var thread = new [|Thread|](() => Measure(line)); thread.Start(); threads.Add(thread);", "")]
    [InlineData("var thread = new [|Thread|](() => Measure(line)); thread.Start(); threads.Add(thread);", "Measure(path); " + Join)] // runs beside them
    [InlineData("var thread = new [|Thread|](() => Measure(line)); thread.Start(); threads.Add(thread);", Join + " Measure(threads.Count.ToString());")]
    [InlineData("var thread = new [|Thread|](() => Measure(line)); threads.Add(thread);", Join)] // never started
    [InlineData("var thread = new [|Thread|](() => Measure(line), 8_000_000); thread.Start(); threads.Add(thread);", Join)] // a stack of its own size
    [InlineData("var thread = new [|Thread|](() => Measure(line)) { Priority = ThreadPriority.Lowest }; thread.Start(); threads.Add(thread);", Join)]
    [InlineData("var thread = new [|Thread|](() => Measure(line)); thread.Start(); threads.Add(thread); Measure(path);", Join)]
    [InlineData("Measure(path); var thread = new [|Thread|](() => Measure(line)); thread.Start(); threads.Add(thread);", Join)]
    [InlineData("if (line.Length == 0) break; var thread = new [|Thread|](() => Measure(line)); thread.Start(); threads.Add(thread);", Join)]
    [InlineData("var thread = new [|Thread|](_ => Measure(line)); thread.Start(line); threads.Add(thread);", Join)]
    public Task ThreadsOfAnotherShape_HaveNoFix(string turn, string afterwards) => NoFix($$"""
                var threads = new List<Thread>();
                foreach (var line in File.ReadLines(path))
                {
                    {{turn}}
                }

                {{afterwards}}
        """);

    [Theory]
    [InlineData("try", "catch (FormatException) { }")]
    [InlineData("lock (sizes)", "")]
    public Task PlaceThatWouldSeeTheFault_HasNoFix(string before, string afterwards) => NoFix($$"""
                {{before}}
                {
                    var threads = new List<Thread>();
                    foreach (var line in File.ReadLines(path))
                    {
                        var thread = new [|Thread|](() => Measure(line));
                        thread.Start();
                        threads.Add(thread);
                    }

                    foreach (var thread in threads) thread.Join();
                }
                {{afterwards}}
        """);

    [Fact]
    public Task CommentOfTheList_IsNotLost() => NoFix("""
                // One per line.
                var threads = new List<Thread>();
                foreach (var line in File.ReadLines(path))
                {
                    var thread = new [|Thread|](() => Measure(line));
                    thread.Start();
                    threads.Add(thread); // kept
                }

                foreach (var thread in threads) thread.Join();
        """);
}
