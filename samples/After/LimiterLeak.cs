namespace Samples;

/// <summary>Four packing slips are printed at a time; one whose customer can't be found takes its place along.</summary>
public static class LimiterLeak
{
    private static readonly SemaphoreSlim Desk = new(4);

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/slip/{id}", async (string id, HttpClient http, CancellationToken stop) =>
        {
            await Desk.WaitAsync(stop); // EXM306
            try
            {
                var user = await http.GetFromJsonAsync<User>($"users/{id}", stop);
                return $"{user!.Name}, {user.City}";
            }
            finally
            {
                Desk.Release();
            }
        });
    }
}
