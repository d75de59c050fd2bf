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

    public override string Rule => "EXM301";

    public override bool OnlyWaits => true;

    public override Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort) => ImportsAsync(effort, Calls, Connections, "");

    /// <param name="calls">Prices of one import.</param>
    /// <param name="connections">What the server accepts.</param>
    /// <param name="label">In front of the scene.</param>
    /// <param name="theirs">The published figure that the first one repeats.</param>
    internal static async Task<IReadOnlyList<Figure>> ImportsAsync(Effort effort, int calls, int connections, string label, Published? theirs = null)
    {
        const string Rule = "EXM301";
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await ImportAsync(Side.Before, calls, connections));
            after.Add(await ImportAsync(Side.After, calls, connections));
        }

        var bound = Math.Ceiling((double)calls / Gate) * Latency.TotalMilliseconds;
        var scene = $"import of {calls:#,0} prices, {Latency.TotalMilliseconds:0} ms each, from a server that accepts {connections} connections";
        return
        [
            new(Rule, $"failed calls: {label}{scene}", "calls", Clock.Sample(before, s => s.Failed), Clock.Sample(after, s => s.Failed), 0, "none has to fail", Better.Lower, Theirs: theirs),
            new(Rule, "connections refused meanwhile", "", Clock.Sample(before, s => s.Refused), Clock.Sample(after, s => s.Refused), 0, "none has to be refused", Better.Lower),
            new(Rule, "peak of calls in flight at the server", "calls", Clock.Sample(before, s => s.Peak), Clock.Sample(after, s => s.Peak), Gate, "K", Better.Lower),
            new(Rule, $"time of the import (before: time until it failed, in {before.Count(s => !s.Complete)} of {before.Count} runs)", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), bound, $"ceil(N/K) x L = {calls / Gate} x {Latency.TotalMilliseconds:0} ms", Better.Lower, Role.Note),
            new(Rule, "imports that completed", $"of {after.Count}", before.Count(s => s.Complete), after.Count(s => s.Complete), after.Count, "all", Better.Higher),
        ];
    }

    private static async Task<Seen> ImportAsync(Side side, int calls, int connections)
    {
        var articles = Skus.Of(calls);
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections);
        await using var server = await SampleServer.StartAsync(side, upstream);
        await WarmAsync(server, articles);
        var warm = await upstream.StatisticsAsync();

        var complete = false;
        var time = await Clock.TimeAsync(async () =>
        {
            using var answer = await server.Http.PostAsJsonAsync("import", articles);
            complete = answer.IsSuccessStatusCode;
        });
        var seen = await upstream.StatisticsAsync();
        return new Seen(complete, time, calls - (seen.Served - warm.Served), seen.Refused - warm.Refused, seen.PeakInFlight);
    }

    /// <summary>Compiles the path without opening more connections than the measured run will find open.</summary>
    private static async Task WarmAsync(SampleServer server, string[] articles)
    {
        for (var i = 0; i < 3; i++) await server.PostAsync("import", articles.Take(4));
    }

    private sealed record Seen(bool Complete, double Time, int Failed, int Refused, int Peak);
}
