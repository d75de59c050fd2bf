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
            Parallel.ForEach(skus, sku => // EXM106
            {
                using var answer = http.Send(new HttpRequestMessage(HttpMethod.Get, $"prices/{sku}"));
                if (answer.IsSuccessStatusCode) Interlocked.Increment(ref known);
            });
            return new Known(skus.Length, known);
        });
    }
}

public sealed record Known(int Asked, int Found);
