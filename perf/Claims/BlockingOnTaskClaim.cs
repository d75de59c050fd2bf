using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A request that holds its thread while it waits keeps others from starting: a burst takes as many turns as the pool has threads for.</summary>
public sealed class BlockingOnTaskClaim : Claim
{
    private const int Burst = 32;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public override string Rule => "EXM103";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 200);
        var before = await FirstBurstAsync(Side.Before, upstream, effort.Rounds);
        var after = await FirstBurstAsync(Side.After, upstream, effort.Rounds);
        return [new(Rule, $"{Burst} quotes asked at once of a fresh server, each waits {Latency.TotalMilliseconds:0} ms", "ms", before, after, Latency.TotalMilliseconds, "L", Better.Lower)];
    }

    /// <summary>A pool that has once been too small keeps its threads: every burst meets a new process.</summary>
    private static async Task<Sample> FirstBurstAsync(Side side, SampleServer upstream, int rounds)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            await using var server = await SampleServer.StartAsync(side, upstream);
            await server.Http.GetStringAsync("quote/warm/1");
            times.Add(await Clock.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Burst).Select(i => server.Http.GetStringAsync($"quote/sku-{i}/2")))));
        }

        return new Sample(times);
    }
}
