using System.Threading.Channels;

namespace Samples;

/// <summary>Takes log entries faster than they are stored.</summary>
public static class UnboundedQueue
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/journal", async (HttpRequest request, Journal journal, CancellationToken stop) =>
        {
            using var text = new StreamReader(request.Body);
            await journal.AddAsync(await text.ReadToEndAsync(stop), stop);
            return "taken";
        });
        routes.MapGet("/journal", (Journal journal) => new JournalState(journal.Waiting, GC.GetTotalMemory(forceFullCollection: true)));
    }
}

/// <summary>Stores entries one after the other.</summary>
public sealed class Journal : BackgroundService
{
    private readonly Channel<string> entries = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.Wait }); // EXM304

    public int Waiting => entries.Reader.Count;

    public async Task AddAsync(string entry, CancellationToken stop) => await entries.Writer.WriteAsync(entry, stop);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await foreach (var entry in entries.Reader.ReadAllAsync(stoppingToken))
        {
            await Task.Delay(5, stoppingToken); // the disk
        }
    }
}

public sealed record JournalState(int Waiting, long Memory);
