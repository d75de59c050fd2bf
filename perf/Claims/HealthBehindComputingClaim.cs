using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>The article's health check: asked while every core computes for a request, it waits until one of them is done, or the pool adds a thread. On the lane a thread is left for it.</summary>
public sealed class HealthBehindComputingClaim : Claim
{
    private static readonly TimeSpan Begun = TimeSpan.FromMilliseconds(100);
    private static readonly object Login = new { Name = "ada", Password = "correct horse battery staple" };

    public override string Rule => "EXM201";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Begun, connections: 8 * Environment.ProcessorCount);
        var (before, after) = (new List<Seen>(), new List<Seen>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await AskAsync(Side.Before, upstream));
            after.Add(await AskAsync(Side.After, upstream));
        }

        double work = Clock.Sample([.. before, .. after], s => s.Work);
        return
        [
            new(
                Rule,
                $"/health asked while {Environment.ProcessorCount} requests, one per core, compute for {work:0} ms each",
                "ms",
                Clock.Sample(before, s => s.Health),
                Clock.Sample(after, s => s.Health),
                Clock.Sample(after, s => s.Idle),
                "the same on an idle server",
                Better.Lower,
                Theirs: new Published("a health check behind 800 ms of computing", 800, null)),
        ];
    }

    /// <summary>A pool that has once been too small keeps its threads: every question meets a new process.</summary>
    private static async Task<Seen> AskAsync(Side side, SampleServer upstream)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        var cores = Environment.ProcessorCount;
        await Task.WhenAll(Enumerable.Range(0, cores + 1).Select(_ => server.Http.GetStringAsync("ready"))); // a connection for each
        double idle = await Clock.SampleAsync(50, warm: true, () => server.Http.GetStringAsync("health"));
        double work = await Clock.SampleAsync(1, warm: false, () => server.PostAsync("vault", Login));

        var computing = Enumerable.Range(0, cores).Select(_ => server.PostAsync("vault", Login)).ToArray();
        await Task.Delay(Begun);
        var health = await Clock.TimeAsync(() => server.Http.GetStringAsync("health"));
        await Task.WhenAll(computing);
        return new Seen(work, idle, health);
    }

    private sealed record Seen(double Work, double Idle, double Health);
}
