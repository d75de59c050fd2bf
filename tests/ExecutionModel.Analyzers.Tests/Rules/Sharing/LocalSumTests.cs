using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.LostUpdate.LostUpdateCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>EXM403: sums that have no interlocked form, added up by each thread of a parallel loop for itself.</summary>
public sealed class LocalSumTests
{
    private static string In(string statements, string type = "double") => $$"""
        public sealed class Sample
        {
            public {{type}} Run({{type}}[] items)
            {
                {{type}} total = 0;
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
                return total;
            }
        }
        """;

    private const string Gate = "var totalGate = new object();\n";

    [Theory]
    [InlineData(
        "Parallel.For(0, items.Length, i => [|total += items[i]|]);",
        Gate + "Parallel.For(0, items.Length, () => 0d, (i, _, part) => part += items[i], part => { lock (totalGate) total += part; });")]
    [InlineData(
        "Parallel.ForEach(items, item => { [|total -= item|]; });",
        Gate + "Parallel.ForEach(items, () => 0d, (item, _, part) => { part -= item; return part; }, part => { lock (totalGate) total += part; });")]
    [InlineData(
        "Parallel.ForEach(items, (item, state, index) =>\n{\n    if (index > 9) return;\n    [|total += item|]; // twice\n    [|total += item|];\n});",
        Gate + "Parallel.ForEach(items, () => 0d, (item, state, index, part) =>\n{\n    if (index > 9) return part;\n    part += item; // twice\n    part += item;\n    return part;\n}, part => { lock (totalGate) total += part; });")]
    [InlineData(
        "Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 4 }, (item, state) =>\n{\n    foreach (var _ in items)\n    {\n        [|total += item|];\n    }\n});",
        Gate + "Parallel.ForEach(items, new ParallelOptions { MaxDegreeOfParallelism = 4 }, () => 0d, (item, state, part) =>\n{\n    foreach (var _ in items)\n    {\n        part += item;\n    }\n    return part;\n}, part => { lock (totalGate) total += part; });")]
    [InlineData(
        "var part = 1; // taken\nParallel.For(part, items.Length, i => { var _ = i; [|total += items[i]|]; });",
        "var part = 1; // taken\n" + Gate + "Parallel.For(part, items.Length, () => 0d, (i, state, part2) => { var _ = i; part2 += items[i]; return part2; }, part2 => { lock (totalGate) total += part2; });")]
    [InlineData(
        "// all of them\nvar done = Parallel.For(0, items.Length, i =>\n{\n    if (items[i] < 0) throw new ArgumentException();\n    [|total += items[i]|];\n});",
        "// all of them\n" + Gate + "var done = Parallel.For(0, items.Length, () => 0d, (i, _, part) =>\n{\n    if (items[i] < 0) throw new ArgumentException();\n    part += items[i];\n    return part;\n}, part => { lock (totalGate) total += part; });")]
    public Task Fix_GivesEachThreadASum(string before, string after) => Verify.CodeFix(In(before), In(after));

    [Theory]
    [InlineData("float", "0f")]
    [InlineData("decimal", "0m")]
    public Task Fix_BeginsWithAZeroOfTheType(string type, string zero) => Verify.CodeFix(
        In("Parallel.ForEach(items, item => { [|total += item|]; });", type),
        In(Gate + $"Parallel.ForEach(items, () => {zero}, (item, _, part) => {{ part += item; return part; }}, part => {{ lock (totalGate) total += part; }});", type));

    [Fact]
    public Task Message_NamesTheRemedy() => Verify.Analyzer(
        In("Parallel.ForEach(items, item => { {|#0:total += item|}; });"),
        Verify.Diagnostic().WithLocation(0).WithMessage("'total += item' reads 'total' and writes it back while other turns of 'Parallel.ForEach' do: updates get lost; give each thread a sum of its own"));

    /// <summary>Who reads the sum meanwhile would read another one; a product or a field is no sum of this loop.</summary>
    [Theory]
    [InlineData("Parallel.ForEach(items, item => { if (total < 9) [|total += item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|total += item|]; Console.WriteLine(total); });")]
    [InlineData("Parallel.ForEach(items, item => { Console.WriteLine([|total += item|]); });")]
    [InlineData("Parallel.ForEach(items, item => { [|total *= item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { [|total = total + item|]; });")]
    [InlineData("Parallel.ForEach(items, item => { void Add() => [|total += item|]; Add(); });")]
    [InlineData("Action show = () => Console.WriteLine(total); Parallel.ForEach(items, item => { [|total += item|]; });")]
    [InlineData("Parallel.ForEach(items, (double item) => { [|total += item|]; });")]
    [InlineData("Parallel.ForEach(items, () => 0, (item, _, part) => { [|total += item|]; return part; }, part => { });")]
    [InlineData("Parallel.Invoke(() => [|total += items[0]|], () => [|total += items[1]|]);")]
    [InlineData("items.AsParallel().ForAll(item => [|total += item|]);")]
    [InlineData("if (items.Length > 0) Parallel.ForEach(items, item => { [|total += item|]; });")]
    public Task OtherShape_HasNoFix(string statement) => Verify.NoCodeFix(In(statement));
}
