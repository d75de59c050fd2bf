using System.Collections.Concurrent;

namespace Samples.Catalog;

public enum Region
{
    North,
    South,
    West,
}

/// <summary>Fan-outs that know their limit.</summary>
public sealed class FanOuts(HttpClient http)
{
    private const int AtOnce = 20;
    private static readonly string[] Services = ["stock", "prices", "reviews"];

    public async Task<string[]> GatedAsync(string path, CancellationToken stop)
    {
        var skus = await File.ReadAllLinesAsync(path, stop);
        using var gate = new SemaphoreSlim(AtOnce);
        return await Task.WhenAll(skus.Select(async sku =>
        {
            await gate.WaitAsync(stop);
            try
            {
                return await http.GetStringAsync($"articles/{sku}", stop);
            }
            finally
            {
                gate.Release();
            }
        }));
    }

    public async Task<ConcurrentDictionary<string, string>> BoundedAsync(string path, CancellationToken stop)
    {
        var found = new ConcurrentDictionary<string, string>();
        await Parallel.ForEachAsync(
            File.ReadLinesAsync(path, stop),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = stop },
            async (sku, token) => found[sku] = await http.GetStringAsync($"articles/{sku}", token));
        return found;
    }

    public async Task<List<string>> ByChunksAsync(string[] skus, CancellationToken stop)
    {
        var all = new List<string>();
        foreach (var chunk in skus.Chunk(AtOnce))
        {
            all.AddRange(await Task.WhenAll(chunk.Select(sku => http.GetStringAsync($"articles/{sku}", stop))));
        }

        return all;
    }

    public Task<string[]> FixedAsync(CancellationToken stop) =>
        Task.WhenAll(Services.Select(service => http.GetStringAsync(service, stop)));

    public Task<string[]> PerRegionAsync(CancellationToken stop) =>
        Task.WhenAll(Enum.GetValues<Region>().Select(region => http.GetStringAsync($"regions/{region}", stop)));

    public Task<string[]> FirstTenAsync(IEnumerable<string> skus, CancellationToken stop) =>
        Task.WhenAll(skus.Take(10).Select(sku => http.GetStringAsync($"articles/{sku}", stop)));

    public Task<string[]> CheckedAsync(IReadOnlyList<string> skus, CancellationToken stop)
    {
        if (skus.Count > 50) throw new ArgumentException("At most 50 articles at once.", nameof(skus));
        return Task.WhenAll(skus.Select(sku => http.GetStringAsync($"articles/{sku}", stop)));
    }

    /// <summary>Already together.</summary>
    public async Task<(string Stock, string Prices)> TogetherAsync(string sku, CancellationToken stop)
    {
        var stock = http.GetStringAsync($"stock/{sku}", stop);
        var prices = http.GetStringAsync($"prices/{sku}", stop);
        await Task.WhenAll(stock, prices);
        return (await stock, await prices);
    }

    /// <summary>As many as there are cores, whatever the file holds.</summary>
    public Task WorkersAsync(ConcurrentQueue<string> skus, CancellationToken stop) =>
        Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount).Select(async _ =>
        {
            while (skus.TryDequeue(out var sku)) await http.GetStringAsync($"articles/{sku}", stop);
        }));
}
