using Microsoft.EntityFrameworkCore;
using Samples.Orders;

namespace Samples.Accounts;

/// <summary>A generic repository and a unit of work: the context is three constructors away from the call.</summary>
public interface IRepository<T> where T : class
{
    Task<T?> FindAsync(int id, CancellationToken stop);
    Task<List<T>> ListAsync(CancellationToken stop);
}

public sealed class Repository<T>(ShopContext shop) : IRepository<T> where T : class
{
    public async Task<T?> FindAsync(int id, CancellationToken stop) => await shop.FindAsync<T>([id], stop);

    public Task<List<T>> ListAsync(CancellationToken stop) => shop.Set<T>().ToListAsync(stop);
}

public interface IUnitOfWork
{
    IRepository<Customer> Customers { get; }
    IRepository<Order> Orders { get; }
    Task<int> CommitAsync(CancellationToken stop);
}

public sealed class UnitOfWork(ShopContext shop) : IUnitOfWork
{
    public IRepository<Customer> Customers { get; } = new Repository<Customer>(shop);
    public IRepository<Order> Orders { get; } = new Repository<Order>(shop);

    public Task<int> CommitAsync(CancellationToken stop) => shop.SaveChangesAsync(stop);
}

public interface IMemberDirectory
{
    Task<Customer?> GetAsync(int id, CancellationToken stop);
}

public interface IMemberHistory
{
    Task<List<Order>> GetAsync(int id, CancellationToken stop);
}

public sealed class MemberDirectory(IRepository<Customer> customers) : IMemberDirectory
{
    public Task<Customer?> GetAsync(int id, CancellationToken stop) => customers.FindAsync(id, stop);
}

public sealed class MemberHistory(IUnitOfWork work) : IMemberHistory
{
    public async Task<List<Order>> GetAsync(int id, CancellationToken stop)
    {
        var all = await work.Orders.ListAsync(stop);
        return all.Where(o => o.CustomerId == id).ToList();
    }
}

/// <summary>Two services by name, one context by construction.</summary>
public sealed class MemberPage(IMemberDirectory directory, IMemberHistory history, IUnitOfWork work)
{
    public async Task<(Customer?, List<Order>)> LoadAsync(int id, CancellationToken stop)
    {
        var member = await directory.GetAsync(id, stop);
        var orders = await history.GetAsync(id, stop);
        return (member, orders);
    }

    public async Task<int> CountAsync(CancellationToken stop)
    {
        var customers = await work.Customers.ListAsync(stop);
        var orders = await work.Orders.ListAsync(stop);
        return customers.Count + orders.Count;
    }
}

/// <summary>The look-up needs the list, and every turn works on the list's context.</summary>
public sealed class Enrichment(ShopContext shop, HttpClient http)
{
    public async Task<int> RunAsync(CancellationToken stop)
    {
        var customers = await shop.Customers.ToListAsync(stop);
        var mails = await http.GetFromJsonAsync<Dictionary<int, string>>($"mails?of={string.Join(',', customers.Select(c => c.Id))}", stop);
        foreach (var customer in customers)
        {
            if (!mails!.TryGetValue(customer.Id, out var mail) || mail == customer.Mail) continue;
            shop.Remove(customer);
        }

        await shop.SaveChangesAsync(stop);

        return await shop.Customers.CountAsync(stop);
    }
}
