using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Effects;

namespace ExecutionModel.Engine.Tests.Effects;

public sealed class IndependenceTests
{
    private static (IReadOnlyList<IndependentGroup> Groups, List<string> Obstacles) Of(string body, string members = "")
    {
        var program = TestProgram.Of($$"""class C(HttpClient http) { string name = ""; {{members}} public async Task<string> M(string id) { {{body}} } }""");
        var obstacles = new List<string>();
        var frame = program.Frame();
        return ([.. program.Lines().SelectMany(l => program.Model.Independence.GroupsOf(l, frame, (_, why) => obstacles.Add(why)))], obstacles);
    }

    private static string Arguments(IndependentGroup group) => string.Join(" ", group.Sites.Select(s => s.Call.Arguments[0].Value.Syntax.ToString()));

    private const string A = "var a = await http.GetStringAsync(\"a\");";
    private const string B = "var b = await http.GetStringAsync(\"b\");";

    [Theory]
    [InlineData(A + B + "return a + b;", "\"a\" \"b\"")]
    [InlineData(A + "var d = await http.GetStringAsync(a);" + B + "return d + b;", "\"a\" \"b\"")]
    [InlineData(A + "var d = await http.GetStringAsync(a); var e = await http.GetStringAsync(a + 1);" + B + "return d + e + b;", "\"a\" \"b\"", "a a + 1")]
    [InlineData("return await http.GetStringAsync(\"a\") + await http.GetStringAsync(\"b\");", "\"a\" \"b\"")]
    [InlineData("return await http.GetStringAsync(await http.GetStringAsync(\"a\")) + await http.GetStringAsync(\"b\");", "\"a\" \"b\"")]
    public void Groups_HoldWhatMayStartTogether(string body, params string[] groups) => Assert.Equal(groups, Of(body).Groups.Select(Arguments));

    [Theory]
    [InlineData(A + "var b = await http.GetStringAsync(a); return b;", "needs the result before it")]
    [InlineData(A + "if (a == id) return a;" + B + "return b;", "control may leave in between")]
    [InlineData(A + "name = a; var b = await http.GetStringAsync(name); return b;", "'C.name' is used in between")]
    [InlineData(A + "await Task.Delay(1);" + B + "return a + b;", "'Delay' waits for no I/O (Delay)", "another await in between")]
    [InlineData(A + "await http.PostAsync(id, null); return a;", "'PostAsync' writes")]
    [InlineData("var t = http.GetStringAsync(id);" + A + "a += await t;" + B + "return a + b;", "another await in between")]
    public void Obstacle_SaysWhy(string body, params string[] obstacles)
    {
        var (groups, found) = Of(body);
        Assert.Empty(groups);
        Assert.Equal(obstacles[0], found[0]);
    }

    [Fact]
    public void DeclarationThatALaterStartNeeds_MovesUp() => Assert.Equal(
        "var url = id + 1;", Of(A + "var url = id + 1; var b = await http.GetStringAsync(url); return a + b;").Groups.Single().Hoisted.Single().Syntax.ToString());

    [Fact]
    public void ChainOfDeclarations_MovesUpInOrder() => Assert.Equal(
        ["var n = id + 1;", "var url = n + 2;"], Of(A + "var n = id + 1; var url = n + 2; var b = await http.GetStringAsync(url); return a + b;").Groups.Single().Hoisted.Select(h => h.Syntax.ToString()));

    [Fact]
    public void DeclarationThatChangesSomething_StaysAndForbids() => Assert.Empty(
        Of(A + "var url = id + Next(); var b = await http.GetStringAsync(url); return a + b;", "int n; int Next() => n++;").Groups);

    [Fact]
    public void DeclarationOfACallThatDoesNotJoin_StaysWhereItIs()
    {
        var group = Of(A + "var url = id + 1; var d = await http.GetStringAsync(url + a);" + B + "return d + b;").Groups.Single();
        Assert.Empty(group.Hoisted);
    }

    [Theory]
    [InlineData("var p = new Page { Id = id, Head = await http.GetStringAsync(\"a\"), Body = await http.GetStringAsync(\"b\") }; return p.Head;")]
    [InlineData("var p = new Page { Id = id }; p.Head = await http.GetStringAsync(\"a\"); p.Body = await http.GetStringAsync(\"b\"); return p.Head;")]
    [InlineData("var p = new Page(); p.Head = await http.GetStringAsync(\"a\" + p.Id); p.Body = await Load(new Query { Id = id, Words = [\"b\"] }); return p.Head;")]
    public void PropertiesOfOneObject_AreDifferentPlaces(string body) => Assert.Single(
        Of(body, "class Page { public string Id { get; set; } = \"\"; public string Head { get; set; } = \"\"; public string Body { get; set; } = \"\"; } class Query { public string Id { get; set; } = \"\"; public string[] Words { get; set; } = []; } Task<string> Load(Query q) => http.GetStringAsync(q.Id + q.Words.Length);").Groups);

    [Fact]
    public void ObjectHandedOnAfterItsPropertyIsFilled_Forbids() => Assert.Empty(Of(
        "var p = new Page(); p.Head = await http.GetStringAsync(\"a\"); p.Body = await Load(p); return p.Head;",
        "class Page { public string Head { get; set; } = \"\"; public string Body { get; set; } = \"\"; } Task<string> Load(Page p) => http.GetStringAsync(p.Head);").Groups);

    [Fact]
    public void StartsThatMayThrow_AreMarked()
    {
        var group = Of(A + "var b = await Load(id); return a + b;", "Task<string> Load(string u) { if (u == \"\") throw new ArgumentException(); return http.GetStringAsync(u); }").Groups;
        Assert.Empty(group); // a check
    }

    [Fact]
    public void BodyFromMemoryBetween_MakesItLikely() => Assert.Equal(
        Confidence.Likely,
        Of("var a = await http.GetAsync(\"a\"); var t = await a.Content.ReadAsStringAsync();" + B + "return t + b;").Groups.Single().Confidence);

    [Fact]
    public void MoreThanTheLookAhead_AreSeveralGroups()
    {
        var body = string.Concat(Enumerable.Range(0, 70).Select(i => $"var a{i} = await http.GetStringAsync(\"{i}\");"));
        Assert.Equal([64, 6], Of(body + "return id;").Groups.Select(g => g.Sites.Length));
    }
}
