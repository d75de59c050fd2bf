using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>One call per turn takes N latencies; with K in flight it takes N / K of them.</summary>
public sealed class SequentialLoopClaim : Claim
{
    private const int Items = 60;
    private const int Gate = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Articles = Skus.Of(Items);

    public override string Rule => "EXM102";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 64);
        await using var before = await SampleServer.StartAsync(Side.Before, upstream);
        await using var after = await SampleServer.StartAsync(Side.After, upstream);
        foreach (var server in (SampleServer[])[before, after]) await AskAsync(server, Gate); // compiles the path, and opens as many connections as the fix uses
        var bound = Math.Ceiling((double)Items / Gate) * Latency.TotalMilliseconds;
        return
        [
            new(
                Rule,
                $"basket of {Items} articles, {Latency.TotalMilliseconds:0} ms each",
                "ms",
                await Clock.SampleAsync(effort.Rounds, warm: false, () => AskAsync(before, Items)),
                await Clock.SampleAsync(effort.Repetitions * effort.Rounds, warm: false, () => AskAsync(after, Items)),
                bound,
                $"ceil(N/K) x L = {Items / Gate} x {Latency.TotalMilliseconds:0} ms",
                Better.Lower),
        ];
    }

    private static Task AskAsync(SampleServer server, int articles) => server.PostAsync("basket", Articles.Take(articles));
}
