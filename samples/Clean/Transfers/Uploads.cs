using System.Diagnostics;
using System.IO.Pipelines;
using System.Text;

namespace Samples.Transfers;

/// <summary>Streams, readers and files have one position and one order.</summary>
public sealed class Uploads(HttpClient http, ILogger<Uploads> log)
{
    public async Task StoreAsync(HttpRequest request, string path, CancellationToken stop)
    {
        var draft = path + ".part";
        await using (var file = File.Create(draft))
        {
            await request.Body.CopyToAsync(file, stop);
            await file.FlushAsync(stop);
        }

        File.Move(draft, path, overwrite: true);
        await File.AppendAllTextAsync(path + ".log", "stored", stop);
        await http.PostAsJsonAsync("stored", path, stop);
    }

    public async Task<(int Version, string Name)> HeaderAsync(Stream stream, CancellationToken stop)
    {
        var version = new byte[4];
        var name = new byte[32];
        await stream.ReadExactlyAsync(version, stop);
        await stream.ReadExactlyAsync(name, stop);
        return (BitConverter.ToInt32(version), Encoding.ASCII.GetString(name));
    }

    public async Task<(string? Title, string? Author)> TitleAsync(TextReader reader, CancellationToken stop)
    {
        var title = await reader.ReadLineAsync(stop);
        var author = await reader.ReadLineAsync(stop);
        return (title, author);
    }

    public async Task WriteAsync(PipeWriter pipe, byte[] head, byte[] body, CancellationToken stop)
    {
        await pipe.WriteAsync(head, stop);
        await pipe.WriteAsync(body, stop);
        await pipe.CompleteAsync();
    }

    /// <summary>Write, then read what was written.</summary>
    public async Task<string> NormalizeAsync(string from, string to, CancellationToken stop)
    {
        var text = await File.ReadAllTextAsync(from, stop);
        await File.WriteAllTextAsync(to, text.Trim(), stop);
        return await File.ReadAllTextAsync(to, stop);
    }

    /// <summary>The stopwatch measures the calls in turn.</summary>
    public async Task<(long Near, long Far)> ProbeAsync(CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        await http.GetStringAsync("near", stop);
        var near = watch.ElapsedMilliseconds;
        watch.Restart();
        await http.GetStringAsync("far", stop);
        log.LogInformation("Probed");
        return (near, watch.ElapsedMilliseconds);
    }
}
