namespace Samples;

/// <summary>A quote for some pieces of an article. The endpoint is async, yet its thread waits for the price.</summary>
public static class BlockingOnTask
{
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapGet("/quote/{sku}/{pieces:int}", async (string sku, int pieces, HttpClient http, HttpResponse answer, CancellationToken stop) =>
        {
            var price = (await http.GetFromJsonAsync<Price>($"prices/{sku}", stop))!; // EXM103
            await answer.WriteAsJsonAsync(new Price(price.Sku, price.Amount * pieces), stop);
        });
}
