namespace Samples;

/// <summary>The shop has one ticket printer, and everybody who waits for it keeps a thread.</summary>
public static class BlockingWait
{
    private static readonly SemaphoreSlim Printer = new(1);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/ticket/{sku}", async (string sku, HttpClient http, CancellationToken stop) =>
        {
            Printer.Wait(); // EXM105
            try
            {
                var price = await http.GetFromJsonAsync<Price>($"prices/{sku}", stop);
                return $"{price!.Sku} {price.Amount:0.00}";
            }
            finally
            {
                Printer.Release();
            }
        });
    }
}
