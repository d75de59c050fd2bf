using System.Diagnostics;
using System.Security.Cryptography;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A thread per item takes a stack per item; a few threads take the items in turn.</summary>
public sealed class UnboundedThreadsClaim : Claim
{
    private const int Items = 200;
    private const int Iterations = 1000;
    private const int Limit = 20;
    private static readonly TimeSpan Device = TimeSpan.FromMilliseconds(30);
    private static readonly byte[] Salt = [1, 2, 3, 4, 5, 6, 7, 8];

    public override string Rule => "EXM303";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        Handle(0);
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await WatchAsync(PerItem));
            after.Add(await WatchAsync(Few));
        }

        return
        [
            new(Rule, $"threads added at the peak: {Items} items that compute a little and hold a device for {Device.TotalMilliseconds:0} ms each", "", Clock.Sample(before, s => s.Threads), Clock.Sample(after, s => s.Threads), Limit, "K", Better.Lower),
            new(Rule, "memory taken meanwhile", "MB", Clock.Sample(before, s => s.Memory), Clock.Sample(after, s => s.Memory), 0, "none has to", Better.Lower, Role.Price),
            new(Rule, "time for all items", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), Items / Limit * Device.TotalMilliseconds, "N/K x device", Better.Lower, Role.Price),
        ];
    }

    private static void PerItem()
    {
        var threads = Enumerable.Range(0, Items).Select(i => new Thread(() => Handle(i))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();
    }

    private static void Few() => Parallel.For(0, Items, new ParallelOptions { MaxDegreeOfParallelism = Limit }, Handle);

    private static void Handle(int item)
    {
        Rfc2898DeriveBytes.Pbkdf2(BitConverter.GetBytes(item), Salt, Iterations, HashAlgorithmName.SHA256, 32);
        Thread.Sleep(Device);
    }

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
        })
        { Priority = ThreadPriority.AboveNormal };
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
