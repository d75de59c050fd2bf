using Microsoft.Extensions.Caching.Memory;

namespace Samples.Catalog;

/// <summary>One load at a time per cache; hits complete in memory.</summary>
public sealed class ArticleCache(ArticleApi api, IMemoryCache cache) : IDisposable
{
    private readonly SemaphoreSlim loading = new(1, 1);
    private int loads;

    public async ValueTask<Article?> GetAsync(string sku, CancellationToken stop)
    {
        if (cache.TryGetValue(sku, out Article? known)) return known;
        await loading.WaitAsync(stop);
        try
        {
            if (cache.TryGetValue(sku, out known)) return known;
            known = await api.FindAsync(sku, stop);
            cache.Set(sku, known, TimeSpan.FromMinutes(5));
            loads++;
            return known;
        }
        finally
        {
            loading.Release();
        }
    }

    public async Task<(Article?, Article?)> PairAsync(string left, string right, CancellationToken stop)
    {
        var a = await GetAsync(left, stop);
        var b = await GetAsync(right, stop);
        return (a, b);
    }

    public int Loads => loads;

    public void Dispose() => loading.Dispose();
}
