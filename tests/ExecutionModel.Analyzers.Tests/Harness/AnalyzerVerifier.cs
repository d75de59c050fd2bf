using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>
/// Runs one analyzer on marked source, by Microsoft.CodeAnalysis.Testing. <c>[|…|]</c> expects the analyzer's rule, <c>{|EXM101:…|}</c> names it,
/// <c>{|#0:…|}</c> names a span for <see cref="DiagnosticResult.WithLocation"/>.
/// </summary>
public static class AnalyzerVerifier<TAnalyzer> where TAnalyzer : DiagnosticAnalyzer, new()
{
    /// <summary>The analyzer's own rule; the listing build adds EXM000 after it.</summary>
    internal static readonly DiagnosticDescriptor Single = new TAnalyzer().SupportedDiagnostics[0];

    public static DiagnosticResult Diagnostic() => new(Single);

    public static DiagnosticResult Diagnostic(string id) => new(new TAnalyzer().SupportedDiagnostics.Single(d => d.Id == id));

    public static Task Analyzer(string source, params DiagnosticResult[] expected) => Analyzer(source, TestSettings.Default, expected);

    /// <summary>Exactly the marked and listed diagnostics are reported; unmarked source must be silent.</summary>
    public static async Task Analyzer(string source, TestSettings settings, params DiagnosticResult[] expected)
    {
        var project = TestProject.Create(source, settings);
        await new StandardTest<TAnalyzer, EmptyCodeFix>(project, settings, expected).RunAsync();
        if (expected.All(e => e.MessageParts.Count == 0)) return;
        var reported = (await Analysis.Run(project.Project, new TAnalyzer())).Rules;
        foreach (var result in expected) Assert.Contains(reported, d => IsAt(d, result.Key) && result.MessageParts.All(p => d.GetMessage().Contains(p, StringComparison.Ordinal)));

        bool IsAt(Diagnostic diagnostic, int? key) =>
            key is not { } marked || project.Marked(marked) is var (path, _, mark) && (Analysis.PathOf(diagnostic), diagnostic.Location.SourceSpan) == (path, mark.Span);
    }

    /// <summary>The marked spans are reported as suggestions (Info).</summary>
    public static Task Suggestion(string source, TestSettings? settings = null) =>
        Analyzer(source, (settings ?? TestSettings.Default) with { Severity = DiagnosticSeverity.Info });
}
