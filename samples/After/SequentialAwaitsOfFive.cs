namespace Samples;

/// <summary>What a customer sees before a trip: five services, asked one after the other.</summary>
public static class SequentialAwaitsOfFive
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/trip/{id:int}", TripAsync);

    private static async Task<Trip> TripAsync(int id, HttpClient http, CancellationToken stop)
    {
        var userTask = http.GetFromJsonAsync<User>($"users/{id}", stop);
        var ordersTask = http.GetFromJsonAsync<Order[]>($"orders/{id}", stop);
        var weatherTask = http.GetFromJsonAsync<Weather>("weather/Oslo", stop);
        var stationTask = http.GetStringAsync("stations/1", stop);
        var ticketTask = http.GetFromJsonAsync<Price>("prices/ticket", stop);
        await Task.WhenAll(userTask, ordersTask, weatherTask, stationTask, ticketTask);
        var user = await userTask; // EXM101
        var orders = await ordersTask;
        var weather = await weatherTask;
        var station = await stationTask;
        var ticket = await ticketTask;

        return new Trip(user!.Name, orders!.Length, weather!.Degrees, station, ticket!.Amount);
    }
}

public sealed record Trip(string User, int Orders, int Degrees, string Station, decimal Ticket);
