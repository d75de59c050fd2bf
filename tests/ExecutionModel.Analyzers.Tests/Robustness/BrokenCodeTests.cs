using ExecutionModel.Analyzers.Tests.Conventions;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Robustness;

/// <summary>No analyzer and no fix throws on code as it looks while somebody types. The harness fails on AD0001; a throwing fix fails by itself.</summary>
public sealed class BrokenCodeTests
{
    private const int Cuts = 15;
    private const int Deletions = 15;
    private const int Seed = 20260101;

    /// <summary>Sources that make every rule work: the samples that are reported, and those that come close.</summary>
    public static TheoryData<string> Files => new(
        Repository.Sources("samples/Before").Concat(Repository.Sources("samples/Clean")).Where(p => Repository.Read(p).Contains("await", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(Files))]
    public async Task CutOff_NothingThrows(string path)
    {
        var source = Repository.Read(path);
        for (var cut = 1; cut <= Cuts; cut++) await Endure(source[..(source.Length * cut / (Cuts + 1))]);
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task TokensDeleted_NothingThrows(string path)
    {
        var source = Repository.Read(path);
        var tokens = CSharpSyntaxTree.ParseText(source).GetRoot().DescendantTokens().Where(t => t.Span.Length > 0).Select(t => t.Span).ToArray();
        var random = new Random(Seed);
        for (var round = 0; round < Deletions; round++)
        {
            var holes = Enumerable.Range(0, 1 + round % 4).Select(_ => tokens[random.Next(tokens.Length)]).Distinct().OrderBy(s => s.Start);
            await Endure(SourceText.From(source).WithChanges(holes.Select(s => new TextChange(s, ""))).ToString());
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public async Task NoReferences_NothingThrows(string path) => await Endure(Repository.Read(path), TestSettings.Default with { References = References.None });

    [Theory]
    [MemberData(nameof(Files))]
    public async Task NetStandard_NothingThrows(string path) => await Endure(Repository.Read(path), TestSettings.Default with { References = References.NetStandard20 });

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("// only a comment")]
    [InlineData("#if")]
    [InlineData("await;")]
    [InlineData("await await await")]
    [InlineData("class { async")]
    [InlineData("class C { async Task M() { await ")]
    [InlineData("class C { async Task M() { var a = await F(); var b = await F(); } }")]
    [InlineData("class C { async Task M() => await Task.WhenAll(); }")]
    [InlineData("class C { async Task M() => await Task.WhenAll(.Select(x => )); }")]
    [InlineData("class C { int P { get => await Q(); } event Action E { add { await Q(); } } }")]
    [InlineData("class C : C { async Task M() { await this.M(); await base.M(); } }")]
    [InlineData("class C<T> : T where T : C<T> { async Task M(T t) { await t.M(t); await t.M(null!); } }")]
    [InlineData("interface I : J { Task A(); } interface J : I { } class D { async Task M(I i) { await i.A(); await i.A(); } }")]
    [InlineData("namespace System.Threading.Tasks { class Task; class Task<T>; } class C { async Task M() { await M(); await M(); } }")]
    public async Task OddSource_NothingThrows(string source)
    {
        await Endure(source);
        await Endure(source, TestSettings.Default with { References = References.None, ImplicitUsings = false });
    }

    [Fact]
    public async Task EndlessRecursion_ComesToAnEnd() => await Endure("""
        class C
        {
            async Task<int> A(int n) { var a = await B(n); var b = await A(n); return a + b; }
            async Task<int> B(int n) { var a = await A(n); var b = await B(n); return a + b; }
            int H(int n) { for (var i = 0; i < n; i++) H(i); return H(n); }
            async Task<int> M() { H(3); await Task.WhenAll(Enumerable.Range(0, H(1)).Select(A)); return await A(1) + await B(1); }
        }
        """);

    [Fact]
    public async Task DeepNesting_DoesNotOverflow()
    {
        await Endure("class C { string M() => " + string.Concat(Enumerable.Repeat("\"a\" + ", 2000)) + "\"b\"; }");
        await Endure("class C { async Task M() { " + string.Concat(Enumerable.Repeat("if (true) { ", 150)) + "await M(); await M();" + new string('}', 150) + " } }");
        await Endure("class C { void M() { " + string.Concat(Enumerable.Repeat("System.Action a = () => { ", 40)) + new string('}', 40) + " } }");
    }

    private static async Task Endure(string source, TestSettings? settings = null)
    {
        settings ??= TestSettings.Default;
        if (settings.References == References.Net100) settings = settings with { GlobalUsings = TestSettings.Web.GlobalUsings };
        var project = TestProject.Create(source, settings with { AllowErrors = true }).Project;
        var analysis = await Analysis.Run(project, RuleRoom.Analyzers);
        foreach (var rule in RuleRoom.All)
        {
            if (rule.CreateCodeFix() is not { } fix) continue;
            var run = new FixRun(rule.Analyzer, fix);
            foreach (var diagnostic in analysis.Rules.Where(d => d.Id == rule.Id))
            {
                foreach (var action in await run.Offered(project, diagnostic)) await FixRun.Apply(project, action);
            }
        }
    }
}
