using System.Net.Http.Json;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A session that serves one operation at a time refuses the second; one for each operation has nothing to refuse. It needs no second core.</summary>
public sealed class SharedUnsafeServiceClaim : Claim
{
    private const int Questions = 45;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Articles = Skus.Of(Questions);

    public override string Rule => "EXM401";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Questions);
        var requests = effort.Repetitions;
        var (before, after) = (await FailedAsync(Side.Before, upstream, requests), await FailedAsync(Side.After, upstream, requests));
        return [new(Rule, $"requests, of {requests}, that fail: {Questions} questions over one session, or over one each", "", before, after, 0, "none", Better.Lower)];
    }

    private static async Task<int> FailedAsync(Side side, SampleServer upstream, int requests)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        var failed = 0;
        for (var request = 0; request < requests; request++)
        {
            using var answer = await server.Http.PostAsJsonAsync("stock", Articles);
            if (!answer.IsSuccessStatusCode) failed++;
            else if ((await answer.Content.ReadFromJsonAsync<Stock>())!.Found != Questions) throw new InvalidOperationException("Some articles were not found.");
        }

        return failed;
    }

    private sealed record Stock(int Found);
}
