namespace Samples;

/// <summary>Looks for the articles of a basket, all of them over one session that answers one question at a time.</summary>
public static class SharedUnsafeService
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/stock", async (string[] skus, HttpClient http, CancellationToken stop) =>
    {
        var found = 0;
        await Parallel.ForEachAsync(skus, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (sku, token) =>
        {
            using var session = StockSession.Open(http);
            var price = await session.FindAsync(sku, token); // EXM401
            if (price is not null) Interlocked.Increment(ref found);
        });

        return new Stock(found);
    });
}

public sealed record Stock(int Found);

/// <summary>The instances serve one operation at a time.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class NotConcurrencySafeAttribute : Attribute;

/// <summary>Refuses a second question before the first is answered, as a database context does.</summary>
[NotConcurrencySafe]
public sealed class StockSession : IDisposable
{
    private readonly HttpClient http;
    private int asked;

    private StockSession(HttpClient http) => this.http = http;

    public static StockSession Open(HttpClient http) => new(http);

    public async Task<Price?> FindAsync(string sku, CancellationToken stop)
    {
        if (Interlocked.Increment(ref asked) > 1) throw new InvalidOperationException("A second question was asked before the first one was answered.");
        var price = await http.GetFromJsonAsync<Price>($"prices/{sku}", stop);
        Interlocked.Decrement(ref asked);
        return price;
    }

    public void Dispose() => asked = int.MaxValue - 1;
}
