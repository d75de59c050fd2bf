using System.Diagnostics;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// Computing inside requests takes every pool thread, and requests that only wait queue behind it; <c>Task.Run</c> moves it to other threads of the same pool.
/// A lane leaves threads to the others; the price is the throughput of the computing itself, which gives up the cores that the lane leaves free.
/// </summary>
public sealed class CpuWorkOnAsyncPathClaim : Claim
{
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(20);
    private static readonly object Login = new { Name = "ada", Password = "correct horse battery staple" };

    public override string Rule => "EXM201";

    /// <summary>Overload: so many clients for each core, each with one sign-in under way all the time. A quick look takes the largest.</summary>
    private static int[] Overloads(Effort effort) => effort == Effort.Quick ? [4] : [1, 2, 4];

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.Zero, connections: 64);
        var figures = new List<Figure>();
        foreach (var overload in Overloads(effort)) figures.AddRange(await CompareAsync(overload, effort, upstream));
        return figures;
    }

    private async Task<IReadOnlyList<Figure>> CompareAsync(int overload, Effort effort, SampleServer upstream)
    {
        var (inline, pool, lane) = (new List<Seen>(), new List<Seen>(), new List<Seen>());
        var (cores, duration) = (Environment.ProcessorCount, TimeSpan.FromSeconds(effort == Effort.Quick ? 1 : 8));
        for (var round = 0; round < effort.Rounds; round++)
        {
            inline.Add(await LookAsync(Side.Before, "sign-in", overload * cores, upstream, duration));
            pool.Add(await LookAsync(Side.Before, "sign-in/pool", overload * cores, upstream, duration));
            lane.Add(await LookAsync(Side.After, "sign-in", overload * cores, upstream, duration));
        }

        double work = Clock.Sample([.. inline, .. pool, .. lane], s => s.Work);
        var load = $"beside {overload * cores} clients signing in, {overload} per core, {work:0} ms of computing each";
        return
        [
            Health("p50", $"{load}: inline, on the lane", inline, s => s.P50, s => s.IdleP50),
            Health("p99", "under that load: inline, on the lane", inline, s => s.P99, s => s.IdleP99),
            Health("p99", "under that load: in Task.Run, on the lane", pool, s => s.P99, s => s.IdleP99),
            Throughput("inline", inline),
            Throughput("in Task.Run", pool),
        ];

        Figure Health(string which, string where, List<Seen> before, Func<Seen, double> what, Func<Seen, double> idle) =>
            new(Rule, $"/health {which} {where}", "ms", Clock.Sample(before, what), Clock.Sample(lane, what), Clock.Sample(lane, idle), "the same on an idle server", Better.Lower);

        Figure Throughput(string where, List<Seen> before) =>
            new(Rule, $"sign-ins per second under that load: {where}, on the lane", "/s", Clock.Sample(before, s => s.PerSecond), Clock.Sample(lane, s => s.PerSecond), cores * 1000 / work, $"cores / work = {cores} / {work:0} ms; the lane leaves one core free", Better.Higher, Role.Price);
    }

    private static async Task<Seen> LookAsync(Side side, string path, int number, SampleServer upstream, TimeSpan duration)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.Http.GetStringAsync("health");
        double work = await Clock.SampleAsync(5, warm: true, () => server.PostAsync(path, Login));
        await ProbeAsync(server, duration / 8);
        var idle = await ProbeAsync(server, duration / 2);

        var start = Stopwatch.GetTimestamp();
        var signIns = 0;
        var clients = Enumerable.Range(0, number).Select(async _ =>
        {
            while (Stopwatch.GetElapsedTime(start) < duration)
            {
                await server.PostAsync(path, Login);
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

    private sealed record Seen(double Work, double IdleP50, double IdleP99, double P50, double P99, double PerSecond);
}
