namespace Samples;

/// <summary>Asks for the price of each article that a supplier announces, and reports back while the calls are still on their way.</summary>
public static class UnboundedFireAndForget
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/announce/{supplier:int}", async (int supplier, string[] skus, HttpClient http, CancellationToken stop) =>
        {
            var user = await http.GetFromJsonAsync<User>($"users/{supplier}", stop);
            var started = new List<Task>();
            using var gate = new SemaphoreSlim(20);
            async Task<string> GetStringInGateAsync(string? requestUri)
            {
                await gate.WaitAsync(stop);
                try
                {
                    return await http.GetStringAsync(requestUri);
                }
                finally
                {
                    gate.Release();
                }
            }

            foreach (var sku in skus)
            {
                started.Add(GetStringInGateAsync($"prices/{sku}")); // EXM302
            }

            await Task.WhenAll(started);

            return $"{skus.Length} articles of {user!.Name}";
        });
    }
}
