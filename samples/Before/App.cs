using Npgsql;

namespace Samples;

/// <summary>The shop API: every rule's sample adds its own endpoints.</summary>
public static class App
{
    /// <summary>
    /// Starts the API on <c>--urls</c> (a free port of 127.0.0.1 by default). <c>--upstream</c> names the services behind it; without it they start in this
    /// process. <c>--refresh false</c> leaves the background worker out. <c>--ConnectionStrings:Shop</c> names a PostgreSQL database with articles.
    /// </summary>
    public static async Task<WebApplication> StartAsync(string[] args)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        if (builder.Configuration["urls"] is null) builder.WebHost.UseUrls("http://127.0.0.1:0");

        var upstream = builder.Configuration["upstream"] ?? await OwnUpstreamAsync(builder);
        builder.Configuration["upstream"] = upstream;
        builder.Services.AddSingleton(new HttpClient { BaseAddress = new Uri(upstream) });
        builder.Services.AddSingleton<PriceBoard>();
        builder.Services.AddSingleton<PriceShelf>();
        builder.Services.AddSingleton<Journal>();
        builder.Services.AddHostedService(services => services.GetRequiredService<Journal>());
        if (builder.Configuration.GetValue("refresh", true)) builder.Services.AddHostedService<PriceRefresh>();

        var shop = builder.Configuration.GetConnectionString("Shop");
        if (shop is not null) builder.Services.AddSingleton(_ => NpgsqlDataSource.Create(shop));

        var app = builder.Build();
        app.MapGet("/health", () => "ok");
        app.MapGet("/ready", async (HttpClient http, CancellationToken stop) => $"ok, and so is {(await http.GetFromJsonAsync<Price>("prices/ready", stop))!.Sku}");
        SequentialAwaits.Map(app);
        BlockingOnTask.Map(app);
        CpuWorkOnAsyncPath.Map(app);
        ComputeBeforeWait.Map(app);
        BlockingIo.Map(app);
        BlockingWait.Map(app);
        UnboundedFanOut.Map(app);
        UnboundedFireAndForget.Map(app);
        LimiterPerOperation.Map(app);
        LimiterLeak.Map(app);
        AsyncVoidBody.Map(app);
        SequentialLoop.Map(app);
        UnjoinedTasks.Map(app);
        ThreadPerIo.Map(app);
        LostUpdate.Map(app);
        ClientPerOperation.Map(app);
        SharedUnsafeService.Map(app);
        if (shop is not null) DatabaseFanOut.Map(app);
        UnboundedQueue.Map(app);
        await app.StartAsync();
        return app;
    }

    private static async Task<string> OwnUpstreamAsync(WebApplicationBuilder builder)
    {
        var services = await Upstream.StartAsync(builder.Configuration);
        builder.Services.AddSingleton(_ => services); // the container disposes what its factories return
        return services.Address;
    }
}
