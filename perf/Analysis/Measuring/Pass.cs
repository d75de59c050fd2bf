using System.Collections.Immutable;
using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using System.Diagnostics;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>One set over one input, once. Nothing of an earlier pass is known to it but the trees.</summary>
/// <param name="Cpu">Milliseconds of the process's processors: what other processes do is left out.</param>
/// <param name="Wall">Milliseconds that went by.</param>
/// <param name="Telemetry">Milliseconds inside each analyzer's own callbacks, by rule: the first that asks pays for what all share.</param>
public sealed record Pass(double Cpu, double Wall, long Allocated, IReadOnlyDictionary<string, double> Telemetry, IReadOnlyDictionary<string, int> Findings)
{
    private static readonly Dictionary<string, double> NoTelemetry = [];
    private static readonly Dictionary<string, int> NoFindings = [];

    public static async Task<Pass> OfAsync(Input input, AnalyzerSet set)
    {
        var options = OptionsOf(set, concurrent: false);
        var telemetry = new Dictionary<string, double>(StringComparer.Ordinal);
        var findings = new Dictionary<string, int>(StringComparer.Ordinal);
        var projects = input.Fresh();
        var meter = Meter.Start();
        var results = new List<AnalysisResult>();
        foreach (var project in projects) results.Add(await project.WithAnalyzers(set.ToRun, options).GetAnalysisResultAsync(default));
        var (cpu, wall, allocated) = meter.Stop();
        foreach (var result in results)
        {
            foreach (var (analyzer, spent) in result.AnalyzerTelemetryInfo) Add(telemetry, AnalyzerSet.IdOf(analyzer), spent.ExecutionTime.TotalMilliseconds);
            foreach (var diagnostic in result.GetAllDiagnostics())
            {
                if (diagnostic.Id == "AD0001" && set.Name == AnalyzerSet.OursName) throw new InvalidOperationException(diagnostic.ToString());
                findings[diagnostic.Id] = findings.GetValueOrDefault(diagnostic.Id) + 1;
            }
        }

        return new Pass(cpu, wall, allocated, telemetry, findings);
    }

    /// <summary>The compiler alone, to the finished assembly; texts are parsed already.</summary>
    public static Pass OfCompiler(Input input)
    {
        var projects = input.Fresh();
        using var assembly = new MemoryStream(16 << 20);
        var meter = Meter.Start();
        foreach (var project in projects)
        {
            assembly.Position = 0;
            if (!project.Emit(assembly).Success) throw new InvalidOperationException($"{input.Name} does not compile.");
        }

        var (cpu, wall, allocated) = meter.Stop();
        return new Pass(cpu, wall, allocated, NoTelemetry, NoFindings);
    }

    public static CompilationWithAnalyzersOptions OptionsOf(AnalyzerSet set, bool concurrent) =>
        new(new AnalyzerOptions(set.AdditionalTexts), onAnalyzerException: null, concurrent, logAnalyzerExecutionTime: true);

    private static void Add(Dictionary<string, double> to, string id, double value) => to[id] = to.GetValueOrDefault(id) + value;
}
