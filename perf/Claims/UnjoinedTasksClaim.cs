using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Where the first of two calls fails, the answer leaves while the second call still runs; joined tasks leave nothing behind.</summary>
public sealed class UnjoinedTasksClaim : Claim
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(100);

    public override string Rule => "EXM108";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var many = effort.Repetitions * effort.Rounds;
        var before = await FailAsync(Side.Before, many);
        var after = await FailAsync(Side.After, many);
        return
        [
            new(Rule, $"calls still running when a failed answer arrives, in {many} requests", "calls", before.Running, after.Running, 0, "none has to outlive its request", Better.Lower),
            new(Rule, "time of the failed answer", "ms", before.Time, after.Time, Latency.TotalMilliseconds, "max(L)", Better.Lower, Role.Price),
        ];
    }

    /// <summary>Nobody is called 'nobody': that call fails at once.</summary>
    private static async Task<(int Running, Sample Time)> FailAsync(Side side, int times)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 64);
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.Http.GetStringAsync("greeting/7");
        await upstream.StatisticsAsync();
        var running = 0;
        var measured = new List<double>();
        for (var i = 0; i < times; i++)
        {
            measured.Add(await Clock.TimeAsync(async () =>
            {
                using var answer = await server.Http.GetAsync("greeting/nobody");
            }));
            running += (await upstream.StatisticsAsync()).InFlight;
            await Task.Delay(2 * Latency);
        }

        return (running, new Sample(measured));
    }
}
