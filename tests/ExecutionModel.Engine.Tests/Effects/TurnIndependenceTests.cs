using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;

namespace ExecutionModel.Engine.Tests.Effects;

public sealed class TurnIndependenceTests
{
    private static (Confidence Confidence, string? Obstacle) Turns(string statements)
    {
        var program = TestProgram.Of($$"""
            class Cell { int n; public void Grow() { n++; } public int N => n; public int Total; }
            class C
            {
                int shared;
                Cell cell = new();
                int Read(int i) => shared + i;
                int Count(int i) { shared++; return i; }
                void M(int[] a, int[] b, int[][] rows, List<int> list, int n)
                {
                    {{statements}}
                }
            }
            """);
        var body = program.Model.SourceBodies.Of(program.Method("C", "M"))!;
        var loop = PlainLoop.Of(body.Frames[0].Loops[0], out var obstacle);
        return loop is null ? (Confidence.Unknown, obstacle) : program.Model.Turns.Of(loop, body);
    }

    [Theory]
    [InlineData("for (var i = 0; i < n; i++) a[i] = Read(i);", Confidence.Certain)]
    [InlineData("for (var i = 0; i < n; i++) a[i] = b[i];", Confidence.Certain)]
    [InlineData("for (var i = 0; i < n; i++) a[i] = b[i + 1];", Confidence.Likely)]
    [InlineData("for (var i = 0; i < n; i++) rows[i][0] = i;", Confidence.Likely)]
    [InlineData("for (var i = 0; i < n; i++) { var own = new Cell(); own.Grow(); a[i] = own.N; }", Confidence.Certain)]
    [InlineData("foreach (var x in list) Read(x);", Confidence.Certain)]
    [InlineData("for (var i = 0; i < n; i++) list.Add(Read(i));", Confidence.Certain)]
    public void TurnsApart_AreIndependent(string statements, Confidence confidence) => Assert.Equal((confidence, null), Turns(statements));

    [Theory]
    [InlineData("for (var i = 0; i < n; i++) a[i] = Count(i);")]
    [InlineData("for (var i = 0; i < n; i++) { cell.Grow(); a[i] = i; }")]
    [InlineData("for (var i = 0; i < n; i++) { var other = cell; other.Total = i; }")]
    [InlineData("for (var i = 1; i < n; i++) a[i] = a[i - 1];")]
    [InlineData("for (var i = 0; i < n; i++) a[b[i]] = i;")]
    [InlineData("for (var i = 0; i < n; i++) list.Insert(0, i);")]
    [InlineData("for (var i = 0; i < n; i++) { shared = i; a[i] = shared; }")]
    [InlineData("foreach (var x in list) list.Remove(x);")]
    public void TurnsThatMeet_AreNot(string statements) => Assert.NotNull(Turns(statements).Obstacle);
}
