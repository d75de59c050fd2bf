using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>Applies the fixes of one rule to a project whose end no test states: one by one, or all at once.</summary>
public sealed class FixRun(DiagnosticAnalyzer analyzer, CodeFixProvider provider)
{
    /// <summary>Fixes the first fixable diagnostic until none is left.</summary>
    public async Task<Project> StepByStep(Project project, Analysis analysis)
    {
        var before = analysis;
        var isFixed = false;
        for (var steps = analysis.Rules.Length; await FirstOffer(project, analysis) is { } action; steps--)
        {
            if (steps == 0) Assert.Fail($"The fix does not come to an end: '{action.Title}' is still offered after {before.Rules.Length} step(s).\n" + await Show(project));
            if (action.EquivalenceKey is null) Assert.Fail($"'{action.Title}' has no equivalence key: FixAll can't tell it from others.");
            var fixedProject = await Apply(project, action);
            if ((await TestProject.Texts(project)).SequenceEqual(await TestProject.Texts(fixedProject))) Assert.Fail($"'{action.Title}' changes nothing.");
            (project, isFixed) = (fixedProject, true);
            analysis = await Analysis.Run(project, analyzer);
            if (Analysis.NewSince(before.Compiler, analysis.Compiler) is { Count: > 0 } broken) Assert.Fail("The fix brings new compiler diagnostics:\n" + string.Join("\n", broken) + "\n" + await Show(project));
        }

        if (!isFixed) Assert.Fail("No fix is offered.");
        return project;
    }

    /// <summary>One FixAll for the project; the same project where nothing is offered.</summary>
    public async Task<Project> All(Project project, string key)
    {
        var fixAll = provider.GetFixAllProvider();
        if (fixAll is null) Assert.Fail("The fix has no FixAll provider.");
        var ids = provider.FixableDiagnosticIds;
        var context = new FixAllContext(project, provider, FixAllScope.Project, key, ids, new Provider(analyzer, ids), CancellationToken.None);
        return await fixAll!.GetFixAsync(context) is { } action ? await Apply(project, action) : project;
    }

    /// <summary>The fixes offered for one diagnostic.</summary>
    public async Task<IReadOnlyList<CodeAction>> Offered(Project project, Diagnostic diagnostic)
    {
        if (!provider.FixableDiagnosticIds.Contains(diagnostic.Id) || project.GetDocument(diagnostic.Location.SourceTree) is not { } document) return [];
        var actions = new List<CodeAction>();
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, diagnostic, (action, _) => actions.Add(action), CancellationToken.None));
        return actions;
    }

    /// <summary>The project after one action.</summary>
    public static async Task<Project> Apply(Project project, CodeAction action)
    {
        var operations = await action.GetOperationsAsync(CancellationToken.None);
        var change = operations.OfType<ApplyChangesOperation>().Single();
        return change.ChangedSolution.GetProject(project.Id)!;
    }

    private async Task<CodeAction?> FirstOffer(Project project, Analysis analysis)
    {
        foreach (var diagnostic in analysis.Rules)
        {
            if (await Offered(project, diagnostic) is [var first, ..]) return first;
        }

        return null;
    }

    private static async Task<string> Show(Project project) => string.Join("\n", (await TestProject.Texts(project)).Select(t => $"--- {t.Key}\n{t.Value}"));

    private sealed class Provider(DiagnosticAnalyzer analyzer, ImmutableArray<string> ids) : FixAllContext.DiagnosticProvider
    {
        private (Project Project, Task<Analysis> Analysis)? last;

        /// <summary>A provider asks document by document: one analysis answers for all of a project.</summary>
        public override async Task<IEnumerable<Diagnostic>> GetAllDiagnosticsAsync(Project project, CancellationToken cancellationToken)
        {
            if (last is not { } known || known.Project != project) last = known = (project, Analysis.Run(project, analyzer));
            return (await known.Analysis).Rules.Where(d => ids.Contains(d.Id));
        }

        public override async Task<IEnumerable<Diagnostic>> GetDocumentDiagnosticsAsync(Document document, CancellationToken cancellationToken)
        {
            var tree = await document.GetSyntaxTreeAsync(cancellationToken);
            return (await GetAllDiagnosticsAsync(document.Project, cancellationToken)).Where(d => d.Location.SourceTree == tree);
        }

        public override async Task<IEnumerable<Diagnostic>> GetProjectDiagnosticsAsync(Project project, CancellationToken cancellationToken) =>
            (await GetAllDiagnosticsAsync(project, cancellationToken)).Where(d => !d.Location.IsInSource);
    }
}
