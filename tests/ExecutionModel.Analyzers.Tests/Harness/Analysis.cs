using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>What the compiler and the analyzers say of a project. The compiler is asked when somebody wants to know: it costs as much as the analyzers.</summary>
public sealed class Analysis
{
    private readonly Lazy<ImmutableArray<Diagnostic>> compiler;

    private Analysis(Compilation compilation, ImmutableArray<Diagnostic> rules)
    {
        compiler = new(() => Complaints(compilation));
        Rules = rules;
    }

    /// <summary>Its errors and warnings.</summary>
    public ImmutableArray<Diagnostic> Compiler => compiler.Value;

    public ImmutableArray<Diagnostic> Rules { get; }

    public IEnumerable<Diagnostic> Errors => Compiler.Where(d => d.Severity == DiagnosticSeverity.Error);

    public static Task<Analysis> Run(Project project, params IEnumerable<DiagnosticAnalyzer> analyzers) => Run(project, concurrent: true, analyzers);

    public static async Task<Analysis> Run(Project project, bool concurrent, IEnumerable<DiagnosticAnalyzer> analyzers)
    {
        var compilation = (await project.GetCompilationAsync())!;
        var run = compilation.WithAnalyzers([.. analyzers], new CompilationWithAnalyzersOptions(project.AnalyzerOptions, onAnalyzerException: null, concurrent, logAnalyzerExecutionTime: false));
        var rules = await run.GetAnalyzerDiagnosticsAsync();
        if (rules.FirstOrDefault(d => d.Id == "AD0001") is { } thrown) Assert.Fail("An analyzer threw:\n" + thrown.GetMessage() + thrown.Descriptor.Description);
        return new Analysis(compilation, [.. rules.Where(d => !d.IsSuppressed).OrderBy(PathOf, StringComparer.Ordinal).ThenBy(d => d.Location.SourceSpan.Start).ThenBy(d => d.Location.SourceSpan.Length).ThenBy(d => d.Id, StringComparer.Ordinal).ThenBy(d => d.GetMessage(), StringComparer.Ordinal)]);
    }

    public static string PathOf(Diagnostic diagnostic) => diagnostic.Location.SourceTree?.FilePath ?? diagnostic.Location.GetLineSpan().Path ?? "";

    /// <summary>Errors and warnings of the compiler.</summary>
    public static async Task<ImmutableArray<Diagnostic>> Compile(Project project) => Complaints((await project.GetCompilationAsync())!);

    /// <summary>Compiler diagnostics that were not there before. Ids are counted: texts and places may change with the code.</summary>
    public static IReadOnlyList<Diagnostic> NewSince(ImmutableArray<Diagnostic> before, ImmutableArray<Diagnostic> after)
    {
        var known = before.CountBy(d => d.Id).ToDictionary();
        return after.Where(d => !(known.TryGetValue(d.Id, out var left) && (known[d.Id] = left - 1) >= 0)).ToArray();
    }

    private static ImmutableArray<Diagnostic> Complaints(Compilation compilation) =>
        [.. compilation.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning && !d.IsSuppressed)];
}
