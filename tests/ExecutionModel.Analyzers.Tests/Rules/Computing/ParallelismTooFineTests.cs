using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.ParallelismTooFine.ParallelismTooFineAnalyzer, ExecutionModel.Analyzers.Rules.Computing.ParallelismTooFine.ParallelismTooFineCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>EXM205. Everything in a turn must be known to be over in nanoseconds.</summary>
public sealed class ParallelismTooFineTests
{
    private static string Body(string members) => "public sealed class Sample\n{\n" + members + "\n}\n";

    private static string Method(string statements) => Body($$"""
            private double scale = 2;
            private readonly List<double> list = [];
            private static double Half(double x) => x / 2;
            private double Scaled(double x) { var y = x * scale; return y > 3 ? y : -y; }
            private static double Slow(double x) { for (var k = 0; k < 1000; k++) x += k; return x; }

            public void Run(double[] data, string[] texts, int n, Func<double, double> f, ParallelOptions options)
            {
                {{statements.Replace("\n", "\n        ")}}
            }
        """);

    private static Task Warning(string statements) => Verify.Analyzer(Method(statements));

    private static Task Suggestion(string statements) => Verify.Suggestion(Method(statements));

    private static Task Silent(string statements) => Verify.Analyzer(Method(statements));

    private static Task Fix(string before, string after) => Verify.CodeFix(Method(before), Method(after));

    private static Task SuggestionFix(string before, string after) => Verify.SuggestionFix(Method(before), Method(after));

    // Turns of nanoseconds

    [Theory]
    [InlineData("Parallel.[|For|](0, 1_000_000, i => data[i] = data[i] * 2);")]
    [InlineData("Parallel.[|For|](0, 1_000_000, i => { data[i] += scale; if (data[i] > 3) data[i] = 3; });")]
    [InlineData("Parallel.[|For|](0, 1_000_000, i => data[i] = Half(data[i]));")]
    [InlineData("Parallel.[|For|](0, 100, i => data[i] = Math.Sqrt(i));")]
    [InlineData("Parallel.[|For|](0, 4, i => { for (var k = 0; k < 100; k++) data[i] += k; });")]
    [InlineData("Parallel.[|ForEach|](new[] { 1, 2, 3 }, i => data[i] = i);")]
    public Task ConstantNumberOfSmallTurns_Reports(string statement) => Warning(statement);

    [Theory]
    [InlineData("Parallel.[|For|](0, data.Length, i => data[i] = data[i] * 2);")]
    [InlineData("Parallel.[|For|](0, n, i => data[i] = Scaled(i));")]
    [InlineData("Parallel.[|For|](0L, n, i => data[i] = i);")]
    [InlineData("Parallel.[|For|](0, list.Count, i => data[i] = list[i]);")]
    [InlineData("Parallel.[|For|](0, n, i => data[i] = texts[i].Length);")]
    [InlineData("var doubled = data.[|AsParallel|]().Select(d => d * 2).ToArray();")]
    [InlineData("var sum = data.[|AsParallel|]().Where(d => d > 0).Sum();")]
    [InlineData("var any = Enumerable.Range(0, n).[|AsParallel|]().Any(i => i % 7 == 0);")]
    public Task SmallTurnsOfUnknownNumber_IsSuggestion(string statement) => Suggestion(statement);

    // Turns that are worth it, or may be

    [Theory]
    [InlineData("Parallel.For(0, n, i => data[i] = Slow(data[i]));")]
    [InlineData("Parallel.For(0, 1_000_000, i => { for (var k = 0; k < 100; k++) data[i] += k; });")]
    [InlineData("Parallel.For(0, n, i => { for (var k = 0; k < n; k++) data[i] += k; });")]
    [InlineData("Parallel.For(0, n, i => data[i] = f(data[i]));")]
    [InlineData("Parallel.For(0, n, i => data[i] = double.Parse(texts[i]));")]
    [InlineData("Parallel.For(0, n, i => texts[i] = texts[i] + \"!\");")]
    [InlineData("Parallel.For(0, n, i => texts[i] = $\"{i}\");")]
    [InlineData("Parallel.For(0, n, i => Console.WriteLine(i));")]
    [InlineData("Parallel.For(0, n, i => { lock (list) list.Add(i); });")]
    [InlineData("Parallel.For(0, n, i => data[i] = Math.Sqrt(Math.Pow(i, 1.5)) * Math.Sin(i));")]
    [InlineData("Parallel.ForEach(texts, t => Thread.Sleep(1));")]
    [InlineData("var parsed = texts.AsParallel().Select(t => double.Parse(t)).ToArray();")]
    [InlineData("var sorted = data.AsParallel().OrderBy(d => d).ToArray();")]
    [InlineData("var mapped = data.AsParallel().Select(f).ToArray();")]
    public Task TurnsThatMayBeWorthIt_IsSilent(string statement) => Silent(statement);

    [Theory]
    [InlineData("Parallel.For(0, n, options, i => data[i] = i);")]
    [InlineData("Parallel.For(0, n, (i, state) => data[i] = i);")]
    [InlineData("var sum = 0.0; Parallel.For(0, n, () => 0.0, (i, state, local) => local + data[i], local => { lock (list) sum += local; });")]
    [InlineData("Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, n), range => { for (var i = range.Item1; i < range.Item2; i++) data[i] = i; });")]
    [InlineData("var doubled = data.AsParallel().WithDegreeOfParallelism(2).Select(d => d * 2).ToArray();")]
    public Task LoopWithItsOwnTerms_IsSilent(string statement) => Silent(statement);

    [Fact]
    public Task TestCode_IsSilent() => Verify.Analyzer(
        Body("""
                [Xunit.Fact]
                public void Run()
                {
                    var data = new double[100];
                    Parallel.For(0, 100, i => data[i] = i);
                }
            """) + "namespace Xunit { public sealed class FactAttribute : Attribute; }\n");

    // What the fix writes

    [Fact]
    public Task Fix_OfFewTurns_IsAPlainLoop() => Fix(
        """
        // scaled
        Parallel.[|For|](0, 100, i =>
        {
            if (data[i] < 0) return; // as it is
            data[i] = Half(data[i]);
        });
        """,
        """
        // scaled
        for (var i = 0; i < 100; i++)
        {
            if (data[i] < 0) continue; // as it is
            data[i] = Half(data[i]);
        }
        """);

    [Fact]
    public Task Fix_OfFewItems_IsAPlainLoop() => Fix(
        "Parallel.[|ForEach|](new[] { 1, 2, 3 }, k => { data[k] = k; });",
        "foreach (var k in new[] { 1, 2, 3 }) { data[k] = k; }");

    [Fact]
    public Task Fix_OfManyTurns_HandsOutRanges() => Fix(
        "Parallel.[|For|](0, 1_000_000, i => data[i] = data[i] * 2);",
        """
        Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, 1_000_000), range =>
        {
            for (var i = range.Item1; i < range.Item2; i++) data[i] = data[i] * 2;
        });
        """);

    [Fact]
    public Task Fix_OfUnknownTurns_GuardsAgainstNone() => SuggestionFix(
        """
        Parallel.[|For|](0, data.Length, i =>
        {
            data[i] += 1;
            data[i] *= 2;
        });
        """,
        """
        if (data.Length > 0)
        {
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0, data.Length), range =>
            {
                for (var i = range.Item1; i < range.Item2; i++)
                {
                    data[i] += 1;
                    data[i] *= 2;
                }
            });
        }
        """);

    [Fact]
    public Task Fix_OfLongCounters_KeepsTheType() => SuggestionFix(
        "Parallel.[|For|](0L, n, i => data[i] = i);",
        """
        if (n > 0L)
        {
            Parallel.ForEach(System.Collections.Concurrent.Partitioner.Create(0L, n), range =>
            {
                for (long i = range.Item1; i < range.Item2; i++) data[i] = i;
            });
        }
        """);

    [Fact]
    public Task Fix_OfAQuery_LeavesAsParallelOut() => SuggestionFix(
        """
        var doubled = data
            .[|AsParallel|]() // all processors
            .Select(d => d * 2)
            .ToArray();
        """,
        """
        var doubled = data // all processors
            .Select(d => d * 2)
            .ToArray();
        """);

    [Theory]
    [InlineData("var result = Parallel.[|For|](0, n, i => data[i] = i);")]
    [InlineData("try { Parallel.[|For|](0, n, i => data[i] = i); } catch (AggregateException) { }")]
    [InlineData("Parallel.[|For|](0, Math.Abs(n), i => data[i] = i);")]
    [InlineData("var query = data.[|AsParallel|]().Select(d => d * 2);")]
    [InlineData("data.[|AsParallel|]().ForAll(d => data[0] = d);")]
    [InlineData("Parallel.[|ForEach|](data, d => data[0] = d);")]
    public Task WhatUsesTheParallelForm_HasNoFix(string statement) => Verify.NoCodeFix(Method(statement), TestSettings.Default with { Severity = DiagnosticSeverity.Info });
}
