using System.Diagnostics;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// Computing inside requests takes every pool thread, and requests that only wait queue behind it. A lane leaves threads to them; the price is the
/// throughput of the computing itself, which gives up the cores that the lane leaves free.
/// </summary>
public sealed class CpuWorkOnAsyncPathClaim : Claim
{
    private const int Clients = 32;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(20);
    private static readonly object Login = new { Name = "ada", Password = "correct horse battery staple" };

    public override string Rule => "EXM201";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.Zero, connections: 64);
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await LookAsync(Side.Before, upstream, effort.Load));
            after.Add(await LookAsync(Side.After, upstream, effort.Load));
        }

        var work = Clock.Median([.. before, .. after], s => s.Work);
        var cores = Environment.ProcessorCount;
        var load = $"{Clients} clients signing in ({work:0} ms of computing each)";
        return
        [
            new(Rule, $"/health p50 beside {load}", "ms", Clock.Median(before, s => s.P50), Clock.Median(after, s => s.P50), Clock.Median(after, s => s.IdleP50), "the same on an idle server", Better.Lower),
            new(Rule, $"/health p99 beside {load}", "ms", Clock.Median(before, s => s.P99), Clock.Median(after, s => s.P99), Clock.Median(after, s => s.IdleP99), "the same on an idle server", Better.Lower),
            new(Rule, "sign-ins per second under that load", "/s", Clock.Median(before, s => s.PerSecond), Clock.Median(after, s => s.PerSecond), cores * 1000 / work, $"cores / work = {cores} / {work:0} ms; the lane leaves one core free", Better.Higher, Role.Price),
        ];
    }

    private static async Task<Seen> LookAsync(Side side, SampleServer upstream, TimeSpan duration)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.Http.GetStringAsync("health");
        var work = await Clock.MedianAsync(5, warm: true, () => SignInAsync(server));
        await ProbeAsync(server, TimeSpan.FromSeconds(1));
        var idle = await ProbeAsync(server, TimeSpan.FromSeconds(4));

        var start = Stopwatch.GetTimestamp();
        var signIns = 0;
        var clients = Enumerable.Range(0, Clients).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                await SignInAsync(server);
                Interlocked.Increment(ref signIns);
            }
        }).ToArray();
        var probes = await ProbeAsync(server, duration);
        await Task.WhenAll(clients);
        var elapsed = Stopwatch.GetElapsedTime(start);
        return new Seen(
            work,
            Clock.Percentile(idle, 50),
            Clock.Percentile(idle, 99),
            Clock.Percentile(probes, 50),
            Clock.Percentile(probes, 99),
            signIns / elapsed.TotalSeconds);
    }

    /// <summary>Asks on schedule, whether or not the answer before has come: a slow server gets no fewer questions.</summary>
    private static async Task<double[]> ProbeAsync(SampleServer server, TimeSpan duration)
    {
        var probes = new List<Task<double>>();
        using var timer = new PeriodicTimer(ProbeEvery);
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < duration; await timer.WaitForNextTickAsync())
        {
            probes.Add(Clock.TimeAsync(() => server.Http.GetStringAsync("health")));
        }

        return await Task.WhenAll(probes);
    }

    private static Task SignInAsync(SampleServer server) => server.PostAsync("sign-in", Login);

    private sealed record Seen(double Work, double IdleP50, double IdleP99, double P50, double P99, double PerSecond);
}
