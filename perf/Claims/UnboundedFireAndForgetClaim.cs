using System.Net.Http.Json;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A request that drops a call per article answers at once and overruns a server of 64 connections unseen; one that keeps them loses none.</summary>
public sealed class UnboundedFireAndForgetClaim : Claim
{
    private const int Calls = 2000;
    private const int Gate = 20;
    private const int Connections = 64;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(500);
    private static readonly string[] Articles = Skus.Of(Calls);

    public override string Rule => "EXM302";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await AnnounceAsync(Side.Before));
            after.Add(await AnnounceAsync(Side.After));
        }

        var bound = Math.Ceiling((double)Calls / Gate) * Latency.TotalMilliseconds;
        var scene = $"{Calls:#,0} calls of {Latency.TotalMilliseconds:0} ms, to a server that accepts {Connections} connections";
        return
        [
            new(Rule, $"calls lost: {scene}", "calls", Clock.Sample(before, s => s.Lost), Clock.Sample(after, s => s.Lost), 0, "none has to be lost", Better.Lower),
            new(Rule, "connections refused meanwhile", "", Clock.Sample(before, s => s.Refused), Clock.Sample(after, s => s.Refused), 0, "none has to be refused", Better.Lower),
            new(Rule, "peak of calls in flight at the server", "calls", Clock.Sample(before, s => s.Peak), Clock.Sample(after, s => s.Peak), Gate, "K", Better.Lower),
            new(Rule, "requests that said 'done' and lost calls", $"of {after.Count}", before.Count(s => s is { Complete: true, Lost: > 0 }), after.Count(s => s is { Complete: true, Lost: > 0 }), 0, "none", Better.Lower),
            new(Rule, "time of the answer", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), bound, $"ceil(N/K) x L = {Calls / Gate} x {Latency.TotalMilliseconds:0} ms", Better.Lower, Role.Price),
        ];
    }

    private static async Task<Seen> AnnounceAsync(Side side)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, Connections);
        await using var server = await SampleServer.StartAsync(side, upstream);
        for (var i = 0; i < 3; i++) await server.PostAsync("announce/7", Articles.Take(4));
        var warm = await QuietAsync(upstream);

        var complete = false;
        var time = await Clock.TimeAsync(async () =>
        {
            using var answer = await server.Http.PostAsJsonAsync("announce/7", Articles);
            complete = answer.IsSuccessStatusCode;
        });
        var seen = await QuietAsync(upstream);
        return new Seen(complete, time, Calls + 1 - (seen.Served - warm.Served), seen.Refused - warm.Refused, seen.PeakInFlight);
    }

    /// <summary>Waits until nothing comes any more: who dropped the calls does not know when that is.</summary>
    private static async Task<Statistics> QuietAsync(SampleServer upstream)
    {
        var last = await upstream.StatisticsAsync();
        while (true)
        {
            await Task.Delay(Quiet);
            var now = await upstream.StatisticsAsync();
            if (now.InFlight == 0 && now.Served == last.Served && now.Refused == last.Refused) return now;
            last = now;
        }
    }

    private sealed record Seen(bool Complete, double Time, int Lost, int Refused, int Peak);
}
