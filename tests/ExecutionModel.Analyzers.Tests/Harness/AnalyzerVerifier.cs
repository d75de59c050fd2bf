using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>
/// Runs one analyzer on marked source. Has the shape of Microsoft.CodeAnalysis.Testing, which is not used so that the tests need nothing but Roslyn itself.
/// <c>[|…|]</c> expects the analyzer's rule, <c>{|EXM101:…|}</c> names it, <c>{|#0:…|}</c> names a span for <see cref="DiagnosticResult.WithLocation"/>.
/// </summary>
public static class AnalyzerVerifier<TAnalyzer> where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>The analyzer's own rule; the listing build adds EXM000 after it.</summary>
    internal static readonly DiagnosticDescriptor Single = new TAnalyzer().SupportedDiagnostics[0];

    public static DiagnosticResult Diagnostic() => new(Single);

    public static DiagnosticResult Diagnostic(string id) => new(new TAnalyzer().SupportedDiagnostics.Single(d => d.Id == id));

    public static Task Analyzer(string source, params DiagnosticResult[] expected) => Analyzer(source, TestSettings.Default, expected);

    /// <summary>Exactly the marked and listed diagnostics are reported; unmarked source must be silent.</summary>
    public static async Task Analyzer(string source, TestSettings settings, params DiagnosticResult[] expected) => await Examine(source, settings, expected);

    /// <summary>The marked spans are reported as suggestions (Info).</summary>
    public static Task Suggestion(string source, TestSettings? settings = null) =>
        Analyzer(source, (settings ?? TestSettings.Default) with { Severity = DiagnosticSeverity.Info });

    internal static async Task<(TestProject Test, Analysis Analysis)> Examine(string source, TestSettings settings, params DiagnosticResult[] expected)
    {
        var test = TestProject.Create(source, settings);
        var analysis = await Analysis.Run(test.Project, new TAnalyzer());
        if (!settings.AllowErrors && analysis.Errors.Any()) Assert.Fail("The source does not compile:\n" + string.Join("\n", analysis.Errors));
        Expectation.Check(test.Files, expected, analysis.Rules, Single, settings.Severity);
        return (test, analysis);
    }
}
