using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Tests.Context;

/// <summary>The look at a loop's syntax may say yes too often, and never turns away a <see cref="PlainLoop"/> whose turns could be independent.</summary>
public sealed class WrittenLoopsTests
{
    private static (bool Written, bool Plain) First(string statements)
    {
        var compilation = CatalogueReferences.With($$"""
            using System; using System.Collections.Generic; using System.Linq; using System.Threading.Tasks;
            public class Item { public int Size { get; set; } }
            public class C
            {
                private int total;
                private readonly object gate = new();
                private static int F(int x) => x;
                async Task<int> M(int[] items, List<int> found)
                {
                    await Task.Yield();
                    {{statements}}
                    return 0;
                }
            }
            """);
        var model = ProgramModel.For(compilation, new Microsoft.CodeAnalysis.Diagnostics.AnalyzerOptions([]));
        var body = model.SourceBodies.Of(compilation.GetTypeByMetadataName("C")!.GetMembers("M").OfType<IMethodSymbol>().Single())!;
        var loop = body.Frames.SelectMany(f => f.Loops).OrderBy(l => l.Syntax.SpanStart).First();
        return (WrittenLoops.MayBePlain(loop.Syntax), PlainLoop.Of(loop, out _) is not null);
    }

    [Theory]
    [InlineData("foreach (var item in items) F(item);")]
    [InlineData("for (var i = 0; i < items.Length; i++) items[i] = F(i);")]
    [InlineData("foreach (var item in items) { var x = 0; x = F(item); x++; F(x); }")]
    [InlineData("foreach (var item in items) { int a, b; (a, b) = (item, F(item)); a += b; F(a); }")]
    [InlineData("foreach (var item in items) { for (var j = 0; j < 3; j++) { if (j == item) break; F(j); } }")]
    [InlineData("foreach (var item in items) { switch (item) { case 1: F(1); break; } }")]
    [InlineData("foreach (var item in items) { if (item == 0) continue; F(item); }")]
    [InlineData("foreach (var item in items) found.Add(F(item));")]
    [InlineData("foreach (var item in items) _ = F(item);")]
    [InlineData("foreach (var item in items) { var made = new Item { Size = F(item) }; F(made.Size); }")]
    [InlineData("foreach (var item in items) { var sum = items.Sum(x => { var y = x; y++; return y; }); F(sum); }")]
    [InlineData("foreach (var item in items) { int.TryParse(\"1\", out var n); n = F(n); F(n); }")]
    public void Plain_IsNeverTurnedAway(string statements) => Assert.Equal((true, true), First(statements));

    [Fact]
    public void FieldThatEveryTurnWrites_IsTurnedAway_AsItsEffectsWouldSay() => Assert.Equal((false, true), First("foreach (var item in items) total = F(item);"));

    [Theory]
    [InlineData("var last = 0; foreach (var item in items) last = F(item);")]
    [InlineData("var count = 0; foreach (var item in items) count++;")]
    [InlineData("var count = 0; foreach (var item in items) --count;")]
    [InlineData("var sum = 0; foreach (var item in items) { sum += F(item); }")]
    [InlineData("foreach (var item in items) { if (item == 1) break; F(item); }")]
    [InlineData("foreach (var item in items) { if (item == 1) return F(item); }")]
    [InlineData("foreach (var item in items) { if (item == 1) throw new Exception(); F(item); }")]
    [InlineData("foreach (var item in items) await Task.Delay(F(item));")]
    [InlineData("foreach (var item in items) lock (gate) F(item);")]
    [InlineData("while (F(1) > 2) F(3);")]
    public void NotPlain_IsSeenFromSyntax(string statements) => Assert.Equal((false, false), First(statements));
}
