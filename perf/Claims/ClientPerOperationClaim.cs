using System.Net.NetworkInformation;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A client per request opens a connection per request and leaves its port behind; a shared one opens as many as it uses at once.</summary>
public sealed class ClientPerOperationClaim : Claim
{
    private const int Calls = 500;

    public override string Rule => "EXM307";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var before = new List<Seen>();
        var after = new List<Seen>();
        for (var round = 0; round < effort.Rounds; round++)
        {
            before.Add(await AskAsync(Side.Before));
            after.Add(await AskAsync(Side.After));
        }

        var scene = $"{Calls} requests in turn, one call to the service behind each";
        return
        [
            new(Rule, $"connections opened: {scene}", "", Clock.Sample(before, s => s.Opened), Clock.Sample(after, s => s.Opened), 0, "one is open already", Better.Lower),
            new(Rule, "ports that stay taken afterwards (TIME_WAIT)", "", Clock.Sample(before, s => s.Waiting), Clock.Sample(after, s => s.Waiting), 0, "none has to", Better.Lower),
            new(Rule, "time of one request", "ms", Clock.Sample(before, s => s.Time), Clock.Sample(after, s => s.Time), Clock.Sample(after, s => s.Bare), "a call over a connection that is open, twice: to the shop, and behind it", Better.Lower),
        ];
    }

    private static async Task<Seen> AskAsync(Side side)
    {
        await using var upstream = await SampleServer.StartUpstreamAsync(TimeSpan.Zero, connections: 64);
        await using var server = await SampleServer.StartAsync(side, upstream);
        for (var i = 0; i < 20; i++) await server.Http.GetStringAsync("price/sku-1");
        var warm = await upstream.StatisticsAsync();
        var port = new Uri(upstream.Address).Port;
        var waiting = Waiting(port);

        var time = await Clock.TimeAsync(async () =>
        {
            for (var i = 0; i < Calls; i++) await server.Http.GetStringAsync("price/sku-1");
        });
        double bare = await Clock.SampleAsync(50, warm: true, () => server.Http.GetStringAsync("health"));
        return new Seen((await upstream.StatisticsAsync()).Opened - warm.Opened, Waiting(port) - waiting, time / Calls, 2 * bare);
    }

    private static int Waiting(int port) =>
        IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Count(c => c.State == TcpState.TimeWait && (c.LocalEndPoint.Port == port || c.RemoteEndPoint.Port == port));

    private sealed record Seen(int Opened, int Waiting, double Time, double Bare);
}
