using System.Diagnostics;
using System.Security.Cryptography;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A thread per item takes a stack per item and computes no faster than a few threads.</summary>
public sealed class UnboundedThreadsClaim : Claim
{
    private const int Items = 300;
    private const int Iterations = 40_000;
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];

    public override string Rule => "EXM303";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        Hash(0);
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await WatchAsync(PerItem));
            after.Add(await WatchAsync(Few));
        }

        var work = await Clock.MedianAsync(5, warm: true, () =>
        {
            Hash(0);
            return Task.CompletedTask;
        });
        return
        [
            new(Rule, $"threads at once: {Items} items that compute {work:0.0} ms each", "", Clock.Median(before, s => s.Threads), Clock.Median(after, s => s.Threads), Environment.ProcessorCount, "one per processor", Better.Lower),
            new(Rule, "memory taken meanwhile", "MB", Clock.Median(before, s => s.Memory), Clock.Median(after, s => s.Memory), 0, "none has to", Better.Lower),
            new(Rule, "time for all items", "ms", Clock.Median(before, s => s.Time), Clock.Median(after, s => s.Time), Items * work / Environment.ProcessorCount, "work / processors", Better.Lower, Role.Price),
        ];
    }

    private static void PerItem()
    {
        var threads = Enumerable.Range(0, Items).Select(i => new Thread(() => Hash(i))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    }

    private static void Few() => Parallel.For(0, Items, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, Hash);

    private static void Hash(int item) => Rfc2898DeriveBytes.Pbkdf2(BitConverter.GetBytes(item), Salt, Iterations, HashAlgorithmName.SHA256, 32);

    /// <summary>A thread of its own looks on: the pool may be busy.</summary>
    private static async Task<Seen> WatchAsync(Action work)
    {
        using var process = Process.GetCurrentProcess();
        GC.Collect();
        var (threads, memory) = (process.Threads.Count, process.WorkingSet64);
        var (mostThreads, mostMemory, done) = (threads, memory, false);
        var watch = new Thread(() =>
        {
            while (!Volatile.Read(ref done))
            {
                process.Refresh();
                (mostThreads, mostMemory) = (Math.Max(mostThreads, process.Threads.Count - 1), Math.Max(mostMemory, process.WorkingSet64));
                Thread.Sleep(5);
            }
        }) { Priority = ThreadPriority.AboveNormal };
        watch.Start();
        var time = await Clock.TimeAsync(() =>
        {
            work();
            return Task.CompletedTask;
        });
        Volatile.Write(ref done, true);
        watch.Join();
        return new Seen(mostThreads - threads, (mostMemory - memory) / 1024.0 / 1024.0, time);
    }

    private sealed record Seen(int Threads, double Memory, double Time);
}
