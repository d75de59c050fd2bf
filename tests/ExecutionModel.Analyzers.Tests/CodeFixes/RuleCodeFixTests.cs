using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits;
using ExecutionModel.Analyzers.Tests.Harness;
using ExecutionModel.Analyzers.Tests.Rules.Waiting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;
using VerifyAdding = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Tests.Rules.Waiting.NaiveSequentialAwaits, ExecutionModel.Analyzers.Tests.CodeFixes.RuleCodeFixTests.AddsAFile>;
using VerifyIdle = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Tests.Rules.Waiting.NaiveSequentialAwaits, ExecutionModel.Analyzers.Tests.CodeFixes.RuleCodeFixTests.ChangesNothing>;

namespace ExecutionModel.Analyzers.Tests.CodeFixes;

/// <summary>What the base gives every fix.</summary>
public sealed class RuleCodeFixTests
{
    private const string Added = "static class Added\n{\n    public static int One() => 1;\n}\n";

    private const string Source = """
        using System;
        using System.Threading.Tasks;
        static class Api
        {
            public static Task<int> GetA() => Task.FromResult(1);
        }
        class C
        {
            async Task M()
            {
                try
                {
                    var a = await Api.GetA();
                    var b = await Api.GetA();
                }
                catch (InvalidOperationException)
                {
                }
            }
            async Task<int> N(bool yes)
            {
                if (yes) return await Api.GetA() + await Api.GetA();
                Func<Task<int>> f = async () => await Api.GetA() + await Api.GetA();
                return await f();
            }
        }
        """;

    private static readonly TestSettings Plain = new() { ImplicitUsings = false };

    [Fact]
    public Task Fix_FileThatAllFixesNeed_IsAddedOnce() => VerifyAdding.CodeFix(
        "class C { static Task<int> GetA() => Task.FromResult(1); async Task M() { var a = [|await GetA()|]; var b = await GetA(); } async Task N() { var a = [|await GetA()|]; var b = await GetA(); } }",
        "class C { static Task<int> GetA() => Task.FromResult(1); async Task M() { var a = Added.One(); var b = await GetA(); } async Task N() { var a = Added.One(); var b = await GetA(); } }",
        new TestSettings
        {
            Sources = [new("D.cs", "class D { static Task<int> GetA() => Task.FromResult(1); async Task M() { var a = [|await GetA()|]; var b = await GetA(); } }")],
            FixedSources =
            [
                new("Added.cs", Added),
                new("D.cs", "class D { static Task<int> GetA() => Task.FromResult(1); async Task M() { var a = Added.One(); var b = await GetA(); } }"),
            ],
        });

    [Fact]
    public Task Fix_ThatChangesNothing_IsNotOffered() => VerifyIdle.NoCodeFix(
        "class C { static Task<int> GetA() => Task.FromResult(1); async Task M() { var a = [|await GetA()|]; var b = await GetA(); } }");

    [Fact]
    public async Task Fix_SourceThatAnOlderTargetCompilesToo_SuitsTheOlder()
    {
        var (solution, modern, old) = TwoTargets();
        var document = MainOf(solution.GetProject(modern)!);
        var diagnostic = (await Analysis.Run(document.Project, new NaiveSequentialAwaits())).Rules[0];
        var action = (await Offered(document, diagnostic)).Single();
        var text = (await MainOf(await FixRun.Apply(document.Project, action)).GetTextAsync()).ToString();
        Assert.Contains("await Task.WhenAll(aTask, bTask);", text, StringComparison.Ordinal);
        Assert.DoesNotContain("ConfigureAwaitOptions", text, StringComparison.Ordinal);
        Assert.NotNull(solution.GetProject(old));
    }

    [Fact]
    public async Task FixAll_SourceOfTwoTargets_IsEditedOnce()
    {
        var (solution, modern, _) = TwoTargets();
        var fix = new SequentialAwaitsCodeFix();
        var context = new FixAllContext(MainOf(solution.GetProject(modern)!), fix, FixAllScope.Solution, "EXM101", ["EXM101"], new Everywhere(), CancellationToken.None);
        var action = (await fix.GetFixAllProvider().GetFixAsync(context))!;
        var changed = (await action.GetOperationsAsync(CancellationToken.None)).OfType<ApplyChangesOperation>().Single().ChangedSolution;
        Assert.Single(changed.GetChanges(solution).GetProjectChanges());
    }

    [Fact]
    public async Task Fix_CodeThatHasMovedOn_IsNotOffered()
    {
        var project = TestProject.Create(Source, Plain).Project;
        var analysis = await Analysis.Run(project, new NaiveSequentialAwaits());
        Assert.Equal(3, analysis.Rules.Length);
        foreach (var text in (string[])["", "class C { }", " " + Source, Source.Replace("Api.GetA()", "Api.GetAB()", StringComparison.Ordinal), Source[..Source.IndexOf("var b", StringComparison.Ordinal)]])
        {
            var document = MainOf(project).WithText(SourceText.From(text));
            foreach (var diagnostic in analysis.Rules) Assert.Empty(await Offered(document, diagnostic));
        }
    }

    [Fact]
    public async Task Fix_OnBrokenCode_NeverThrows()
    {
        var project = TestProject.Create(Source, Plain).Project;
        var before = (await Analysis.Run(project, new NaiveSequentialAwaits())).Rules;
        var tokens = CSharpSyntaxTree.ParseText(Source).GetRoot().DescendantTokens().Where(t => t.SpanStart > Source.IndexOf("async Task M", StringComparison.Ordinal)).ToList();
        var offered = 0;
        foreach (var token in tokens.Where(t => t.Span.Length > 0))
        {
            var blank = new string(' ', token.Span.Length); // the other spans stay where they were
            var document = MainOf(project).WithText(SourceText.From(Source.Remove(token.SpanStart, token.Span.Length).Insert(token.SpanStart, blank)));
            var tree = (await document.GetSyntaxTreeAsync())!;
            foreach (var diagnostic in before)
            {
                var partners = diagnostic.AdditionalLocations.Select(l => Location.Create(tree, l.SourceSpan));
                var moved = Diagnostic.Create(diagnostic.Descriptor, Location.Create(tree, diagnostic.Location.SourceSpan), partners, diagnostic.Properties);
                foreach (var action in await Offered(document, moved))
                {
                    await action.GetOperationsAsync(CancellationToken.None);
                    offered++;
                }
            }
        }

        Assert.True(offered > 0);
    }

    private static Document MainOf(Project project) => project.Documents.Single(d => d.Name == TestProject.MainFile);

    private static async Task<List<CodeAction>> Offered(Document document, Diagnostic diagnostic)
    {
        var actions = new List<CodeAction>();
        await new SequentialAwaitsCodeFix().RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    private static (Solution Solution, ProjectId Modern, ProjectId Old) TwoTargets()
    {
        var modern = TestProject.Create(Source, Plain).Project;
        var old = ProjectId.CreateNewId();
        var solution = modern.Solution
            .AddProject(old, "Old", "Sample", LanguageNames.CSharp)
            .WithProjectMetadataReferences(old, References.NetStandard20.Assemblies)
            .WithProjectCompilationOptions(old, modern.CompilationOptions!)
            .AddDocument(DocumentId.CreateNewId(old), TestProject.MainFile, SourceText.From(Source), filePath: TestProject.Folder + TestProject.MainFile);
        return (solution, modern.Id, old);
    }

    private sealed class Everywhere : FixAllContext.DiagnosticProvider
    {
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await Analysis.Run(project, new NaiveSequentialAwaits())).Rules;

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(d => d.Location.SourceTree == tree);
        }

        public override Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) => Task.FromResult<IEnumerable<Diagnostic>>([]);
    }

    public sealed class AddsAFile() : RuleCodeFix("EXM101")
    {
        protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RuleFix>>([new RuleFix("Add", target.Root.ReplaceNode(target.Node, SyntaxFactory.ParseExpression("Added.One()"))) { Needs = new ProjectFile("Added.cs", Added) }]);
    }

    public sealed class ChangesNothing() : RuleCodeFix("EXM101")
    {
        protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RuleFix>>([new RuleFix("Idle", target.Root.ReplaceNode(target.Node, target.Node.WithAdditionalAnnotations(new SyntaxAnnotation())))]);
    }
}
