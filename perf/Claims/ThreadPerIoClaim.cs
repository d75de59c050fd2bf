using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A loop that keeps a thread per call gets on as fast as the pool makes threads; one that awaits needs none while it waits.</summary>
public sealed class ThreadPerIoClaim : Claim
{
    private const int Calls = 60;
    private const int Limit = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Articles = Skus.Of(Calls);

    public override string Rule => "EXM106";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Calls); // both sides keep theirs open
        await using var before = await SampleServer.StartAsync(Side.Before, upstream);
        await using var after = await SampleServer.StartAsync(Side.After, upstream);
        return
        [
            new(
                Rule,
                $"look-up of {Calls} articles, {Latency.TotalMilliseconds:0} ms each",
                "ms",
                await Clock.SampleAsync(effort.Rounds, warm: false, () => LookUpAsync(before)),
                await Clock.SampleAsync(effort.Rounds, warm: true, () => LookUpAsync(after)),
                Math.Ceiling((double)Calls / Limit) * Latency.TotalMilliseconds,
                $"ceil(N/K) x L = {Calls / Limit} x {Latency.TotalMilliseconds:0} ms",
                Better.Lower),
        ];
    }

    private static Task LookUpAsync(SampleServer server) => server.PostAsync("known", Articles);
}
