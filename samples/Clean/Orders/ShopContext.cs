using Microsoft.EntityFrameworkCore;

namespace Samples.Orders;

public sealed class Customer
{
    public int Id { get; init; }
    public required string Name { get; init; }
    public required string Mail { get; init; }
    public decimal Credit { get; set; }
}

public sealed class Order
{
    public int Id { get; init; }
    public int CustomerId { get; init; }
    public decimal Total { get; init; }
    public bool Paid { get; set; }
}

public sealed class OutboxMessage
{
    public long Id { get; init; }
    public required string Body { get; init; }
    public DateTimeOffset? SentAt { get; set; }
}

public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
{
    public DbSet<Customer> Customers => Set<Customer>();
    public DbSet<Order> Orders => Set<Order>();
    public DbSet<OutboxMessage> Outbox => Set<OutboxMessage>();
}
