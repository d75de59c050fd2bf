using System.Net.Http.Json;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A faster wrong answer is none: both samples must say the same, status and body, faults included.</summary>
public static class SameAnswers
{
    private static readonly (string Path, object? Body)[] Questions =
    [
        ("health", null),
        ("ready", null),
        ("dashboard/7", null),
        ("dashboard/12", null),
        ("trip/7", null),
        ("board", null),
        ("quote/one/3", null),
        ("watched", null),
        ("greeting/7", null),
        ("known", Skus.Of(12)),
        ("greeting/nobody", null),
        ("label/sku-3", null),
        ("price/sku-3", null),
        ("journal", "an entry"),
        ("ticket/sku-3", null),
        ("stamp/sku-3", null),
        ("slip/7", null),
        ("slip/nobody", null),
        ("sealed/sku-3", null),
        ("sign-in", new { Name = "ada", Password = "correct horse battery staple" }),
        ("sign-in/pool", new { Name = "ada", Password = "correct horse battery staple" }),
        ("sign-in", new { Name = "eve", Password = "a guess" }),
        ("vault", new { Name = "ada", Password = "correct horse battery staple" }),
        ("import", Skus.Of(45)),
        ("import", new[] { "one" }),
        ("warm", Skus.Of(45)),
        ("announce/7", Skus.Of(45)),
        ("import", Array.Empty<string>()),
        ("basket", Skus.Of(45)),
        ("basket", new[] { "one", "one" }),
        ("basket", Array.Empty<string>()),
    ];

    public static async Task<IReadOnlyList<Answer>> CompareAsync()
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.FromMilliseconds(5), connections: 200);
        await using var before = await SampleServer.StartWithWorkerAsync(Side.Before, upstream);
        await using var after = await SampleServer.StartWithWorkerAsync(Side.After, upstream);
        var answers = new List<Answer>();
        foreach (var (path, body) in Questions)
        {
            var both = await Task.WhenAll(AskAsync(before, path, body), AskAsync(after, path, body));
            answers.Add(new Answer(path, both[0], both[1]));
        }

        return answers;
    }

    private static async Task<string> AskAsync(SampleServer server, string path, object? body)
    {
        using var answer = body is null ? await server.Http.GetAsync(path) : await server.Http.PostAsJsonAsync(path, body);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }
}

public sealed record Answer(string Path, string Before, string After)
{
    public bool Same => Before == After;
}
