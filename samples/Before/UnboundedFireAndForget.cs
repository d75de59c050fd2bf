namespace Samples;

/// <summary>Asks for the price of each article that a supplier announces, and reports back while the calls are still on their way.</summary>
public static class UnboundedFireAndForget
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/announce/{supplier:int}", async (int supplier, string[] skus, HttpClient http, CancellationToken stop) =>
        {
            var user = await http.GetFromJsonAsync<User>($"users/{supplier}", stop);
            foreach (var sku in skus)
            {
                _ = http.GetStringAsync($"prices/{sku}"); // EXM302
            }

            return $"{skus.Length} articles of {user!.Name}";
        });
    }
}
