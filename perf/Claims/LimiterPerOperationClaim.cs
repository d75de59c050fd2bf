using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A semaphore of four per request lets all requests pass; one that they share lets four.</summary>
public sealed class LimiterPerOperationClaim : Claim
{
    private const int Requests = 60;
    private const int Gate = 4;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public override string Rule => "EXM305";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await StampAsync(Side.Before));
            after.Add(await StampAsync(Side.After));
        }

        var bound = Math.Ceiling((double)Requests / Gate) * Latency.TotalMilliseconds;
        return
        [
            new(Rule, $"calls in flight at the service, peak of {Requests} requests behind a limit of {Gate}", "calls", Clock.Sample(before, s => s.Peak), Clock.Sample(after, s => s.Peak), Gate, "K", Better.Lower),
            new(Rule, "time of all answers", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), bound, $"ceil(N/K) x L = {Requests / Gate} x {Latency.TotalMilliseconds:0} ms", Better.Lower, Role.Price),
        ];
    }

    private static async Task<Seen> StampAsync(Side side)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Requests);
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.Http.GetStringAsync("stamp/sku-1"); // compiles the path; the others open connections, behind the server no more than the fix uses
        await Task.WhenAll(Enumerable.Range(0, Gate).Select(_ => server.Http.GetStringAsync("ready")));
        await Task.WhenAll(Enumerable.Range(0, Requests).Select(_ => server.Http.GetStringAsync("health")));
        var time = await Clock.TimeAsync(() => Task.WhenAll(Skus.Of(Requests).Select(sku => server.Http.GetStringAsync($"stamp/{sku}"))));
        return new Seen(time, (await upstream.StatisticsAsync()).PeakInFlight);
    }

    private sealed record Seen(double Time, int Peak);
}
