namespace Samples;

/// <summary>Adds up the size of the price tags that a shelf needs, twenty at a time.</summary>
public static class LostUpdate
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost("/shelf", async (string[] skus, HttpClient http, CancellationToken stop) =>
    {
        var tags = 0;
        var characters = 0;
        await Parallel.ForEachAsync(skus, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (sku, token) =>
        {
            var added = (await http.GetStringAsync($"prices/{sku}", token)).Length;
            Interlocked.Add(ref characters, added); // EXM403
            Interlocked.Increment(ref tags); // EXM403
        });

        return new Shelf(tags, characters);
    });
}

public sealed record Shelf(int Tags, int Characters);
