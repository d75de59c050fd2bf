using Samples;

// dotnet run                 the shop API and its own upstream services, both on free ports of 127.0.0.1
// dotnet run -- upstream     the upstream services alone; then: dotnet run -- --upstream http://127.0.0.1:<port>
// dotnet run -- seal         seals the day's reports
if (args is ["upstream", .. var rest])
{
    await using var services = await Upstream.StartAsync(new ConfigurationBuilder().AddCommandLine(rest).Build());
    Console.WriteLine($"upstream {services.Address} statistics {services.StatisticsAddress}");
    await services.Stopped;
    return;
}

if (args is ["seal"])
{
    await SealReportsAsync();
    return;
}

await using var app = await App.StartAsync(args);
Console.WriteLine($"listening {app.Urls.First()}");
await app.WaitForShutdownAsync();
