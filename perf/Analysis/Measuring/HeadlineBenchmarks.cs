using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>Each set over each input under BenchmarkDotNet: by the clock, one set after the other, binding included.</summary>
public class HeadlineBenchmarks
{
    private const int Iterations = 8;

    private static readonly Dictionary<string, Input> Inputs = MeasuredInputs.All().ToDictionary(i => i.Name);
    private static readonly Dictionary<string, AnalyzerSet> Sets = AnalyzerSet.LoadAll().Prepend(AnalyzerSet.Nothing).ToDictionary(s => s.Name);

    [ParamsSource(nameof(InputNames))]
    public string Input { get; set; } = "";

    [ParamsSource(nameof(SetNames))]
    public string Set { get; set; } = "";

    public static IEnumerable<string> InputNames => Inputs.Keys;

    public static IEnumerable<string> SetNames => Sets.Keys;

    [Benchmark]
    public async Task<int> Analyse() => (await Pass.OfAsync(Inputs[Input], Sets[Set])).Findings.Count;

    public static IReadOnlyList<Headline> Run()
    {
        var job = Job.Default.WithToolchain(InProcessEmitToolchain.Instance).WithStrategy(BenchmarkDotNet.Engines.RunStrategy.Monitoring).WithWarmupCount(1).WithIterationCount(Iterations).WithInvocationCount(1).WithUnrollFactor(1);
        var folder = Directory.CreateTempSubdirectory("headlines");
        try
        {
            var config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddLogger(NullLogger.Instance).AddColumnProvider(DefaultColumnProviders.Instance).WithArtifactsPath(folder.FullName);
            return [.. BenchmarkRunner.Run<HeadlineBenchmarks>(config).Reports.Where(r => r.ResultStatistics is not null).Select(Of)];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static Headline Of(BenchmarkDotNet.Reports.BenchmarkReport report)
    {
        var (statistics, parameters) = (report.ResultStatistics!, report.BenchmarkCase.Parameters);
        return new($"{parameters["Input"]}", $"{parameters["Set"]}", statistics.Mean / 1e6, statistics.StandardError / 1e6, report.GcStats.GetBytesAllocatedPerOperation(report.BenchmarkCase) ?? 0);
    }
}
