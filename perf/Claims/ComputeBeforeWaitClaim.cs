using System.Security.Cryptography;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Computing and then waiting takes the sum of both; a wait that was started before the computing takes none of its time.</summary>
public sealed class ComputeBeforeWaitClaim : Claim
{
    /// <summary>As in the sample.</summary>
    private const int Iterations = 400_000;

    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(200);

    public override string Rule => "EXM206";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 64);
        await using var before = await SampleServer.StartAsync(Side.Before, upstream);
        await using var after = await SampleServer.StartAsync(Side.After, upstream);
        var times = Math.Max(3, effort.Repetitions / 2) * effort.Rounds;
        double work = await Clock.SampleAsync(3, warm: true, () =>
        {
            Rfc2898DeriveBytes.Pbkdf2("sku-3", new byte[16], Iterations, HashAlgorithmName.SHA256, 8);
            return Task.CompletedTask;
        });
        var bound = Math.Max(work, Latency.TotalMilliseconds);
        return
        [
            new(
                Rule,
                $"a sealed price: {work:0} ms of computing, a call of {Latency.TotalMilliseconds:0} ms",
                "ms",
                await Clock.SampleAsync(times, warm: true, () => before.Http.GetStringAsync("sealed/sku-3")),
                await Clock.SampleAsync(times, warm: true, () => after.Http.GetStringAsync("sealed/sku-3")),
                bound,
                "max(work, L)",
                Better.Lower),
        ];
    }
}
