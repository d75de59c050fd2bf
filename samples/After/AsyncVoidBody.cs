using System.Collections.Concurrent;

namespace Samples;

/// <summary>Loads prices ahead of the rush, and reports back before any of them is there.</summary>
public static class AsyncVoidBody
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/warm", async (HttpRequest request, PriceShelf shelf, HttpClient http, CancellationToken stop) =>
        {
            var skus = await request.ReadFromJsonAsync<string[]>(stop) ?? [];
            await Parallel.ForEachAsync(skus, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (sku, _) => shelf.Put(await http.GetFromJsonAsync<Price>($"prices/{sku}"))); // EXM107
            return new Warmed(skus.Length);
        });
        routes.MapGet("/warm/count", (PriceShelf shelf) => shelf.Count);
    }
}

public sealed record Warmed(int Asked);

/// <summary>Prices at hand.</summary>
public sealed class PriceShelf
{
    private readonly ConcurrentDictionary<string, Price> prices = new();

    public int Count => prices.Count;

    public void Put(Price? price)
    {
        if (price is not null) prices[price.Sku] = price;
    }
}
