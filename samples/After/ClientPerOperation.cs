namespace Samples;

/// <summary>Asks for the price of one article, with a client made for the question.</summary>
public static class ClientPerOperation
{
    private static readonly HttpClient SharedClient = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false });

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/price/{sku}", async (string sku, IConfiguration settings, CancellationToken stop) =>
        {
            // EXM307
            return await SharedClient.GetFromJsonAsync<Price>($"{settings["upstream"]}/prices/{sku}", stop);
        });
    }
}
