using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Requests that arrive together at a server whose thread pool has had nothing to do before.</summary>
internal static class Burst
{
    /// <summary>Milliseconds until the last one is answered, before and after the fix.</summary>
    public static async Task<(double Before, double After)> CompareAsync(Effort effort, SampleServer upstream, int clients, Func<int, string> path)
    {
        var (before, after) = (new List<double>(), new List<double>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await TimeAsync(Side.Before, upstream, clients, path));
            after.Add(await TimeAsync(Side.After, upstream, clients, path));
        }

        return (Clock.Percentile(before, 50), Clock.Percentile(after, 50));
    }

    private static async Task<double> TimeAsync(Side side, SampleServer upstream, int clients, Func<int, string> path)
    {
        await using var server = await SampleServer.StartAsync(side, upstream);
        await server.Http.GetStringAsync("health");
        for (var i = 0; i < 3; i++) await server.Http.GetStringAsync(path(i)); // compiles the path
        return await Clock.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, clients).Select(i => server.Http.GetStringAsync(path(i)))));
    }
}
