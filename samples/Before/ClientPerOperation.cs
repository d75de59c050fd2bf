namespace Samples;

/// <summary>Asks for the price of one article, with a client made for the question.</summary>
public static class ClientPerOperation
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/price/{sku}", async (string sku, IConfiguration settings, CancellationToken stop) =>
        {
            using var client = new HttpClient(); // EXM307
            return await client.GetFromJsonAsync<Price>($"{settings["upstream"]}/prices/{sku}", stop);
        });
    }
}
