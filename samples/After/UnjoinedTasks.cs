namespace Samples;

/// <summary>Asks two services at once; where the first one fails, the request is over while the second call still runs.</summary>
public static class UnjoinedTasks
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/greeting/{id}", async (string id, HttpClient http, CancellationToken stop) =>
        {
            var user = http.GetFromJsonAsync<User>($"users/{id}", stop);
            var weather = http.GetFromJsonAsync<Weather>("weather/Oslo", stop);
            await Task.WhenAll(user, weather);
            var who = await user; // EXM108
            if (who is null) return Results.NotFound();

            return Results.Ok(new Greeting(who.Name, (await weather)!.Degrees));
        });
    }
}

public sealed record Greeting(string To, int Degrees);
