using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Calls in turn take the sum of their latencies; started together they take the longest one.</summary>
public sealed class SequentialAwaitsClaim : Claim
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    public override string Rule => "EXM101";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 64);
        await using var before = await SampleServer.StartAsync(Side.Before, upstream);
        await using var after = await SampleServer.StartAsync(Side.After, upstream);
        var many = effort.Repetitions * effort.Rounds;
        return
        [
            await CompareAsync("dashboard: 3 calls of 200 ms", "dashboard/7", "SequentialAwaits.cs", timesBefore: many),
            await CompareAsync("board: 50 calls of 200 ms", "board", "SequentialAwaitsOfFifty.cs", timesBefore: 2 * effort.Rounds),
        ];

        async Task<Figure> CompareAsync(string what, string path, string file, int timesBefore)
        {
            var joins = SampleSource.Count(Side.After, file, "Task.WhenAll(");
            return new Figure(
                Rule,
                what,
                "ms",
                await Clock.SampleAsync(timesBefore, warm: timesBefore == many, () => before.Http.GetStringAsync(path)),
                await Clock.SampleAsync(many, warm: true, () => after.Http.GetStringAsync(path)),
                Latency.TotalMilliseconds,
                joins == 1 ? "max(L)" : $"max(L); the fix made {joins} groups of it",
                Better.Lower);
        }
    }
}
