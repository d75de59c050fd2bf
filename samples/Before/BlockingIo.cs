namespace Samples;

/// <summary>Shelf labels: the handler is async, its request to the price service isn't.</summary>
public static class BlockingIo
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/label/{sku}", async (string sku, HttpClient http, CancellationToken stop) =>
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, $"prices/{sku}");
            using var answer = http.Send(request); // EXM104
            var price = await answer.Content.ReadFromJsonAsync<Price>(stop);
            return $"{price!.Sku}: {price.Amount:0.00}";
        });
    }
}
