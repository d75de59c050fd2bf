using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Bounds;

/// <summary>How many operations the <c>WhenAll</c> of a method <c>M</c> starts.</summary>
public sealed class SourceSizeTests
{
    private static Bound? Size(string members)
    {
        var compilation = CatalogueReferences.With($$"""
            using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Threading; using System.Threading.Tasks; using System.Net.Http; using System.Data.Common;
            using Microsoft.EntityFrameworkCore; using Dapper;
            public class Row { public int Id; public int Parent; public string Text = ""; }
            public class Store : DbContext { public DbSet<Row> Rows => Set<Row>(); }
            public class C
            {
                private Task F(object x) => Task.CompletedTask;
                {{members}}
            }
            """);
        var errors = compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error);
        Assert.Empty(errors);
        var model = ProgramModel.For(compilation, new AnalyzerOptions([]));
        var method = compilation.GetTypeByMetadataName("C")!.GetMembers("M").OfType<IMethodSymbol>().Single();
        var body = model.SourceBodies.Of(method)!;
        var scope = ValueScope.Of(body);
        var whenAll = body.Frames.SelectMany(f => f.Calls).Single(c => FanOuts.IsJoin(model, c));
        return FanOuts.Of(whenAll, scope) is { } fanOut ? new SourceSize(model).Of(fanOut, scope) : null;
    }

    private static Bound? Over(string source, string parameters = "", string before = "") =>
        Size($"async Task M({parameters}) {{ {before} await Task.WhenAll({source}.Select(x => F(x))); }}");

    [Theory]
    [InlineData("new[] { 1, 2, 3 }", 3)]
    [InlineData("new int[7]", 7)]
    [InlineData("new List<int> { 1, 2 }", 2)]
    [InlineData("new[] { 1, 2 }.Concat(new[] { 3 })", 3)]
    [InlineData("new[] { 1, 2 }.Append(3).Prepend(0)", 4)]
    [InlineData("Enumerable.Range(5, 10)", 10)]
    [InlineData("Enumerable.Repeat(1, 200)", 200)]
    [InlineData("File.ReadLines(\"a\").Where(l => l != \"\").Take(12)", 12)]
    [InlineData("Enumerable.Range(0, Math.Min(9, 100))", 9)]
    [InlineData("new[] { 1, 2, 3 }.Intersect(File.ReadLines(\"a\").Select(l => l.Length))", 3)]
    [InlineData("Enumerable.Empty<int>()", 0)]
    public void Constants_AreCounted(string source, int count) => Assert.Equal(count, Assert.IsType<Bound.AtMost>(Over(source)).Count);

    [Theory]
    [InlineData("Enum.GetValues<DayOfWeek>()")]
    [InlineData("Enumerable.Range(0, Environment.ProcessorCount)")]
    [InlineData("Enumerable.Range(0, n)")]
    [InlineData("many.Take(n)")]
    [InlineData("many.Chunk(n)")]
    [InlineData("some")]
    [InlineData("batch")]
    public void KnownKindsOfSmallSources_AreFew(string source) =>
        Assert.Equal(Bound.Few, Assert.IsType<Bound.AtMost>(Over(source, "int n, List<int> many, List<int> batch, params int[] some")).Count);

    [Theory]
    [InlineData("File.ReadLines(\"a\")", "item that 'File.ReadLines' returns")]
    [InlineData("(await File.ReadAllLinesAsync(\"a\"))", "item that 'File.ReadAllLinesAsync' returns")]
    [InlineData("Directory.EnumerateFiles(\"a\").OrderBy(f => f).ToList()", "item that 'Directory.EnumerateFiles' returns")]
    [InlineData("new DirectoryInfo(\"a\").GetFiles()", "item that 'DirectoryInfo.GetFiles' returns")]
    [InlineData("store.Rows.ToList()", "row of an un-paged query ('Rows')")]
    [InlineData("(await store.Rows.Where(r => r.Id > 5).AsNoTracking().ToArrayAsync())", "row of an un-paged query ('Rows')")]
    [InlineData("store.Set<Row>().Select(r => r.Id).ToList()", "row of an un-paged query ('Set')")]
    [InlineData("(flag ? File.ReadLines(\"a\") : new[] { \"b\" })", "item that 'File.ReadLines' returns")]
    [InlineData("(few ?? File.ReadLines(\"a\"))", "item that 'File.ReadLines' returns")]
    public void SourcesOfTheOutsideWorld_AreHuge(string source, string each) =>
        Assert.Equal(new Bound.Huge(each), Over(source, "Store store, bool flag, string[]? few"));

    [Theory]
    [InlineData("many", "item of 'many'")]
    [InlineData("many.Where(x => x > 0).Distinct()", "item of 'many'")]
    [InlineData("many.SelectMany(x => new[] { x, x })", "item of 'many'")]
    [InlineData("byId.Values", "item of 'byId'")]
    [InlineData("store.Rows.Where(r => r.Parent == parent).ToList()", "row of an un-paged query ('Rows')")]
    [InlineData("store.Rows.Where(r => many.Contains(r.Id)).ToList()", "row of an un-paged query ('Rows')")]
    public void ParametersAndFilteredQueries_AreUnbounded(string source, string each) =>
        Assert.Equal(new Bound.Unbounded(each), Over(source, "Store store, int parent, IEnumerable<int> many, Dictionary<int, Row> byId"));

    [Theory]
    [InlineData("text.Split(',')")]
    [InlineData("Elsewhere()")]
    [InlineData("row.Text.Split(' ')")]
    public void WhatCannotBeSeen_IsUnknown(string source) =>
        Assert.IsType<Bound.Unknown>(Size($"static extern int[] Elsewhere(); async Task M(string text, Row row) => await Task.WhenAll({source}.Select(x => F(x)));"));

    [Theory]
    [InlineData("select * from rows", "Huge")]
    [InlineData("select * from rows where parent = 1", "Unbounded")]
    [InlineData("select top 10 * from rows", "AtMost")]
    [InlineData("select * from rows order by id LIMIT 50", "AtMost")]
    public void TextOfAQuery_SaysHowManyRows(string sql, string verdict) =>
        Assert.Equal(verdict, Over($"(await connection.QueryAsync<Row>(\"{sql}\"))", "DbConnection connection")!.GetType().Name);

    [Fact]
    public void ThreeSourceMethods_AreFollowed() => Assert.IsType<Bound.Huge>(Size("""
        async Task M() { var lines = await A(); await Task.WhenAll(lines.Select(x => F(x))); }
        async Task<string[]> A() { var all = await B(); return all.ToArray(); }
        Task<List<string>> B() => C2();
        async Task<List<string>> C2() => [.. await File.ReadAllLinesAsync("a")];
        """));

    [Fact]
    public void FourSourceMethods_AreTooFar() => Assert.IsNotType<Bound.Huge>(Size("""
        async Task M() => await Task.WhenAll(A().Select(x => F(x)));
        IEnumerable<string> A() => B();
        IEnumerable<string> B() => C2();
        IEnumerable<string> C2() => D();
        IEnumerable<string> D() => File.ReadLines("a");
        """));

    [Fact]
    public void ArgumentOfASourceMethod_Counts() => Assert.Equal(30, Assert.IsType<Bound.AtMost>(Size("""
        async Task M(Store store) { var rows = await Page(store.Rows, 30); await Task.WhenAll(rows.Select(x => F(x))); }
        static async Task<List<Row>> Page(IQueryable<Row> rows, int most) => await rows.OrderBy(r => r.Id).Take(most).ToListAsync();
        """)).Count);

    [Fact]
    public void PrivateMethod_TakesTheWorstOfItsCallers() => Assert.Equal(new Bound.Huge("item that 'File.ReadLines' returns"), Size("""
        private async Task M(IEnumerable<string> lines) => await Task.WhenAll(lines.Select(x => F(x)));
        public Task A() => M(["a", "b"]);
        public Task B() => M(File.ReadLines("a"));
        """));

    [Fact]
    public void PrivateMethod_OfSmallCallers_IsSmall() => Assert.IsType<Bound.AtMost>(Size("""
        private async Task M(IEnumerable<string> lines) => await Task.WhenAll(lines.Select(x => F(x)));
        public Task A() => M(["a", "b"]);
        """));

    [Fact]
    public void PublicMethod_MayHaveOtherCallers() => Assert.IsType<Bound.Unbounded>(Size("""
        public async Task M(IEnumerable<string> lines) => await Task.WhenAll(lines.Select(x => F(x)));
        public Task A() => M(["a", "b"]);
        """));

    [Fact]
    public void LocalFunction_TakesWhatItsBodyPasses() => Assert.IsType<Bound.AtMost>(Size("""
        async Task M() { await All(["a", "b"]); async Task All(string[] lines) => await Task.WhenAll(lines.Select(x => F(x))); }
        """));

    [Fact]
    public void PrivateMethodThatCallsItself_EndsSomewhere() => Assert.IsNotType<Bound.AtMost>(Size("""
        private async Task M(IEnumerable<string> lines) { await Task.WhenAll(lines.Select(x => F(x))); await M(lines); }
        """));

    [Fact]
    public void RecursiveSource_EndsSomewhere() => Assert.IsNotType<Bound.AtMost>(Size("""
        async Task M() => await Task.WhenAll(A().Select(x => F(x)));
        IEnumerable<string> A() => A().Where(x => x != "");
        """));

    [Fact]
    public void LocalThatMentionsItself_EndsSomewhere() => Assert.IsType<Bound.Unbounded>(Over("items", "IEnumerable<int> items", "items = items.Where(i => i > 0); items = items.Distinct();"));

    [Theory]
    [InlineData("foreach (var l in File.ReadLines(\"a\")) tasks.Add(F(l));", "Huge")]
    [InlineData("while (flag) tasks.Add(F(1));", "Huge")]
    [InlineData("do { tasks.Add(F(1)); } while (flag);", "Huge")]
    [InlineData("for (var i = 0; i < many.Count; i++) tasks.Add(F(many[i]));", "Unbounded")]
    [InlineData("foreach (var m in many) { var t = F(m); tasks.Add(t); }", "Unbounded")]
    [InlineData("foreach (var m in many) foreach (var k in new[] { 1, 2 }) tasks.Add(F(m + k));", "Unbounded")]
    [InlineData("for (var i = 0; i < 8; i++) tasks.Add(F(i));", "AtMost")]
    [InlineData("for (var i = 8; i > 0; i--) tasks.Add(F(i));", "AtMost")]
    [InlineData("for (var i = 0; i < 8; i++) for (var j = 0; j < 4; j++) tasks.Add(F(i * j));", "AtMost")]
    public void ListOfTasks_HasAsManyAsTheLoopsTurn(string loop, string verdict) =>
        Assert.Equal(verdict, Size($"async Task M(List<int> many, bool flag) {{ var tasks = new List<Task>(); {loop} await Task.WhenAll(tasks); }}")!.GetType().Name);

    [Fact]
    public void NestedCountedLoops_Multiply() => Assert.Equal(32, Assert.IsType<Bound.AtMost>(Size(
        "async Task M() { var tasks = new List<Task>(); for (var i = 0; i < 8; i++) for (var j = 0; j < 4; j++) tasks.Add(F(i * j)); await Task.WhenAll(tasks); }")).Count);

    [Fact]
    public void ListMadeInEachTurn_CountsItsOwnLoopOnly() => Assert.IsType<Bound.AtMost>(Size(
        "async Task M(List<int> many) { foreach (var m in many) { var tasks = new List<Task>(); for (var j = 0; j < 4; j++) tasks.Add(F(m * j)); await Task.WhenAll(tasks); } }"));

    [Theory]
    [InlineData("x => x.Task")]
    [InlineData("x => x.Tasks[0]")]
    public void ProjectionOfStoredTasks_IsNoFanOut(string selector) =>
        Assert.Null(Size($"class P {{ public Task Task = null!; public List<Task> Tasks = null!; }} async Task M(List<P> all) => await Task.WhenAll(all.Select({selector}));"));
}
