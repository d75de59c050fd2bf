namespace Samples;

/// <summary>Looks up which articles there are, with one thread for each call that is under way.</summary>
public static class ThreadPerIo
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/known", async (HttpRequest request, HttpClient http, CancellationToken stop) =>
        {
            var skus = await request.ReadFromJsonAsync<string[]>(stop) ?? [];
            var known = 0;
            await Parallel.ForEachAsync(skus, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (sku, _) => // EXM106
            {
                using var answer = await http.SendAsync(new HttpRequestMessage(HttpMethod.Get, $"prices/{sku}"), stop);
                if (answer.IsSuccessStatusCode) Interlocked.Increment(ref known);
            });
            return new Known(skus.Length, known);
        });
    }
}

public sealed record Known(int Asked, int Found);
