using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.SharedCollection.SharedCollectionAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.SharedCollection.SharedCollectionCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>EXM402: a list with one item of each turn becomes an array with a slot for each.</summary>
public sealed class ResultSlotTests
{
    private static string In(string statements) => $$"""
        public sealed class Sample
        {
            private readonly int[] known = [1, 2];

            public IEnumerable<string> Run(IReadOnlyList<int> items)
            {
                {{statements.Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            private static string Name(int item) => $"{item}";
        }
        """;

    [Theory]
    [InlineData(
        "var names = new List<string>();\nParallel.For(0, items.Count, i =>\n{\n    var item = items[i]; // the next\n    [|names.Add(Name(item))|]; // its name\n});\nreturn names;",
        "var names = new string[items.Count];\nParallel.For(0, items.Count, i =>\n{\n    var item = items[i]; // the next\n    names[i] = Name(item); // its name\n});\nreturn names;")]
    [InlineData(
        "List<string> names = new();\nParallel.For(0, known.Length, i => [|names.Add(Name(known[i]))|]);\nforeach (var name in names) Console.WriteLine(name + names.Count + names[0]);\nreturn names.Where(n => n.Length > 1);",
        "string[] names = new string[known.Length];\nParallel.For(0, known.Length, i => names[i] = Name(known[i]));\nforeach (var name in names) Console.WriteLine(name + names.Length + names[0]);\nreturn names.Where(n => n.Length > 1);")]
    [InlineData(
        "var names = new List<string>(100);\nvar done = Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 4 }, turn => { [|names.Add(Name(turn))|]; });\nreturn names.ToArray();",
        "var names = new string[100];\nvar done = Parallel.For(0, 100, new ParallelOptions { MaxDegreeOfParallelism = 4 }, turn => { names[turn] = Name(turn); });\nreturn names;")]
    public Task Fix_GivesEachTurnASlot(string before, string after) => Verify.CodeFix(In(before), In(after));

    [Fact]
    public Task Fix_LocksAsSecondChoice() => Verify.CodeFix(
        In("var names = new List<string>();\nParallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; });\nreturn names;"),
        In("var names = new List<string>();\nParallel.For(0, items.Count, i => { lock (names) names.Add(Name(i)); });\nreturn names;"),
        TestSettings.Default with { CodeActionIndex = 1, CodeActionTitle = "Lock 'names' for the change" });

    [Fact]
    public Task Message_NamesTheRemedy() => Verify.Analyzer(
        In("var names = new List<string>();\nParallel.For(0, items.Count, i => { {|#0:names.Add(Name(i))|}; });\nreturn names;"),
        Verify.Diagnostic().WithLocation(0).WithMessage("'names.Add(Name(i))' changes 'names' while other turns of 'Parallel.For' do the same, and 'List' takes one change at a time: items get lost or it throws; give each turn a slot of an array"));

    /// <summary>A turn may add none or two, the number of turns may be another one, or the code needs a list: a lock, or a bag.</summary>
    [Theory]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { if (i > 1) [|names.Add(Name(i))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { if (i > 1) return; [|names.Add(Name(i))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { foreach (var item in items) [|names.Add(Name(item))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; [|names.Add(Name(2))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, (i, state) => { [|names.Add(Name(i))|]; if (i > 9) state.Stop(); });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.For(1, items.Count, i => { [|names.Add(Name(i))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count - 1, i => { [|names.Add(Name(i))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>();", "Parallel.ForEach(items, item => { [|names.Add(Name(item))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>(); Console.WriteLine();", "Parallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; });", "return names.Order();")]
    [InlineData("var names = new List<string>(items.Select(Name));", "Parallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; });", "return names;", false)]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; });", "names.Sort(); return names;", false)]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; });", "names.Add(\"last\"); return names;", false)]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { [|names.Add(Name(i))|]; });", "foreach (var item in items) Console.WriteLine(names.ToArray()); return [];")]
    [InlineData("var names = new List<string>();", "Parallel.For(0, items.Count, i => { [|names.Add(Name(names.Count))|]; });", "return names.Order();")]
    public Task OtherShape_GetsABagOrALock(string made, string loop, string rest, bool bag = true)
    {
        var plain = loop.Replace("[|", bag ? "" : "lock (names) ", StringComparison.Ordinal).Replace("|]", "", StringComparison.Ordinal);
        var container = bag ? made.Replace("new List<string>()", "new System.Collections.Concurrent.ConcurrentBag<string>()", StringComparison.Ordinal) : made;
        return Verify.CodeFix(In($"{made}\n{loop}\n{rest}"), In($"{container}\n{plain}\n{rest}"));
    }
}
