using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Requests that arrive together at a server whose thread pool has had nothing to do before.</summary>
/// <param name="Time">Milliseconds until the last one is answered.</param>
/// <param name="Threads">Threads that the server had more than before them, at the peak.</param>
/// <param name="Memory">MiB that the process held at the peak.</param>
internal sealed record Burst(Sample Time, Sample Threads, Sample Memory)
{
    /// <summary>Before and after the fix, all rounds of each.</summary>
    /// <param name="poolThreads">Threads that the server's pool makes without hesitation; 0 for its own choice, one per core.</param>
    public static async Task<(Burst Before, Burst After)> CompareAsync(Effort effort, SampleServer upstream, int clients, Func<int, string> path, int poolThreads = 0)
    {
        var (before, after) = (new List<Burst>(), new List<Burst>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await MeasureAsync(Side.Before, upstream, clients, path, poolThreads));
            after.Add(await MeasureAsync(Side.After, upstream, clients, path, poolThreads));
        }

        return (All(before), All(after));
    }

    private static Burst All(List<Burst> seen) => new(Clock.Sample(seen, b => b.Time), Clock.Sample(seen, b => b.Threads), Clock.Sample(seen, b => b.Memory));

    private static async Task<Burst> MeasureAsync(Side side, SampleServer upstream, int clients, Func<int, string> path, int poolThreads)
    {
        await using var server = await SampleServer.StartWithThreadsAsync(side, upstream, poolThreads);
        await server.Http.GetStringAsync("health");
        for (var i = 0; i < 3; i++) await server.Http.GetStringAsync(path(i)); // compiles the path
        var idle = server.Threads;

        using var done = new CancellationTokenSource();
        var peak = PeakAsync(server, done.Token);
        var time = await Clock.TimeAsync(() => Task.WhenAll(Enumerable.Range(0, clients).Select(i => server.Http.GetStringAsync(path(i)))));
        await done.CancelAsync();
        var (threads, memory) = await peak;
        return new Burst(time, Math.Max(0, threads - idle), memory / 1048576.0);
    }

    private static async Task<(int Threads, long Memory)> PeakAsync(SampleServer server, CancellationToken stop)
    {
        var (threads, memory) = (0, 0L);
        do
        {
            (threads, memory) = (Math.Max(threads, server.Threads), Math.Max(memory, server.WorkingSet));
            await Task.Delay(10, CancellationToken.None);
        }
        while (!stop.IsCancellationRequested);
        return (threads, memory);
    }
}
