using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Who waits for a semaphore and keeps its thread takes it from the one that would release it.</summary>
public sealed class BlockingWaitClaim : Claim
{
    private const int Clients = 8;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);

    public override string Rule => "EXM105";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 400);
        var scene = $"{Clients} clients at once ask for a ticket (one printer, {Latency.TotalMilliseconds:0} ms each)";
        var (before, after) = await Burst.CompareAsync(effort.Rounds, upstream, Clients, i => $"ticket/sku-{i}");
        return [new(Rule, $"time until all are served: {scene}", "ms", before.Time, after.Time, Clients * Latency.TotalMilliseconds, "N x L: one printer", Better.Lower)];
    }
}
