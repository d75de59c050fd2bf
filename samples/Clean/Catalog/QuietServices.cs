using System.Threading.RateLimiting;
using Microsoft.Extensions.Options;

namespace Samples.Catalog;

public interface IPriceRule
{
    Task<decimal> PriceAsync(string sku, CancellationToken stop);
}

/// <summary>Answers from memory: nothing is waited for.</summary>
public sealed class ListPrice : IPriceRule
{
    private static readonly Dictionary<string, decimal> Prices = new() { ["sku-1"] = 1m, ["sku-2"] = 2m };

    public Task<decimal> PriceAsync(string sku, CancellationToken stop) => Task.FromResult(Prices.GetValueOrDefault(sku));
}

public sealed class Rebates
{
    public string[] Services { get; init; } = [];
}

/// <summary>Rules, shards and configured services are few.</summary>
public sealed class Quotes(IEnumerable<IPriceRule> rules, ListPrice list, IOptions<Rebates> rebates, HttpClient http)
{
    public async Task<decimal> BestAsync(string sku, CancellationToken stop)
    {
        var prices = await Task.WhenAll(rules.Select(rule => rule.PriceAsync(sku, stop)));
        return prices.Min();
    }

    public async Task<decimal> BothAsync(CancellationToken stop)
    {
        var one = await list.PriceAsync("sku-1", stop);
        var two = await list.PriceAsync("sku-2", stop);
        return one + two;
    }

    public Task<string[]> RebatesAsync(string sku, CancellationToken stop) =>
        Task.WhenAll(rebates.Value.Services.Select(service => http.GetStringAsync($"{service}/{sku}", stop)));

    public Task<decimal[]> FromMemoryAsync(IReadOnlyList<string> skus, CancellationToken stop) =>
        Task.WhenAll(skus.Select(sku => list.PriceAsync(sku, stop)));

    /// <summary>The tasks were started elsewhere; this only waits.</summary>
    public static Task AllDoneAsync(IEnumerable<(string Sku, Task Work)> started) => Task.WhenAll(started.Select(s => s.Work));
}

/// <summary>The supplier allows two questions at a time: the limit stands in the client, where every caller meets it.</summary>
public sealed class Supplier(HttpClient http) : IDisposable
{
    private readonly SemaphoreSlim gate = new(2);
    private readonly RateLimiter limiter = new TokenBucketRateLimiter(new() { TokenLimit = 10, TokensPerPeriod = 10, ReplenishmentPeriod = TimeSpan.FromSeconds(1), QueueLimit = int.MaxValue });

    public async Task<string> AskAsync(string sku, CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            return await http.GetStringAsync($"supplier/{sku}", stop);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<string[]> AskAllAsync(string path, CancellationToken stop)
    {
        var skus = await File.ReadAllLinesAsync(path, stop);
        return await Task.WhenAll(skus.Select(sku => AskAsync(sku, stop)));
    }

    public async Task<string[]> AtTheirPaceAsync(string path, CancellationToken stop)
    {
        var skus = await File.ReadAllLinesAsync(path, stop);
        return await Task.WhenAll(skus.Select(async sku =>
        {
            using var lease = await limiter.AcquireAsync(1, stop);
            return await http.GetStringAsync($"supplier/{sku}", stop);
        }));
    }

    public async Task<(string, string)> OneByOneAsync(CancellationToken stop)
    {
        await gate.WaitAsync(stop);
        try
        {
            var first = await http.GetStringAsync("supplier/first", stop);
            var second = await http.GetStringAsync("supplier/second", stop);
            return (first, second);
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        gate.Dispose();
        limiter.Dispose();
    }
}
