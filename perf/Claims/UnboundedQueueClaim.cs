using System.Net.Http.Json;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A queue without a limit takes all that comes while its consumer is slow; with one, who sends waits, and the memory stays.</summary>
public sealed class UnboundedQueueClaim : Claim
{
    private const int Entries = 2000;
    private const int Size = 20_000;
    private const int Senders = 8;
    private const int Capacity = 1000;

    /// <summary>Milliseconds, as in the sample: long enough that the timer's own are few beside them.</summary>
    private const int Store = 5;

    private const double Megabyte = 1024 * 1024;

    public override string Rule => "EXM304";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.Zero, connections: 64);
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await SendAsync(Side.Before, upstream));
            after.Add(await SendAsync(Side.After, upstream));
        }

        var scene = $"{Entries:#,0} entries of {2 * Size / 1000} kB by {Senders} senders, a consumer that takes {Store} ms for each";
        return
        [
            new(Rule, $"entries that wait when the last one is taken: {scene}", "", Clock.Sample(before, s => s.Waiting), Clock.Sample(after, s => s.Waiting), Capacity, "the capacity", Better.Lower),
            new(Rule, "memory in use then", "MB", Clock.Sample(before, s => s.Memory), Clock.Sample(after, s => s.Memory), Capacity * 2.0 * Size / Megabyte, "capacity x size", Better.Lower),
            new(Rule, "time to hand all entries over", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), (Entries - Capacity) * Store, "the consumer's time for what does not fit", Better.Lower, Role.Price),
        ];
    }

    private static async Task<Seen> SendAsync(Side side, SampleServer upstream)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.PostAsync("journal", "warm");
        var entry = new string('x', Size);
        var left = Entries;
        var time = await Clock.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, Senders).Select(async _ =>
        {
            while (Interlocked.Decrement(ref left) >= 0) await server.PostAsync("journal", entry);
        })));
        var state = (await server.Http.GetFromJsonAsync<State>("journal"))!;
        return new Seen(state.Waiting, state.Memory / Megabyte, time);
    }

    private sealed record State(int Waiting, long Memory);

    private sealed record Seen(int Waiting, double Memory, double Time);
}
