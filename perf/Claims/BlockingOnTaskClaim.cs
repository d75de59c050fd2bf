using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A request that holds its thread while it waits keeps others from starting: a burst takes as many turns as the pool has threads for.</summary>
public sealed class BlockingOnTaskClaim : Claim
{
    private const int Clients = 32;

    /// <summary>Far more than what the loopback and three processes on one machine cost.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    public override string Rule => "EXM103";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Clients);
        var (before, after) = await Burst.CompareAsync(effort.Rounds, upstream, Clients, i => $"quote/sku-{i}/2");
        return [new(Rule, $"{Clients} quotes asked at once of a fresh server, each waits {Latency.TotalMilliseconds:0} ms", "ms", before.Time, after.Time, Latency.TotalMilliseconds, "L", Better.Lower)];
    }
}
