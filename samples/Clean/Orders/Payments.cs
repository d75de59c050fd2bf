using Npgsql;

namespace Samples.Orders;

/// <summary>One connection and one transaction carry one command at a time.</summary>
public sealed class Payments(NpgsqlDataSource database)
{
    public async Task TransferAsync(int from, int to, decimal amount, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using var take = new NpgsqlCommand("update accounts set balance = balance - $1 where id = $2", connection, transaction) { Parameters = { new() { Value = amount }, new() { Value = from } } };
        await using var give = new NpgsqlCommand("update accounts set balance = balance + $1 where id = $2", connection, transaction) { Parameters = { new() { Value = amount }, new() { Value = to } } };
        await take.ExecuteNonQueryAsync(stop);
        await give.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
    }

    public async Task<(long Count, decimal Sum)> TotalsAsync(CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await using var count = new NpgsqlCommand("select count(*) from payments", connection);
        await using var sum = new NpgsqlCommand("select sum(amount) from payments", connection);
        var rows = (long)(await count.ExecuteScalarAsync(stop))!;
        var total = (decimal)(await sum.ExecuteScalarAsync(stop))!;
        return (rows, total);
    }

    public async Task<List<decimal>> ReadAsync(CancellationToken stop)
    {
        var amounts = new List<decimal>();
        await using var command = database.CreateCommand("select amount from payments");
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) amounts.Add(await reader.GetFieldValueAsync<decimal>(0, stop));
        return amounts;
    }
}
