using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Calls in turn take the sum of their latencies; started together they take the longest one.</summary>
public sealed class SequentialAwaitsClaim : Claim
{
    private static readonly TimeSpan Near = TimeSpan.FromMilliseconds(200);

    public override string Rule => "EXM101";

    public override bool OnlyWaits => true;

    /// <summary>The article's calls take three seconds each; a quick look takes less.</summary>
    private static TimeSpan Far(Effort effort) => effort == Effort.Quick ? TimeSpan.FromMilliseconds(300) : TimeSpan.FromSeconds(3);

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var many = effort.Repetitions * effort.Rounds;
        return
        [
            await CompareAsync("dashboard: 3 calls", Near, "dashboard/7", "SequentialAwaits.cs", many, many),
            await CompareAsync("trip: 5 calls", Far(effort), "trip/7", "SequentialAwaitsOfFive.cs", effort.Rounds, effort.Rounds, new Published("5 HTTP calls, one after the other and together", 15_162, 3_172)),
            await CompareAsync("board: 50 calls", Near, "board", "SequentialAwaitsOfFifty.cs", effort == Effort.Quick ? 1 : 2 * effort.Rounds, many, new Published("50 calls of 200 ms, one after the other and together", 10_000, 200)),
        ];
    }

    private async Task<Figure> CompareAsync(string what, TimeSpan latency, string path, string file, int timesBefore, int timesAfter, Published? theirs = null)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(latency, connections: 64);
        await using var before = await SampleServer.StartAsync(Side.Before, upstream);
        await using var after = await SampleServer.StartAsync(Side.After, upstream);
        var joins = SampleSource.Count(Side.After, file, "Task.WhenAll(");
        return new Figure(
            Rule,
            $"{what} of {latency.TotalMilliseconds:#,0} ms",
            "ms",
            await Clock.SampleAsync(timesBefore, warm: timesBefore == timesAfter, () => before.Http.GetStringAsync(path)),
            await Clock.SampleAsync(timesAfter, warm: true, () => after.Http.GetStringAsync(path)),
            latency.TotalMilliseconds,
            joins == 1 ? "max(L)" : $"max(L); the fix made {joins} groups of it",
            Better.Lower,
            Theirs: theirs);
    }
}
