using System.Diagnostics;
using System.Security.Cryptography;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// A thread per item that computes: all of them are ready to run at once, so whoever else needs a processor for a moment waits for a turn among them. As many as there
/// are processors do the same work in the same time. Both samples run in this process, where the neighbour and what they take can be watched.
/// </summary>
public sealed class UnboundedThreadsClaim : Claim
{
    /// <summary>Some 10 ms: more than a turn on a processor, so each further turn is waited for as well. What fits into one turn hardly notices, and only its slowest hundredth would tell the sides apart.</summary>
    private const int OfNeighbour = 37_500;

    private static readonly int Cores = Environment.ProcessorCount;
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public override string Rule => "EXM303";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var items = (effort == Effort.Quick ? 30 : 200) * Cores;
        var (perItem, few) = (SampleOf(Side.Before), SampleOf(Side.After));
        var (one, all) = (await ListAsync(1), await ListAsync(items));
        double item = await Clock.SampleAsync(20, warm: true, () => Task.Run(() => few(one)));
        double neighbour = await Clock.SampleAsync(20, warm: true, () => Task.Run(() => Compute(OfNeighbour)));
        var (before, after) = (new List<Seen>(), new List<Seen>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await WatchAsync(() => perItem(all)));
            after.Add(await WatchAsync(() => few(all)));
            if (!before[^1].Keys.SequenceEqual(after[^1].Keys)) throw new InvalidOperationException("Before and after derive other keys.");
        }

        foreach (var list in (string[])[one, all]) File.Delete(list);
        return
        [
            new(Rule, $"a request next door that needs {neighbour:0.0} ms of computing, p50, while {items:#,0} items compute {item:0.0} ms each", "ms", Clock.Sample(before, s => s.Neighbour), Clock.Sample(after, s => s.Neighbour), neighbour, "its own time", Better.Lower),
            new(Rule, "threads added at the peak", "threads", Clock.Sample(before, s => s.Threads), Clock.Sample(after, s => s.Threads), Cores, "one per core", Better.Lower),
            new(Rule, "memory taken meanwhile", "MiB", Clock.Sample(before, s => s.Memory), Clock.Sample(after, s => s.Memory), 0, "none has to", Better.Lower, Role.Note),
            new(Rule, "time for all items", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), items * item / Cores, "work / cores", Better.Lower, Role.Note),
        ];
    }

    /// <summary>Lines of a password and its key, in any order.</summary>
    private static Func<string, IEnumerable<string>> SampleOf(Side side)
    {
        var keysOf = SampleTool.MethodOf<Func<string, IReadOnlyDictionary<string, string>>>(side, "UnboundedThreads", "KeysOf");
        return list => keysOf(list).Select(key => $"{key.Key} {key.Value}");
    }

    private static async Task<string> ListAsync(int items)
    {
        var list = Path.GetTempFileName();
        await File.WriteAllLinesAsync(list, Enumerable.Range(0, items).Select(i => $"password {i}"));
        return list;
    }

    private static void Compute(int iterations) => Rfc2898DeriveBytes.Pbkdf2("an item", Salt, iterations, HashAlgorithmName.SHA256, 32);

    private static async Task<Seen> WatchAsync(Func<IEnumerable<string>> work)
    {
        GC.Collect();
        using var done = new CancellationTokenSource();
        var peak = PeakOf(done.Token);
        var neighbour = NextDoorAsync(done.Token);
        IReadOnlyList<string> keys = [];
        var time = await Clock.TimeAsync(() => Task.Factory.StartNew(() => keys = [.. work()], CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default));
        await done.CancelAsync();
        var (threads, memory) = await peak;
        return new Seen(Clock.Percentile(await neighbour, 50), threads, memory, time, [.. keys.Order(StringComparer.Ordinal)]);
    }

    /// <summary>Requests of the same process: the pool gives each a thread, and the system gives that thread a processor.</summary>
    private static async Task<IReadOnlyList<double>> NextDoorAsync(CancellationToken stop)
    {
        var times = new List<double>();
        do
        {
            times.Add(await Clock.TimeAsync(() => Task.Run(() => Compute(OfNeighbour), CancellationToken.None)));
            await Task.Delay(Pause, CancellationToken.None);
        }
        while (!stop.IsCancellationRequested);
        return times;
    }

    /// <summary>A thread of its own looks on.</summary>
    private static Task<(double Threads, double Memory)> PeakOf(CancellationToken stop) => Task.Factory.StartNew(
        () =>
        {
            using var process = Process.GetCurrentProcess();
            var (threads, memory) = (process.Threads.Count, process.WorkingSet64);
            var (mostThreads, mostMemory) = (threads, memory);
            while (!stop.IsCancellationRequested)
            {
                process.Refresh();
                (mostThreads, mostMemory) = (Math.Max(mostThreads, process.Threads.Count), Math.Max(mostMemory, process.WorkingSet64));
                stop.WaitHandle.WaitOne(Pause);
            }

            return ((double)(mostThreads - threads), (mostMemory - memory) / 1048576.0);
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private sealed record Seen(double Neighbour, double Threads, double Memory, double Time, IReadOnlyList<string> Keys);
}
