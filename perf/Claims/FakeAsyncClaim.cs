using System.Security.Cryptography;
using ExecutionModel.Perf.Running;
using Samples;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// A task that is finished when it comes says nothing about the thread that computed it. The rule has no fix, so both sides are written here: what it reports,
/// and callers of the synchronous method that choose where to compute.
/// </summary>
public sealed class FakeAsyncClaim : Claim
{
    private const int Calls = 16;
    private static readonly byte[] Salt = new byte[16];

    public override string Rule => "EXM202";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        double work = await Clock.SampleAsync(3, warm: true, () => DeriveAsync("work"));
        var held = await UntilTasksAsync(DeriveAsync, effort);
        var free = await UntilTasksAsync(text => Task.Run(() => Derive(text)), effort);

        var (hidden, chosen) = (new List<double>(), new List<double>());
        for (var round = 0; round < effort.Rounds; round++)
        {
            hidden.Add(await BesideAsync(RunAsync));
            chosen.Add(await BesideAsync(text => CpuLane.Run(() => Derive(text))));
        }

        return
        [
            new(Rule, $"until the caller has the task of {work:0} ms of computing: async by its signature, and Task.Run at the caller", "ms", held, free, 0, "nothing is waited for", Better.Lower),
            new(Rule, $"a work item of the pool beside {Calls} such calls: Task.Run hidden in the library, and a lane at the caller", "ms", new Sample(hidden), new Sample(chosen), 0, "a thread is free", Better.Lower, Role.Note),
        ];
    }

    /// <summary>Reported: it only computes.</summary>
    private static Task<byte[]> DeriveAsync(string text) => Task.FromResult(Derive(text));

    /// <summary>Reported in a library: nobody sees the thread that it takes.</summary>
    private static Task<byte[]> RunAsync(string text) => Task.Run(() => Derive(text));

    private static byte[] Derive(string text) => Rfc2898DeriveBytes.Pbkdf2(text, Salt, 200_000, HashAlgorithmName.SHA256, 32);

    private static readonly List<Task> Started = [];

    /// <summary>In whole microseconds, one at least: to read the clock twice takes a part of one, which is no time of the task, and none would leave no ratio.</summary>
    private static async Task<Sample> UntilTasksAsync(Func<string, Task<byte[]>> derive, Effort effort) =>
        Clock.Sample((await Clock.SampleAsync(effort.Repetitions, warm: true, () => UntilTaskAsync(derive))).Runs, ms => Math.Max(0.001, Math.Round(ms, 3)));

    private static Task UntilTaskAsync(Func<string, Task<byte[]>> derive)
    {
        Started.Add(derive("text"));
        return Task.CompletedTask;
    }

    /// <summary>How long a work item that does nothing stands in the pool's queue.</summary>
    private static async Task<double> BesideAsync(Func<string, Task<byte[]>> derive)
    {
        await Task.WhenAll(Started);
        Started.Clear();
        var calls = Enumerable.Range(0, Calls).Select(i => derive($"text {i}")).ToArray();
        // As a request comes: from outside of the pool, at the end of its queue.
        var waited = await Clock.TimeAsync(() => Task.Factory.StartNew(() => { }, CancellationToken.None, TaskCreationOptions.PreferFairness, TaskScheduler.Default));
        await Task.WhenAll(calls);
        return waited;
    }
}
