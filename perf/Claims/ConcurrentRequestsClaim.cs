using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// Ten thousand clients at once, each on a connection of its own. A server that awaits serves them together. One that blocks begins as many as its pool has
/// threads, gets one or two more of them each second, and answers none for long: to write an answer, too, stands in line behind the requests that have not begun.
/// </summary>
public sealed class ConcurrentRequestsClaim : Claim
{
    /// <summary>Files that a process has open besides.</summary>
    private const int Other = 500;

    public override string Rule => "EXM104";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var (wanted, latency, patience, rounds) = effort == Effort.Quick ? (1000, 0.5, 2, 1) : (10_000, 5, 30, 3);
        var clients = Math.Min(wanted, (OpenFiles.Limit - Other) / 2); // the server has one to the client and one behind
        var scene = clients == wanted ? $"{clients:#,0}" : $"{clients:#,0} (of {wanted:#,0}: open files and ports leave no more)";
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.FromSeconds(latency), connections: 4 * clients);
        var (before, after) = await Burst.CompareAsync(rounds, upstream, clients, i => $"label/sku-{i}", patience: TimeSpan.FromSeconds(patience));
        var bound = latency * 1000.0;
        return
        [
            new(Rule, $"answered within {patience} s, of {scene} requests at once that wait {latency} s each", "answered", before.Answered, after.Answered, clients, "all", Better.Higher, Theirs: new Published("10,000 concurrent requests on a server that blocks, and on one that awaits", null, null)),
            new(Rule, $"time until all are served (before: {patience} s passed)", "ms", before.Time, after.Time, bound, "L: they all wait at once", Better.Lower, Role.Note),
            new(Rule, "p99 of a request among them", "ms", before.P99, after.P99, bound, "L", Better.Lower),
            new(Rule, "threads that were made for them", "", before.Threads, after.Threads, 0, "none has to compute", Better.Lower, Role.Note),
            new(Rule, "working set at the peak, with all that were served", "MiB", before.Memory, after.Memory, 0, "what the process needs without them", Better.Lower, Role.Note),
        ];
    }
}
