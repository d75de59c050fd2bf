using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ExecutionModel.Perf.Running;

public sealed class Order
{
    public int Id { get; set; }
    public required string Title { get; set; }
}

public sealed class Orders(DbContextOptions<Orders> options) : DbContext(options)
{
    public DbSet<Order> All => Set<Order>();
}

/// <summary>Orders in memory, behind a network that is not there: each command waits for the round trip that a server would cost.</summary>
public sealed class OrderDatabase : IAsyncDisposable
{
    private readonly SqliteConnection connection = new("Data Source=:memory:");
    private readonly DbContextOptions<Orders> options;

    private OrderDatabase(TimeSpan roundTrip) =>
        options = new DbContextOptionsBuilder<Orders>().UseSqlite(connection).AddInterceptors(new Network(roundTrip)).Options;

    public static async Task<OrderDatabase> CreateAsync(int count, TimeSpan roundTrip)
    {
        var database = new OrderDatabase(roundTrip);
        await database.connection.OpenAsync();
        await using var orders = database.Open();
        await orders.Database.EnsureCreatedAsync();
        orders.All.AddRange(Enumerable.Range(1, count).Select(i => new Order { Id = i, Title = $"order {i}" }));
        await orders.SaveChangesAsync();
        return database;
    }

    public Orders Open() => new(options);

    public ValueTask DisposeAsync() => connection.DisposeAsync();

    private sealed class Network(TimeSpan roundTrip) : DbCommandInterceptor
    {
        public override async ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
        {
            await Task.Delay(roundTrip, cancellationToken);
            return result;
        }
    }
}
