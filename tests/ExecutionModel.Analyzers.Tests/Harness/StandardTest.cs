using System.Collections.Immutable;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Testing.Model;
using Microsoft.CodeAnalysis.Text;
using Expected = Microsoft.CodeAnalysis.Testing.DiagnosticResult;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>
/// A test of Microsoft.CodeAnalysis.Testing, made of a <see cref="TestProject"/>: it starts from a project whose references are files that lie here, resolved
/// once for all tests, and a mark expects the severity that the settings say instead of the descriptor's.
/// </summary>
internal sealed class StandardTest<TAnalyzer, TCodeFix> : CSharpCodeFixTest<TAnalyzer, TCodeFix, DefaultVerifier>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    private readonly TestProject project;
    private readonly TestSettings settings;

    public StandardTest(TestProject project, TestSettings settings, params IReadOnlyList<DiagnosticResult> listed)
    {
        (this.project, this.settings) = (project, settings);
        CompilerDiagnostics = settings.AllowErrors ? CompilerDiagnostics.None : CompilerDiagnostics.Errors;
        CodeActionIndex = settings.CodeActionIndex;
        // Both analyse each source once more. That we see generated code and obey suppressions is the business of tests of their own.
        TestBehaviors = TestBehaviors.SkipGeneratedCodeCheck | TestBehaviors.SkipSuppressionCheck;
        Fill(TestState, project);
        foreach (var result in listed) TestState.ExpectedDiagnostics.Add(Listed(result));
    }

    /// <summary>More than one rule at once.</summary>
    public IReadOnlyList<DiagnosticAnalyzer> Analyzers { get; init; } = [new TAnalyzer()];

    /// <summary>Fixing all that is marked gives these sources, in which the marks stay reported.</summary>
    public StandardTest<TAnalyzer, TCodeFix> Gives(TestProject after)
    {
        FixedState.InheritanceMode = StateInheritanceMode.Explicit;
        Fill(FixedState, after);
        FixedState.AdditionalFiles.AddRange(TestState.AdditionalFiles);
        return this;
    }

    /// <summary>Nothing that is marked is offered a fix.</summary>
    public StandardTest<TAnalyzer, TCodeFix> GivesNothing()
    {
        FixedState.InheritanceMode = StateInheritanceMode.AutoInheritAll;
        (NumberOfIncrementalIterations, NumberOfFixAllIterations) = (0, 0);
        return this;
    }

    protected override IEnumerable<DiagnosticAnalyzer> GetDiagnosticAnalyzers() => Analyzers;

    protected override Task<Project> CreateProjectImplAsync(EvaluatedProjectState state, ImmutableArray<EvaluatedProjectState> additionalProjects, CancellationToken cancellationToken)
    {
        var (solution, id) = (project.Empty.Solution, project.Empty.Id);
        foreach (var (path, text) in state.Sources) solution = solution.AddDocument(DocumentId.CreateNewId(id), path, text, filePath: path);
        foreach (var (path, text) in state.AdditionalFiles) solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), path, text, filePath: path);
        foreach (var (path, text) in state.AnalyzerConfigFiles) solution = solution.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), path, text, filePath: path);
        return Task.FromResult(solution.GetProject(id)!);
    }

    private void Fill(SolutionState state, TestProject from)
    {
        state.MarkupHandling = MarkupMode.None; // the marks are read already
        foreach (var document in from.Project.Documents.OrderBy(IsAdded)) state.Sources.Add(IsAdded(document) ? (document.Name, AsAdded(document)) : (document.FilePath!, Text(document)));
        foreach (var document in from.Project.AdditionalDocuments) state.AdditionalFiles.Add((document.FilePath!, Text(document)));
        foreach (var document in from.Project.AnalyzerConfigDocuments) state.AnalyzerConfigFiles.Add((document.FilePath!, Text(document)));
        var single = AnalyzerVerifier<TAnalyzer>.Single;
        foreach (var (path, markup) in from.Files)
        {
            foreach (var mark in markup.Spans.Where(s => !s.IsKey))
                state.ExpectedDiagnostics.Add(At(new Expected(mark.Id ?? single.Id, settings.Severity ?? single.DefaultSeverity), (path, markup, mark)).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations));
        }

        bool IsAdded(Document document) => state != TestState && TestState.Sources.All(s => s.filename != document.FilePath);

        static SourceText Text(TextDocument document) => document.GetTextAsync().GetAwaiter().GetResult();

        // A fix writes UTF-8; the sources of a test have no encoding.
        static SourceText AsAdded(Document document) => SourceText.From(Text(document).ToString(), Encoding.UTF8);
    }

    private Expected Listed(DiagnosticResult result)
    {
        var expected = new Expected(result.Id, result.Severity);
        if (result.Message is { } message) expected = expected.WithMessage(message);
        if (result.Key is { } key) expected = At(expected, project.Marked(key));
        foreach (var partner in result.PartnerKeys ?? []) expected = At(expected, project.Marked(partner));
        return result.PartnerKeys is null ? expected.WithOptions(DiagnosticOptions.IgnoreAdditionalLocations) : expected;
    }

    private static Expected At(Expected expected, (string Path, Markup Markup, MarkedSpan Mark) place) =>
        expected.WithSpan(new FileLinePositionSpan(place.Path, SourceText.From(place.Markup.Text).Lines.GetLinePositionSpan(place.Mark.Span)));
}
