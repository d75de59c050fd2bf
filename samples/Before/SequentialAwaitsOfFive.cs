namespace Samples;

/// <summary>What a customer sees before a trip: five services, asked one after the other.</summary>
public static class SequentialAwaitsOfFive
{
    public static void Map(IEndpointRouteBuilder routes) => routes.MapGet("/trip/{id:int}", TripAsync);

    private static async Task<Trip> TripAsync(int id, HttpClient http, CancellationToken stop)
    {
        var user = await http.GetFromJsonAsync<User>($"users/{id}", stop); // EXM101
        var orders = await http.GetFromJsonAsync<Order[]>($"orders/{id}", stop);
        var weather = await http.GetFromJsonAsync<Weather>("weather/Oslo", stop);
        var station = await http.GetStringAsync("stations/1", stop);
        var ticket = await http.GetFromJsonAsync<Price>("prices/ticket", stop);

        return new Trip(user!.Name, orders!.Length, weather!.Degrees, station, ticket!.Amount);
    }
}

public sealed record Trip(string User, int Orders, int Degrees, string Station, decimal Ticket);
