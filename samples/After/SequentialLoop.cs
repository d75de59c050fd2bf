namespace Samples;

/// <summary>A basket asks for the price of each article, one after the other.</summary>
public static class SequentialLoop
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/basket", BasketAsync);

    private static async Task<Basket> BasketAsync(string[] skus, HttpClient http, CancellationToken stop)
    {
        var lines = new List<Line>();
        var total = 0m;
        using var gate = new SemaphoreSlim(20);
        var prices = await Task.WhenAll(skus.Select(async sku =>
        {
            await gate.WaitAsync(stop);
            try
            {
                return (sku, await http.GetFromJsonAsync<Price>($"prices/{sku}", stop)); // EXM102
            }
            finally
            {
                gate.Release();
            }
        }));
        foreach (var (sku, price) in prices)
        {
            total += price!.Amount;
            lines.Add(new Line(sku, price.Amount, total));
        }

        return new Basket(lines, total);
    }
}

public sealed record Line(string Sku, decimal Amount, decimal SoFar);

public sealed record Basket(List<Line> Lines, decimal Total);
