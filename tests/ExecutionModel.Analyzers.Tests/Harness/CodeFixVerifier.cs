using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>
/// Runs one analyzer and its fix. A fix test checks more than the text: every single step and the end compile without a new error or warning, FixAll gives
/// the same text in document, project and solution, nothing fixable is left but what the expected text marks, and no state is in danger that was not before.
/// </summary>
public static class CodeFixVerifier<TAnalyzer, TCodeFix>
    where TAnalyzer : DiagnosticAnalyzer, new()
    where TCodeFix : CodeFixProvider, new()
{
    public static DiagnosticResult Diagnostic() => AnalyzerVerifier<TAnalyzer>.Diagnostic();

    public static DiagnosticResult Diagnostic(string id) => AnalyzerVerifier<TAnalyzer>.Diagnostic(id);

    public static Task Analyzer(string source, params DiagnosticResult[] expected) => AnalyzerVerifier<TAnalyzer>.Analyzer(source, expected);

    public static Task Analyzer(string source, TestSettings settings, params DiagnosticResult[] expected) => AnalyzerVerifier<TAnalyzer>.Analyzer(source, settings, expected);

    public static Task Suggestion(string source, TestSettings? settings = null) => AnalyzerVerifier<TAnalyzer>.Suggestion(source, settings);

    /// <summary>As <see cref="CodeFix"/>, the marks being suggestions (Info).</summary>
    public static Task SuggestionFix(string before, string after, TestSettings? settings = null) =>
        CodeFix(before, after, (settings ?? TestSettings.Default) with { Severity = DiagnosticSeverity.Info });

    /// <summary>Fixing every marked diagnostic of <paramref name="before"/> gives exactly <paramref name="after"/>. Marks in <paramref name="after"/> stay reported.</summary>
    public static async Task CodeFix(string before, string after, TestSettings? settings = null)
    {
        settings ??= TestSettings.Default;
        var (test, analysis) = await AnalyzerVerifier<TAnalyzer>.Examine(before, settings);
        var fix = new FixRun(new TAnalyzer(), new TCodeFix(), settings);
        var expected = TestProject.Create(after, settings with { Sources = settings.FixedSources ?? settings.Sources.Select(s => s with { Text = Markup.Parse(s.Text).Text }).ToArray(), AdditionalFiles = [] });
        var expectedTexts = await TestProject.Texts(expected.Project);

        var (stepwise, key) = await fix.StepByStep(test.Project, analysis);
        TextDifference.Check("The fix", expectedTexts, await TestProject.Texts(stepwise));
        Expectation.Check(expected.Files, [], (await Analysis.Run(stepwise, new TAnalyzer())).Rules, AnalyzerVerifier<TAnalyzer>.Single, settings.Severity);

        await SharedState.AssertNotEndangered(test.Project, stepwise, new TAnalyzer());
        foreach (var scope in (FixAllScope[])[FixAllScope.Document, FixAllScope.Project, FixAllScope.Solution])
            TextDifference.Check($"FixAll in {scope}", expectedTexts, await TestProject.Texts(await fix.All(test.Project, scope, key)));
    }

    /// <summary>The marked diagnostics are reported, and none of them is offered a fix.</summary>
    public static async Task NoCodeFix(string source, TestSettings? settings = null)
    {
        settings ??= TestSettings.Default;
        var (test, analysis) = await AnalyzerVerifier<TAnalyzer>.Examine(source, settings);
        if (analysis.Rules.IsEmpty) Assert.Fail("Nothing is reported: the test says nothing about fixes.");
        var fix = new FixRun(new TAnalyzer(), new TCodeFix(), settings);
        foreach (var diagnostic in analysis.Rules)
        {
            if (await fix.Offered(test.Project, diagnostic) is [var action, ..]) Assert.Fail($"'{action.Title}' is offered for {diagnostic}");
        }
    }
}
