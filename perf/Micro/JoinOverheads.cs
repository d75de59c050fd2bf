using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using Samples;

namespace ExecutionModel.Perf.Micro;

/// <summary>What the shapes that the fixes write cost by themselves: below that, nothing is gained.</summary>
[MemoryDiagnoser]
public class JoinOverheads
{
    private static readonly Task<int> Done = Task.FromResult(1);

    public static IReadOnlyList<Overhead> Run()
    {
        var summary = BenchmarkRunner.Run<JoinOverheads>(ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.ShortRun.WithToolchain(InProcessEmitToolchain.Instance)));
        return
        [
            .. summary.Reports.Where(r => r.ResultStatistics is not null).Select(r => new Overhead(
                r.BenchmarkCase.Descriptor.WorkloadMethodDisplayInfo.Trim('\''),
                r.ResultStatistics!.Mean,
                r.ResultStatistics.ConfidenceInterval.Margin,
                r.GcStats.GetBytesAllocatedPerOperation(r.BenchmarkCase) ?? 0)),
        ];
    }

    [Benchmark(Baseline = true, Description = "two awaits in turn, nothing to wait for")]
    public async Task<int> InTurn() => await Done + await Done;

    [Benchmark(Description = "EXM101: the same, joined by WhenAll")]
    public async Task<int> Joined()
    {
        await Task.WhenAll(Done, Done);
        return await Done + await Done;
    }

    [Benchmark(Description = "EXM201: one hop to the CPU lane and back")]
    public Task<int> Lane() => CpuLane.Run(() => 1);

    [Benchmark(Description = "EXM301: one item through the gate")]
    public async Task<int> Gate()
    {
        await Free.WaitAsync();
        try
        {
            return await Done;
        }
        finally
        {
            Free.Release();
        }
    }

    private static readonly SemaphoreSlim Free = new(20);
}
