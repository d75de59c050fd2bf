using System.Diagnostics;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// One report asks a real database 10,000 times at once: the pool opens all connections that it may, more than the server gives, and everybody else waits behind
/// the report. Twenty at a time leave connections for others. Where PostgreSQL can't be had, a server of our own with as many connections stands in.
/// </summary>
public sealed class DatabaseFanOutClaim : Claim
{
    private const int Gate = 20;
    private const double Query = 10;
    private static readonly Published Theirs = new("10,000 queries at once, and 20 in flight", null, null);

    public override string Rule => "EXM301";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var articles = effort == Effort.Quick ? 2_500 : 10_000;
        var missing = "";
        await using var database = await PostgresServer.StartAsync(articles, why => missing = why);
        if (database is null) return await UnboundedFanOutClaim.ImportsAsync(effort, articles, 100, $"stand-in for a database ({missing}): ", Theirs);

        var (before, after) = (new List<Seen>(), new List<Seen>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await ReportAsync(Side.Before, database));
            after.Add(await ReportAsync(Side.After, database));
        }

        var bound = Math.Ceiling((double)articles / Gate) * Query;
        return
        [
            new(Rule, $"connections that PostgreSQL refused: report of {articles:#,0} queries, {Query:0} ms each, 100 connections", "refused", Clock.Sample(before, s => s.Refused), Clock.Sample(after, s => s.Refused), 0, "none has to be refused", Better.Lower, Theirs: Theirs),
            new(Rule, "reports that completed", $"of {after.Count}", before.Count(s => s.Complete), after.Count(s => s.Complete), after.Count, "all", Better.Higher),
            new(Rule, "another request's query meanwhile, p99", "ms", Clock.Sample(before, s => s.Neighbour), Clock.Sample(after, s => s.Neighbour), Query, "its own time", Better.Lower),
            new(Rule, "peak of open connections", "", Clock.Sample(before, s => s.Peak), Clock.Sample(after, s => s.Peak), Gate, "K, and the neighbour's", Better.Lower),
            new(Rule, "working set after the report", "MiB", Clock.Sample(before, s => s.Memory), Clock.Sample(after, s => s.Memory), 0, "what the process needs without it", Better.Lower, Role.Note),
            new(Rule, $"time of the report (before: {before.Count(s => !s.Complete)} of {before.Count} failed)", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), bound, $"ceil(N/K) x L = {articles / Gate} x {Query:0} ms", Better.Lower, Role.Note),
        ];
    }

    private static async Task<Seen> ReportAsync(Side side, PostgresServer database)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.Zero, 4);
        await using var server = await SampleServer.StartAsync(side, upstream, "--ConnectionStrings:Shop", database.Shop);
        for (var i = 1; i <= 20; i++) await server.Http.GetStringAsync($"stock/{i}");
        var refused = database.Refused();

        using var done = new CancellationTokenSource();
        var neighbour = NeighbourAsync(server, done.Token);
        var peak = PeakAsync(database, done.Token);
        var complete = false;
        var time = await Clock.TimeAsync(async () =>
        {
            using var answer = await server.Http.GetAsync("stock");
            complete = answer.IsSuccessStatusCode;
        });
        await done.CancelAsync();
        return new Seen(complete, time, database.Refused() - refused, Clock.Percentile(await neighbour, 99), await peak, server.WorkingSet / 1048576.0);
    }

    /// <summary>Somebody else asks for one article, again and again; one who is refused has waited, too.</summary>
    private static async Task<IReadOnlyList<double>> NeighbourAsync(SampleServer server, CancellationToken stop)
    {
        var times = new List<double>();
        while (!stop.IsCancellationRequested)
        {
            var start = Stopwatch.GetTimestamp();
            using (await server.Http.GetAsync("stock/7", CancellationToken.None)) times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            await Task.Delay(10, CancellationToken.None);
        }

        return times;
    }

    private static async Task<long> PeakAsync(PostgresServer database, CancellationToken stop)
    {
        long peak = 0;
        while (!stop.IsCancellationRequested)
        {
            peak = Math.Max(peak, await database.ConnectionsAsync());
            await Task.Delay(50, CancellationToken.None);
        }

        return peak;
    }

    private sealed record Seen(bool Complete, double Time, int Refused, double Neighbour, long Peak, double Memory);
}
