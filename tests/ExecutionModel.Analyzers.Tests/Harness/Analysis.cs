using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>What the compiler and the analyzers say of a project.</summary>
public sealed record Analysis(ImmutableArray<Diagnostic> Compiler, ImmutableArray<Diagnostic> Rules)
{
    public static Task<Analysis> Run(Project project, params IEnumerable<DiagnosticAnalyzer> analyzers) => Run(project, concurrent: true, analyzers);

    public static async Task<Analysis> Run(Project project, bool concurrent, IEnumerable<DiagnosticAnalyzer> analyzers)
    {
        var compiler = await Compile(project);
        var compilation = (await project.GetCompilationAsync())!;
        var run = compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(project.AnalyzerOptions, onAnalyzerException: null, concurrent, logAnalyzerExecutionTime: false));
        var rules = await run.GetAnalyzerDiagnosticsAsync();
        if (rules.FirstOrDefault(d => d.Id == "AD0001") is { } thrown) Assert.Fail("An analyzer threw:\n" + thrown.GetMessage() + thrown.Descriptor.Description);
        return new Analysis(compiler, [.. rules.Where(d => !d.IsSuppressed).OrderBy(PathOf, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Location.SourceSpan.Length).ThenBy(d => d.Id, StringComparer.Ordinal).ThenBy(d => d.GetMessage(), StringComparer.Ordinal)]);
    }

    public IEnumerable<Diagnostic> Errors => Compiler.Where(d => d.Severity == DiagnosticSeverity.Error);

    public static string PathOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath ?? diagnostic.Location.GetLineSpan().Path ?? "";

    /// <summary>Errors and warnings of the compiler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Compile(Project project) =>
        [.. (await project.GetCompilationAsync())!.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed)];

    /// <summary>Compiler diagnostics that were not there before. Ids are counted: texts and places may change with the code.</summary>
    public static IReadOnlyList<Diagnostic> NewSince(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after)
    {
        var known = before.CountBy(d => d.Id).ToDictionary();
        return after.Where(d => !(known.TryGetValue(d.Id, out var left) && (known[d.Id] = left - 1) >= 0)).ToArray();
    }
}
