using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Samples;

/// <summary>
/// The services behind the shop, in one small server: each answer takes <c>--latency</c> milliseconds, and connections beyond <c>--connections</c> are closed
/// at once, as a loaded server or its proxy does. What it served and refused stands on a port of its own, which the limit does not touch.
/// </summary>
public sealed class Upstream : IAsyncDisposable
{
    private readonly WebApplication server;
    private readonly int limit;
    private int open;
    private int opened;
    private int inFlight;
    private int peak;
    private int served;
    private int refused;

    private Upstream(IConfiguration settings)
    {
        limit = settings.GetValue("connections", 64);
        var latency = TimeSpan.FromMilliseconds(settings.GetValue("latency", 50));
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(IPAddress.Loopback, 0, listen => listen.Use(Admit));
            kestrel.Listen(IPAddress.Loopback, 0);
        });
        server = builder.Build();

        var services = server.MapGroup("").AddEndpointFilter(async (context, next) =>
        {
            Count();
            await Task.Delay(latency, context.HttpContext.RequestAborted);
            Interlocked.Decrement(ref inFlight);
            Interlocked.Increment(ref served);
            return await next(context);
        });
        services.MapGet("/users/{id:int}", (int id) => new User(id, $"User {id}", "Oslo"));
        services.MapGet("/orders/{id:int}", (int id) => new[] { new Order(id * 10, 12.50m), new Order(id * 10 + 1, 99.00m) });
        services.MapGet("/weather/{city}", (string city) => new Weather(city, city.Length));
        services.MapGet("/stations/{id:int}", (int id) => $"{id * 7 % 40}");
        services.MapGet("/prices/{sku}", (string sku) => new Price(sku, sku.Sum(c => c) / 10m));
        server.MapGet("/statistics", () => new UpstreamStatistics(served, refused, peak, inFlight, opened));
    }

    public string Address => server.Urls.First();

    public string StatisticsAddress => server.Urls.Last();

    public Task Stopped => server.WaitForShutdownAsync();

    public static async Task<Upstream> StartAsync(IConfiguration settings)
    {
        var upstream = new Upstream(settings);
        await upstream.server.StartAsync();
        return upstream;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    private ConnectionDelegate Admit(ConnectionDelegate next) => async connection =>
    {
        Interlocked.Increment(ref opened);
        try
        {
            if (Interlocked.Increment(ref open) <= limit)
            {
                await next(connection);
                return;
            }

            Interlocked.Increment(ref refused);
            connection.Abort();
        }
        finally
        {
            Interlocked.Decrement(ref open);
        }
    };

    private void Count()
    {
        var now = Interlocked.Increment(ref inFlight);
        for (var seen = peak; now > seen && Interlocked.CompareExchange(ref peak, now, seen) != seen; seen = peak)
        {
        }
    }
}

public sealed record User(int Id, string Name, string City);

public sealed record Order(int Id, decimal Total);

public sealed record Weather(string City, int Degrees);

public sealed record Price(string Sku, decimal Amount);

public sealed record UpstreamStatistics(int Served, int Refused, int PeakInFlight, int InFlight, int Opened);
