using Microsoft.EntityFrameworkCore;

namespace Samples.Orders;

public interface ICustomerRepository
{
    Task<Customer?> FindAsync(int id, CancellationToken stop);
}

public interface IOrderRepository
{
    Task<List<Order>> ListAsync(int customer, CancellationToken stop);
    Task<int> CountAsync(int customer, CancellationToken stop);
}

public sealed class CustomerRepository(ShopContext shop) : ICustomerRepository
{
    public Task<Customer?> FindAsync(int id, CancellationToken stop) => shop.Customers.SingleOrDefaultAsync(c => c.Id == id, stop);
}

public sealed class OrderRepository(ShopContext shop) : IOrderRepository
{
    public Task<List<Order>> ListAsync(int customer, CancellationToken stop) => shop.Orders.Where(o => o.CustomerId == customer).ToListAsync(stop);

    public Task<int> CountAsync(int customer, CancellationToken stop) => shop.Orders.CountAsync(o => o.CustomerId == customer, stop);
}

/// <summary>Two repositories look independent, but one scope gives both the same context, and a context runs one query at a time.</summary>
public sealed class CustomerOverview(ICustomerRepository customers, IOrderRepository orders)
{
    public async Task<(Customer? Customer, List<Order> Orders, int Count)> LoadAsync(int id, CancellationToken stop)
    {
        var customer = await customers.FindAsync(id, stop);
        var list = await orders.ListAsync(id, stop);
        var count = await orders.CountAsync(id, stop);
        return (customer, list, count);
    }
}

/// <summary>The same on the context itself.</summary>
public sealed class SalesReport(ShopContext shop)
{
    public async Task<(int Customers, int Open, decimal Turnover)> ReadAsync(CancellationToken stop)
    {
        var customers = await shop.Customers.CountAsync(stop);
        var open = await shop.Orders.CountAsync(o => !o.Paid, stop);
        var turnover = await shop.Orders.SumAsync(o => o.Total, stop);
        return (customers, open, turnover);
    }
}
