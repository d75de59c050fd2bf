using System.Net.Http.Json;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>All calls at once overrun a server that accepts 64 connections; a gate of 20 keeps within it and still overlaps.</summary>
public sealed class UnboundedFanOutClaim : Claim
{
    private const int Calls = 2000;
    private const int Gate = 20;
    private const int Connections = 64;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(50);
    private static readonly string[] Articles = Skus.Of(Calls);

    public override string Rule => "EXM301";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await ImportAsync(Side.Before));
            after.Add(await ImportAsync(Side.After));
        }

        var bound = Math.Ceiling((double)Calls / Gate) * Latency.TotalMilliseconds;
        var scene = $"import of {Calls:#,0} prices, {Latency.TotalMilliseconds:0} ms each, from a server that accepts {Connections} connections";
        return
        [
            new(Rule, $"failed calls: {scene}", "calls", Clock.Median(before, s => s.Failed), Clock.Median(after, s => s.Failed), 0, "none has to fail", Better.Lower),
            new(Rule, "connections refused meanwhile", "", Clock.Median(before, s => s.Refused), Clock.Median(after, s => s.Refused), 0, "none has to be refused", Better.Lower),
            new(Rule, "peak of calls in flight at the server", "calls", Clock.Median(before, s => s.Peak), Clock.Median(after, s => s.Peak), Gate, "K", Better.Lower),
            new(Rule, $"time of the import (before: time until it failed, in {before.Count(s => !s.Complete)} of {before.Count} runs)", "ms", Clock.Median(before, s => s.Time), Clock.Median(after, s => s.Time), bound, $"ceil(N/K) x L = {Calls / Gate} x {Latency.TotalMilliseconds:0} ms", Better.Lower, Role.Note),
            new(Rule, "imports that completed", $"of {after.Count}", before.Count(s => s.Complete), after.Count(s => s.Complete), after.Count, "all", Better.Higher),
        ];
    }

    private static async Task<Seen> ImportAsync(Side side)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, Connections);
        await using var server = await SampleServer.StartAsync(side, upstream);
        await WarmAsync(server);
        var warm = await upstream.StatisticsAsync();

        var complete = false;
        var time = await Clock.TimeAsync(async () =>
        {
            using var answer = await server.Http.PostAsJsonAsync("import", Articles);
            complete = answer.IsSuccessStatusCode;
        });
        var seen = await upstream.StatisticsAsync();
        return new Seen(complete, time, Calls - (seen.Served - warm.Served), seen.Refused - warm.Refused, seen.PeakInFlight);
    }

    /// <summary>Compiles the path without opening more connections than the measured run will find open.</summary>
    private static async Task WarmAsync(SampleServer server)
    {
        for (var i = 0; i < 3; i++) await server.PostAsync("import", Articles.Take(4));
    }

    private sealed record Seen(bool Complete, double Time, int Failed, int Refused, int Peak);
}
