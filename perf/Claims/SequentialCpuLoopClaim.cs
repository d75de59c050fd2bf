using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Turns that don't need each other take the work divided by the processors; all of the loop is shared, so Amdahl's law leaves nothing serial.</summary>
public sealed class SequentialCpuLoopClaim : Claim
{
    private const int Passwords = 24;
    private const int Rows = 40;

    public override string Rule => "EXM204";

    public override bool SharesProcessors => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort) =>
    [
        await FigureAsync(effort, $"keys of {Passwords} passwords, 100,000 iterations each", "keys", Passwords),
        await FigureAsync(effort, $"height map of {Rows} rows, results in order", "relief", Rows),
    ];

    private async Task<Figure> FigureAsync(Effort effort, string what, string work, int size)
    {
        var (before, after) = await SampleTool.CompareAsync(effort.Rounds, work, size);
        var cores = Environment.ProcessorCount;
        return new Figure(Rule, what, "ms", before, after, before / cores, $"work / cores = {before.Value:0} ms / {cores}", Better.Lower, OfCores);
    }
}
