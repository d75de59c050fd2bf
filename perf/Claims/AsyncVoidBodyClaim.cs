using System.Globalization;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A loop that nobody awaits answers before its work is done; the awaited one takes the time that the work takes.</summary>
public sealed class AsyncVoidBodyClaim : Claim
{
    private const int Calls = 200;
    private const int Limit = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly string[] First = Skus.Of(Limit);
    private static readonly string[] Articles = Skus.Of(Limit + Calls)[Limit..];

    public override string Rule => "EXM107";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Calls); // both sides keep theirs open
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await WarmAsync(Side.Before, upstream));
            after.Add(await WarmAsync(Side.After, upstream));
        }

        var bound = Math.Ceiling((double)Calls / Limit) * Latency.TotalMilliseconds;
        return
        [
            new(Rule, $"prices at hand when the answer comes, of {Calls}", "", Clock.Sample(before, s => s.AtHand), Clock.Sample(after, s => s.AtHand), Calls, "all", Better.Higher),
            new(Rule, "time of the answer", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), bound, $"ceil(N/K) x L = {Calls / Limit} x {Latency.TotalMilliseconds:0} ms", Better.Lower, Role.Price),
        ];
    }

    private static async Task<Seen> WarmAsync(Side side, SampleServer upstream)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.PostAsync("warm", First); // compiles the path, and opens the connections that the fix uses
        while (await CountAsync(server) < Limit) await Task.Delay(Latency);
        var time = await Clock.TimeAsync(() => server.PostAsync("warm", Articles));
        return new Seen(time, await CountAsync(server) - Limit);
    }

    private static async Task<int> CountAsync(SampleServer server) => int.Parse(await server.Http.GetStringAsync("warm/count"), CultureInfo.InvariantCulture);

    private sealed record Seen(double Time, int AtHand);
}
