using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Requests that fail between the wait and the release take their places along: then everybody hangs. With a <c>finally</c> nobody does.</summary>
public sealed class LimiterLeakClaim : Claim
{
    private const int Places = 4;
    private const int Callers = 20;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public override string Rule => "EXM306";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var before = await HangAsync(Side.Before);
        var after = await HangAsync(Side.After);
        return
        [
            new(Rule, $"callers that hang after {Places} faults behind a semaphore of {Places}, of {Callers}", "callers", before.Hanging, after.Hanging, 0, "none has to hang", Better.Lower),
            new(Rule, "until the last caller has an answer (before: gives up)", "ms", before.Time, after.Time, (double)Callers / Places * Latency.TotalMilliseconds, $"N/K x L = {Callers / Places} x {Latency.TotalMilliseconds:0} ms", Better.Lower),
        ];
    }

    private static async Task<(int Hanging, double Time)> HangAsync(Side side)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 64);
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.Http.GetStringAsync("slip/7");
        for (var i = 0; i < Places; i++)
        {
            using var answer = await server.Http.GetAsync("slip/nobody");
        }

        var hanging = 0;
        var time = await Clock.TimeAsync(async () => hanging = (await Task.WhenAll(Enumerable.Range(1, Callers).Select(AskAsync))).Count(answered => !answered));
        return (hanging, time);

        async Task<bool> AskAsync(int id)
        {
            using var patience = new CancellationTokenSource(Patience);
            try
            {
                await server.Http.GetStringAsync($"slip/{id}", patience.Token);
                return true;
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }
}
