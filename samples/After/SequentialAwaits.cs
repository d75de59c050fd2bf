namespace Samples;

/// <summary>The dashboard asks three services that know nothing of each other.</summary>
public static class SequentialAwaits
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/dashboard/{id:int}", DashboardAsync);
        SequentialAwaitsOfFive.Map(routes);
        SequentialAwaitsOfFifty.Map(routes);
    }

    private static async Task<Dashboard> DashboardAsync(int id, HttpClient http, CancellationToken stop)
    {
        var userTask = http.GetFromJsonAsync<User>($"users/{id}", stop);
        var ordersTask = http.GetFromJsonAsync<Order[]>($"orders/{id}", stop);
        var weatherTask = http.GetFromJsonAsync<Weather>("weather/Oslo", stop);
        await Task.WhenAll(userTask, ordersTask, weatherTask);
        var user = await userTask; // EXM101
        var orders = await ordersTask;
        var weather = await weatherTask;

        return new Dashboard(user!.Name, orders!.Sum(o => o.Total), weather!.Degrees);
    }
}

public sealed record Dashboard(string User, decimal Ordered, int Degrees);
