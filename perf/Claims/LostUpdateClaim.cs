using System.Net.Http.Json;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>What operations in flight add up: before, all that was written while one of them waited is overwritten; after, nothing is missing. It needs no second core.</summary>
public sealed class LostUpdateClaim : Claim
{
    private const int Tags = 200;
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(10);
    private static readonly string[] Articles = Skus.Of(Tags);

    public override string Rule => "EXM403";

    public override bool OnlyWaits => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(Latency, connections: 4 * Tags);
        using var direct = new HttpClient { BaseAddress = new Uri(upstream.Address) };
        var expected = 0;
        foreach (var sku in Articles) expected += (await direct.GetStringAsync($"prices/{sku}")).Length;
        var (before, after) = (await MissingAsync(Side.Before, upstream, expected, effort.Rounds), await MissingAsync(Side.After, upstream, expected, effort.Rounds));
        return [new(Rule, $"characters missing from the sum of {Tags} answers, of {expected:N0}", "", before, after, 0, "none", Better.Lower)];
    }

    private static async Task<Sample> MissingAsync(Side side, SampleServer upstream, int expected, int rounds)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        var missing = new List<double>();
        for (var round = 0; round < rounds; round++)
        {
            using var answer = await server.Http.PostAsJsonAsync("shelf", Articles);
            answer.EnsureSuccessStatusCode();
            missing.Add(expected - (await answer.Content.ReadFromJsonAsync<Shelf>())!.Characters);
        }

        return new Sample(missing);
    }

    private sealed record Shelf(int Tags, int Characters);
}
