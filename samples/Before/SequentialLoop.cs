namespace Samples;

/// <summary>A basket asks for the price of each article, one after the other.</summary>
public static class SequentialLoop
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/basket", BasketAsync);

    private static async Task<Basket> BasketAsync(string[] skus, HttpClient http, CancellationToken stop)
    {
        var lines = new List<Line>();
        var total = 0m;
        foreach (var sku in skus)
        {
            var price = await http.GetFromJsonAsync<Price>($"prices/{sku}", stop); // EXM102
            total += price!.Amount;
            lines.Add(new Line(sku, price.Amount, total));
        }

        return new Basket(lines, total);
    }
}

public sealed record Line(string Sku, decimal Amount, decimal SoFar);

public sealed record Basket(List<Line> Lines, decimal Total);
