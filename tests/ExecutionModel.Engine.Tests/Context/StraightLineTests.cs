namespace ExecutionModel.Engine.Tests.Context;

public sealed class StraightLineTests
{
    private static string Sites(string body)
    {
        var program = TestProgram.Of($$"""class C { static Task<int> F(int n = 0) => Task.FromResult(n); public async Task<int> M(int x) { {{body}} } }""");
        return string.Join(" | ", program.Lines().Select(l => string.Join(" ", l.Sites.Select(s => s.Call.Syntax.ToString())) + (l.Nested.Count > 0 ? " nested" : "") + (l.Opaque.Count > 0 ? " opaque" : "")));
    }

    [Theory]
    [InlineData("await F(1); return await F(2);", "F(1) F(2)")]
    [InlineData("return await F(1) + await F(2);", "F(1) F(2)")]
    [InlineData("return await F(await F(1));", "F(1) F(await F(1))")]
    [InlineData("await F(1); if (await F(2) > 1) x++; return x;", "F(1) F(2)")]
    [InlineData("await F(1); foreach (var i in new int[await F(2)]) x++; return x;", "F(1) F(2)")]
    [InlineData("await F(1); switch (await F(2)) { default: return 1; }", "F(1) F(2)")]
    [InlineData("await F(1); { await F(2); } return await F(3);", "F(1) F(2) F(3)")]
    [InlineData("await F(1); x += await F(2); return x;", "F(1) F(2)")]
    [InlineData("await F(1); await F(2); return x > 1 ? await F(3) : 1;", "F(1) F(2) nested")]
    [InlineData("await F(1); await F(2); while (await F(3) > 1) x++; return x;", "F(1) F(2) nested")]
    [InlineData("await F(1); await F(2); try { await F(3); } finally { x++; } return x;", "F(1) F(2) nested")]
    [InlineData("var t = F(); await F(1); await F(2); return await t;", "F(1) F(2) opaque")]
    [InlineData("if (x > 1) { await F(1); await F(2); } return x;", "F(1) F(2)")]
    [InlineData("try { return x; } catch { await F(1); await F(2); return 1; }", "")]
    [InlineData("return await F(1);", "")]
    public void Sites_AreAwaitedCallsThatNoConditionGuards(string body, string sites) => Assert.Equal(sites, Sites(body));

    [Theory]
    [InlineData("if (x > 1) return 1;", true)]
    [InlineData("if (x > 1) throw new Exception();", true)]
    [InlineData("x = x > 1 ? 1 : throw new Exception();", true)]
    [InlineData("foreach (var i in new int[3]) { if (i > 1) break; else continue; }", false)]
    [InlineData("foreach (var i in new int[3]) if (i > 1) return 1;", true)]
    [InlineData("Func<int> f = () => { return 1; };", false)]
    [InlineData("int G() { return 1; }", false)]
    public void MayLeave_ReturnsThrowsAndJumpsOut(string statement, bool leaves)
    {
        var program = TestProgram.Of($$"""class C { static Task<int> F(int n) => Task.FromResult(n); public async Task<int> M(int x) { await F(1); {{statement}} return await F(2); } }""");
        Assert.Equal(leaves, program.Lines().Single().MayLeave(1));
    }
}
