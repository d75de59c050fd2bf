using System.Net;
using Polly;

namespace Samples.Catalog;

public sealed record Article(string Sku, string Name, decimal Price);

public sealed record Page(Article[] Articles, string? Next);

/// <summary>A client of the article service: what follows on an answer waits for that answer.</summary>
public sealed class ArticleApi(HttpClient http, ResiliencePipeline pipeline)
{
    /// <summary>The next address stands in the page before it.</summary>
    public async Task<List<Article>> AllAsync(CancellationToken stop)
    {
        var all = new List<Article>();
        for (string? next = "articles"; next is not null;)
        {
            var page = await http.GetFromJsonAsync<Page>(next, stop);
            all.AddRange(page!.Articles);
            next = page.Next;
        }

        return all;
    }

    public async Task<Article?> FindAsync(string sku, CancellationToken stop)
    {
        using var answer = await http.GetAsync($"articles/{sku}", stop);
        if (answer.StatusCode == HttpStatusCode.NotFound) return null;
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadFromJsonAsync<Article>(stop);
    }

    /// <summary>The second address comes from the first answer.</summary>
    public async Task<string> ManufacturerAsync(string sku, CancellationToken stop)
    {
        var article = await http.GetFromJsonAsync<Article>($"articles/{sku}", stop);
        var maker = await http.GetStringAsync($"makers/{article!.Name}", stop);
        return maker;
    }

    /// <summary>The write must have happened before it is read back.</summary>
    public async Task<Article?> RenameAsync(string sku, string name, CancellationToken stop)
    {
        await http.PutAsJsonAsync($"articles/{sku}/name", name, stop);
        return await http.GetFromJsonAsync<Article>($"articles/{sku}", stop);
    }

    public async Task<string> WithRetriesAsync(string address, CancellationToken stop)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await http.GetStringAsync(address, stop);
            }
            catch (HttpRequestException) when (attempt < 4)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100 << attempt), stop);
            }
        }
    }

    public async Task<string> ThroughThePipelineAsync(string address, CancellationToken stop) =>
        await pipeline.ExecuteAsync(async token => await http.GetStringAsync(address, token), stop);

    /// <summary>The mirror is asked only if the main server does not know.</summary>
    public async Task<string> FirstAnswerAsync(string[] mirrors, string sku, CancellationToken stop)
    {
        foreach (var mirror in mirrors)
        {
            using var answer = await http.GetAsync($"{mirror}/articles/{sku}", stop);
            if (answer.IsSuccessStatusCode) return await answer.Content.ReadAsStringAsync(stop);
        }

        return "";
    }

    /// <summary>Waits between the questions on purpose.</summary>
    public async Task WaitUntilReadyAsync(CancellationToken stop)
    {
        while (await http.GetStringAsync("status", stop) != "ready") await Task.Delay(TimeSpan.FromSeconds(1), stop);
        await Task.Delay(TimeSpan.FromSeconds(5), stop);
        await http.GetStringAsync("warm-up", stop);
    }
}
