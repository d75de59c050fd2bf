using Microsoft.EntityFrameworkCore;

namespace Samples.Orders;

public interface IEventBus
{
    Task PublishAsync(string message, CancellationToken stop);
}

public sealed class EventBus(HttpClient http) : IEventBus
{
    public async Task PublishAsync(string message, CancellationToken stop)
    {
        using var answer = await http.PostAsJsonAsync("events", message, stop);
        answer.EnsureSuccessStatusCode();
    }
}

/// <summary>Each step stands on the one before it: check, save, publish, mail.</summary>
public sealed class Checkout(ShopContext shop, IEventBus bus, HttpClient http, ILogger<Checkout> log)
{
    public async Task<bool> PlaceAsync(int customerId, decimal total, CancellationToken stop)
    {
        var customer = await shop.Customers.SingleAsync(c => c.Id == customerId, stop);
        if (customer.Credit < total) return false;

        var order = new Order { CustomerId = customerId, Total = total };
        customer.Credit -= total;
        shop.Orders.Add(order);
        await shop.SaveChangesAsync(stop);
        await bus.PublishAsync($"order {order.Id} placed", stop);
        log.LogInformation("Order {Order} placed", order.Id);
        await http.PostAsJsonAsync("mails", new { customer.Mail, order.Id }, stop);
        return true;
    }

    /// <summary>Nothing is read before the caller is known to be allowed to.</summary>
    public async Task<string> InvoiceAsync(int order, CancellationToken stop)
    {
        await EnsureMayReadAsync(order, stop);
        return await http.GetStringAsync($"invoices/{order}", stop);
    }

    private async Task EnsureMayReadAsync(int order, CancellationToken stop)
    {
        using var answer = await http.GetAsync($"rights/{order}", stop);
        if (!answer.IsSuccessStatusCode) throw new UnauthorizedAccessException();
    }
}

/// <summary>Sends what the transaction left behind: in order, one by one, each marked before the next.</summary>
public sealed class OutboxSender(IServiceScopeFactory scopes, IEventBus bus) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(5));
        while (await timer.WaitForNextTickAsync(stop))
        {
            await using var scope = scopes.CreateAsyncScope();
            var shop = scope.ServiceProvider.GetRequiredService<ShopContext>();
            foreach (var message in await shop.Outbox.Where(m => m.SentAt == null).OrderBy(m => m.Id).Take(100).ToListAsync(stop))
            {
                await bus.PublishAsync(message.Body, stop);
                message.SentAt = DateTimeOffset.UtcNow;
                await shop.SaveChangesAsync(stop);
            }
        }
    }
}
