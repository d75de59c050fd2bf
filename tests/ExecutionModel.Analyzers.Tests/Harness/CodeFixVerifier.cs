using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>
/// Runs one analyzer and its fix, by Microsoft.CodeAnalysis.Testing: one by one and by FixAll in document, project and solution the fix gives the same text, and
/// nothing fixable is left but what that text marks. Besides, it compiles without a new error or warning, and no state is in danger that was not before.
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
        var test = TestProject.Create(before, settings);
        var expected = TestProject.Create(after, settings with { Sources = settings.FixedSources ?? settings.Sources.Select(s => s with { Text = Markup.Parse(s.Text).Text }).ToArray(), AdditionalFiles = [] });
        if ((await TestProject.Texts(test.Project)).SequenceEqual(await TestProject.Texts(expected.Project))) Assert.Fail("The fix is to change nothing: use NoCodeFix.");
        if (new TCodeFix().GetFixAllProvider() is null) Assert.Fail("The fix has no FixAll provider.");

        var standard = new StandardTest<TAnalyzer, TCodeFix>(test, settings).Gives(expected);
        if (settings.CodeActionTitle is { } title) standard.CodeActionVerifier = (action, verifier) => verifier.Equal(title, action.Title);
        await standard.RunAsync();

        if (Analysis.NewSince(await Analysis.Compile(test.Project), await Analysis.Compile(expected.Project)) is { Count: > 0 } broken) Assert.Fail("The fix brings new compiler diagnostics:\n" + string.Join("\n", broken));
        await SharedState.AssertNotEndangered(test.Project, expected.Project, new TAnalyzer());
    }

    /// <summary>The marked diagnostics are reported, and none of them is offered a fix.</summary>
    public static async Task NoCodeFix(string source, TestSettings? settings = null)
    {
        settings ??= TestSettings.Default;
        var test = TestProject.Create(source, settings);
        if (test.Files.Values.All(f => f.Spans.All(s => s.IsKey))) Assert.Fail("Nothing is marked: the test says nothing about fixes.");
        await new StandardTest<TAnalyzer, TCodeFix>(test, settings).GivesNothing().RunAsync();
    }
}
