using System.Diagnostics;
using System.Net.Http.Json;

namespace ExecutionModel.Perf.Running;

/// <summary>A sample in a process of its own, on a free port of the loopback; its threads are not ours.</summary>
public sealed class SampleServer : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Process process;
    private readonly ProcessWatch? watch;
    private readonly HttpClient? statistics;

    private SampleServer(Process process, ProcessWatch? watch, string address, string? statisticsAddress)
    {
        this.process = process;
        this.watch = watch;
        Address = address;
        if (statisticsAddress is not null) statistics = new HttpClient { BaseAddress = new Uri(statisticsAddress) };
        Http = new HttpClient { BaseAddress = new Uri(address), Timeout = TimeSpan.FromMinutes(2) };
    }

    public string Address { get; }

    public HttpClient Http { get; }

    /// <summary>Threads that the process has now.</summary>
    public int Threads
    {
        get
        {
            process.Refresh();
            return process.Threads.Count;
        }
    }

    /// <summary>Bytes of memory that the process holds now.</summary>
    public long WorkingSet
    {
        get
        {
            process.Refresh();
            return process.WorkingSet64;
        }
    }

    /// <summary>The shop API of a sample, its background worker left out.</summary>
    public static Task<SampleServer> StartAsync(Side side, SampleServer upstream, params string[] more) =>
        LaunchAsync(side, ["--upstream", upstream.Address, "--refresh", "false", .. more]);

    /// <summary>The shop API with a pool that makes so many threads without hesitation.</summary>
    public static Task<SampleServer> StartWithThreadsAsync(Side side, SampleServer upstream, int poolThreads) =>
        LaunchAsync(side, ["--upstream", upstream.Address, "--refresh", "false"], poolThreads);

    /// <summary>The shop API together with its worker.</summary>
    public static Task<SampleServer> StartWithWorkerAsync(Side side, SampleServer upstream) => LaunchAsync(side, ["--upstream", upstream.Address]);

    /// <summary>The services behind the shop: each answer takes <paramref name="latency"/>.</summary>
    public static Task<SampleServer> StartUpstreamAsync(TimeSpan latency, int connections) =>
        LaunchAsync(Side.Before, ["upstream", "--latency", $"{latency.TotalMilliseconds:0}", "--connections", $"{connections}"]);

    /// <summary>Asks for what has to succeed.</summary>
    public async Task PostAsync<T>(string path, T body)
    {
        using var answer = await Http.PostAsJsonAsync(path, body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Of services behind the shop, asked beside the connections that they limit.</summary>
    public async Task<Statistics> StatisticsAsync() => (await statistics!.GetFromJsonAsync<Statistics>("statistics"))!;

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        statistics?.Dispose();
        watch?.Dispose();
        if (!process.HasExited) process.Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    private static async Task<SampleServer> LaunchAsync(Side side, string[] arguments, int poolThreads = 0)
    {
        var process = SampleProgram.Start(side, arguments, poolThreads);
        var first = await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);
        var words = first?.Split(' ') ?? [];
        if (words.Length is not (2 or 4)) throw new InvalidOperationException($"{side} said '{first}' {await process.StandardError.ReadToEndAsync()}");

        // Faults are logged there: a full pipe would stop the server.
        _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
        _ = process.StandardError.BaseStream.CopyToAsync(Stream.Null);
        var isUpstream = words.Length == 4;
        return new SampleServer(process, isUpstream ? null : new ProcessWatch(side, process), words[1], isUpstream ? words[3] : null);
    }
}

/// <summary>What services behind the shop have seen so far.</summary>
public sealed record Statistics(int Served, int Refused, int PeakInFlight, int InFlight, int Opened);
