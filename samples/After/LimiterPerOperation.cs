namespace Samples;

/// <summary>The price service answers four at a time; every request brings a semaphore of its own to keep to that.</summary>
public static class LimiterPerOperation
{
    // The price service answers four at a time.
    // EXM305
    private static readonly SemaphoreSlim Gate = new SemaphoreSlim(4);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stamp/{sku}", async (string sku, HttpClient http, CancellationToken stop) =>
        {
            await Gate.WaitAsync(stop);
            try
            {
                var price = await http.GetFromJsonAsync<Price>($"prices/{sku}", stop);
                return $"{price!.Sku} {price.Amount:0.00}";
            }
            finally
            {
                Gate.Release();
            }
        });
    }
}
