using System.Diagnostics;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Requests that arrive together at a server whose thread pool has had nothing to do before. All connections are open by then, on both sides alike.</summary>
/// <param name="Time">Milliseconds until the last one is answered, or given up.</param>
/// <param name="Answered">Requests that were answered.</param>
/// <param name="P99">Milliseconds of a request; one that was given up counts with the time that it waited.</param>
/// <param name="Threads">Threads that the server had more than before them, at the peak.</param>
/// <param name="Memory">MiB that the process held at the peak.</param>
internal sealed record Burst(Sample Time, Sample Answered, Sample P99, Sample Threads, Sample Memory)
{
    private const int Backlog = 200;

    /// <summary>Before and after the fix, all rounds of each.</summary>
    /// <param name="poolThreads">Threads that the server's pool makes without hesitation; 0 for its own choice, one per core.</param>
    /// <param name="patience">When clients give up; null where each has to be answered.</param>
    public static async Task<(Burst Before, Burst After)> CompareAsync(int rounds, SampleServer upstream, int clients, Func<int, string> path, int poolThreads = 0, TimeSpan? patience = null)
    {
        var (before, after) = (new List<Burst>(), new List<Burst>());
        for (var round = 0; round < rounds; round++)
        {
            before.Add(await MeasureAsync(Side.Before, upstream, clients, path, poolThreads, patience));
            after.Add(await MeasureAsync(Side.After, upstream, clients, path, poolThreads, patience));
        }

        return (All(before), All(after));
    }

    private static Burst All(List<Burst> seen) =>
        new(Clock.Sample(seen, b => b.Time), Clock.Sample(seen, b => b.Answered), Clock.Sample(seen, b => b.P99), Clock.Sample(seen, b => b.Threads), Clock.Sample(seen, b => b.Memory));

    private static async Task<Burst> MeasureAsync(Side side, SampleServer upstream, int clients, Func<int, string> path, int poolThreads, TimeSpan? patience)
    {
        await using var server = await SampleServer.StartWithThreadsAsync(side, upstream, poolThreads);
        for (var i = 0; i < 3; i++) await server.Http.GetStringAsync(path(i)); // compiles the path
        await ConnectAsync(server, upstream, clients);
        var idle = server.Threads;

        using var done = new CancellationTokenSource();
        using var limit = patience is { } time ? new CancellationTokenSource(time) : new CancellationTokenSource();
        var peak = PeakAsync(server, done.Token);
        var start = Stopwatch.GetTimestamp();
        var requests = await Task.WhenAll(Enumerable.Range(0, clients).Select(i => AskAsync(server, path(i), limit.Token)));
        var took = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        await done.CancelAsync();
        var (threads, memory) = await peak;
        return new Burst(took, requests.Count(r => r.Answered), Clock.Percentile(requests.Select(r => r.Time), 99), Math.Max(0, threads - idle), memory / 1048576.0);
    }

    /// <summary>A question that no side holds a thread for opens as many connections to the server, and behind it, as there are clients.</summary>
    private static async Task ConnectAsync(SampleServer server, SampleServer upstream, int clients)
    {
        for (var opened = -1; (await upstream.StatisticsAsync()).Opened is var now && now > opened;)
        {
            opened = now;
            await Task.WhenAll(await BeginAsync(server, clients));
        }
    }

    /// <summary>A listening socket keeps few connections that nobody has taken yet: more at once would be lost.</summary>
    private static async Task<IReadOnlyList<Task>> BeginAsync(SampleServer server, int clients)
    {
        var begun = new List<Task>();
        for (var i = 0; i < clients; i++)
        {
            begun.Add(server.Http.GetStringAsync("ready"));
            if (begun.Count % Backlog == 0) await Task.Delay(20);
        }

        return begun;
    }

    private static async Task<(bool Answered, double Time)> AskAsync(SampleServer server, string path, CancellationToken limit)
    {
        var start = Stopwatch.GetTimestamp();
        try
        {
            await server.Http.GetStringAsync(path, limit);
            return (true, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return (false, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }
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
