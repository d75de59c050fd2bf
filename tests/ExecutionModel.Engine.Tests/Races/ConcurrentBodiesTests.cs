using ExecutionModel.Engine.Races;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Tests.Races;

/// <summary>Which functions run at once, since when, and how often.</summary>
public sealed class ConcurrentBodiesTests
{
    [Theory]
    [InlineData("Parallel.For(0, 9, i => { });", "Threads repeated Certain")]
    [InlineData("Parallel.ForEach(items, Step);", "Threads repeated Certain")]
    [InlineData("Parallel.Invoke(() => { }, () => { });", "Threads once Certain, Threads once Certain")]
    [InlineData("await Parallel.ForEachAsync(items, async (i, stop) => await Task.Yield());", "Threads repeated Certain")]
    [InlineData("var sum = items.AsParallel().Select(i => i + 1).Sum();", "Threads repeated Certain")]
    [InlineData("await Task.WhenAll(items.Select(async i => await Task.Yield()));", "Awaits repeated Certain")]
    [InlineData("await Task.WhenAll(items.Select(i => Task.Run(() => { })));", "Threads repeated Certain")]
    [InlineData("await Task.WhenAll(items.Select(i => WorkAsync(i)));", "Awaits repeated Certain")]
    [InlineData("await Task.WhenAll(items.Select(WorkAsync));", "Awaits repeated Certain")]
    [InlineData("await Task.WhenAll(WorkAsync(1), WorkAsync(2));", "Awaits repeated Certain, Awaits repeated Certain")]
    [InlineData("await Task.WhenAll(WorkAsync(1), OtherAsync());", "Awaits once Certain, Awaits once Certain")]
    [InlineData("var tasks = new List<Task>(); foreach (var i in items) tasks.Add(WorkAsync(i)); await Task.WhenAll(tasks);", "Awaits repeated Certain")]
    [InlineData("var a = Task.Run(() => { }); var b = Task.Run(() => { }); await a; await b;", "Threads once Certain, Threads once Certain")]
    [InlineData("foreach (var i in items) _ = Task.Run(() => { });", "Threads repeated Certain")]
    [InlineData("foreach (var i in items) { _ = Task.Run(() => { }); await Task.Delay(1); }", "Threads repeated Likely")]
    [InlineData("foreach (var i in items) new Thread(() => { }).Start();", "Threads repeated Certain")]
    [InlineData("Parallel.For(0, 9, new ParallelOptions { MaxDegreeOfParallelism = 1 }, i => { });", "")]
    [InlineData("var one = new ParallelOptions { MaxDegreeOfParallelism = 1 }; Parallel.For(0, 9, one, i => { });", "")]
    [InlineData("items.AsParallel().WithDegreeOfParallelism(1).ForAll(i => { });", "")]
    [InlineData("await Task.Run(() => { });", "")]
    [InlineData("foreach (var i in items) await Task.Run(() => { });", "")]
    [InlineData("new Thread(() => { }).Start();", "")]
    [InlineData("items.ToList().ForEach(i => { });", "")]
    [InlineData("var later = items.Select(i => i + 1);", "")]
    public void In_FindsWhatRunsAtOnce(string statements, string expected) => Assert.Equal(
        expected,
        string.Join(", ", BodiesOf(statements).Select(b => $"{b.Overlap} {(b.Repeats ? "repeated" : "once")} {b.Confidence}")));

    /// <summary>Another member's body is reached by the call that starts it.</summary>
    [Theory]
    [InlineData("await Task.WhenAll(items.Select(i => WorkAsync(i)));", "WorkAsync(i)")]
    [InlineData("Parallel.ForEach(items, Step);", "Step")]
    [InlineData("Parallel.For(0, 9, i => { });", null)]
    public void Started_SaysWhatLeadsElsewhere(string statements, string? expected) => Assert.Equal(expected, Assert.Single(BodiesOf(statements)).Started?.Syntax.ToString());

    [Fact]
    public void Owns_ItsVariablesAndItsItem()
    {
        var body = Assert.Single(BodiesOf("var shared = 0; foreach (var i in items) { var own = i; _ = Task.Run(() => { var inner = own; shared += inner; }); }"));
        var locals = body.Outer.Root.DescendantsAndSelf().OfType<IVariableDeclaratorOperation>().ToDictionary(d => d.Symbol.Name, d => body.Owns(d.Symbol));
        Assert.Equal(new Dictionary<string, bool> { ["shared"] = false, ["i"] = true, ["own"] = true, ["inner"] = true }, locals);
    }

    private static IReadOnlyList<ConcurrentBody> BodiesOf(string statements)
    {
        var program = TestProgram.Of($$"""
            sealed class C
            {
                async Task M(int[] items)
                {
                    {{statements}}
                    await Task.Yield();
                }

                async Task WorkAsync(int i) => await Task.Delay(i);

                async Task OtherAsync() => await Task.Delay(1);

                void Step(int i) { }
            }
            """);
        return program.Model.ConcurrentIn(program.Model.SourceBodies.Of(program.Method("C", "M"))!);
    }
}
