using System.Net.Sockets;
using System.Text;
using System.Threading.Channels;

namespace Samples.Transfers;

/// <summary>One conversation over one socket.</summary>
public sealed class Terminal(TcpClient client)
{
    private readonly StreamReader reader = new(client.GetStream());
    private readonly StreamWriter writer = new(client.GetStream()) { AutoFlush = true };

    public async Task<string?> AskAsync(string question)
    {
        await writer.WriteLineAsync(question);
        return await reader.ReadLineAsync();
    }

    public async Task<(string? Greeting, string? Features)> OpenAsync()
    {
        var greeting = await GetLineAsync();
        var features = await GetLineAsync();
        return (greeting, features);
    }

    public async Task<(string? Size, string? Date)> DescribeAsync(string file)
    {
        var size = await AskAsync($"SIZE {file}");
        var date = await AskAsync($"MDTM {file}");
        return (size, date);
    }

    private async Task<string?> GetLineAsync() => await reader.ReadLineAsync();
}

/// <summary>A producer, and as many consumers as were asked for.</summary>
public sealed class Mirror(HttpClient http)
{
    public async Task CopyAsync(string list, string folder, CancellationToken stop)
    {
        var work = Channel.CreateBounded<string>(100);
        var consumers = Enumerable.Range(0, 4).Select(_ => ConsumeAsync(work.Reader, folder, stop)).ToArray();
        await foreach (var address in File.ReadLinesAsync(list, stop)) await work.Writer.WriteAsync(address, stop);
        work.Writer.Complete();
        await Task.WhenAll(consumers);
    }

    /// <summary>The index is written when everything else is there.</summary>
    public async Task<string> IndexAsync(string folder, CancellationToken stop)
    {
        await using var index = new StreamWriter(Path.Combine(folder, "index.txt"), append: false, Encoding.UTF8);
        foreach (var file in Directory.GetFiles(folder))
        {
            await index.WriteLineAsync(file);
        }

        await index.FlushAsync(stop);
        return await http.GetStringAsync("indexed", stop);
    }

    private async Task ConsumeAsync(ChannelReader<string> work, string folder, CancellationToken stop)
    {
        await foreach (var address in work.ReadAllAsync(stop))
        {
            var body = await http.GetByteArrayAsync(address, stop);
            await File.WriteAllBytesAsync(Path.Combine(folder, Path.GetFileName(address)), body, stop);
        }
    }
}
