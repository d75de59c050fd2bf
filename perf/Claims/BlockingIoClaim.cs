using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Requests that only wait need no thread each: a burst of them takes as long as one. Blocked, they queue for the few threads of the pool.</summary>
public sealed class BlockingIoClaim : Claim
{
    private const int Clients = 100;

    /// <summary>Far more than what the loopback and three processes on one machine cost.</summary>
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    public override string Rule => "EXM104";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Clients);
        var scene = $"{Clients} clients at once ask for a label ({Latency.TotalMilliseconds:0} ms of waiting each)";
        var (before, after) = await Burst.CompareAsync(effort.Rounds, upstream, Clients, i => $"label/sku-{i}");
        var (threads, none) = await Burst.CompareAsync(effort.Rounds, upstream, Clients, i => $"label/sku-{i}", poolThreads: Clients);
        return
        [
            new(Rule, $"time until all are served: {scene}", "ms", before.Time, after.Time, Latency.TotalMilliseconds, "L: they all wait at once", Better.Lower),
            new(Rule, $"the same where the pool has {Clients} threads ready: threads that were made", "threads", threads.Threads, none.Threads, 0, "none has to compute", Better.Lower, Theirs: new Published("100 threads for 100 requests, and none while they are awaited", 100, null)),
            new(Rule, "its working set at the peak", "MiB", threads.Memory, none.Memory, 0, "what the process needs without them", Better.Lower, Role.Note),
            new(Rule, "its time until all are served", "ms", threads.Time, none.Time, Latency.TotalMilliseconds, "L", Better.Lower, Role.Note),
        ];
    }
}
