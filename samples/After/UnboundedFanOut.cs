namespace Samples;

/// <summary>Imports as many prices at once as the caller, or the file of watched articles, happens to name.</summary>
public static class UnboundedFanOut
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/import", async (string[] skus, HttpClient http, CancellationToken stop) =>
        {
            using var gate = new SemaphoreSlim(20);
            var prices = await Task.WhenAll(skus.Select(async sku =>
            {
                await gate.WaitAsync(stop);
                try
                {
                    return await http.GetFromJsonAsync<Price>($"prices/{sku}", stop);
                }
                finally
                {
                    gate.Release();
                }
            })); // EXM301
            return new Imported(prices.Length, prices.Sum(p => p!.Amount), prices[^1]!.Sku);
        });
        routes.MapGet("/watched", (PriceBoard board) => board.Prices);
    }
}

public sealed record Imported(int Count, decimal Total, string Last);

/// <summary>The prices of the last refresh.</summary>
public sealed class PriceBoard
{
    private readonly TaskCompletionSource<IReadOnlyList<Price?>> first = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<IReadOnlyList<Price?>> Prices => first.Task;

    public void Publish(IReadOnlyList<Price?> prices) => first.TrySetResult(prices);
}

/// <summary>The worker beside the API: refreshes the watched articles at start.</summary>
public sealed class PriceRefresh(HttpClient http, PriceBoard board) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        var skus = await File.ReadAllLinesAsync(Path.Combine(AppContext.BaseDirectory, "watched.txt"), stop);
        using var gate = new SemaphoreSlim(20);
        var prices = await Task.WhenAll(skus.Select(async sku =>
        {
            await gate.WaitAsync(stop);
            try
            {
                return await http.GetFromJsonAsync<Price>($"prices/{sku}", stop);
            }
            finally
            {
                gate.Release();
            }
        })); // EXM301
        board.Publish(prices);
    }
}
