using Npgsql;

namespace Samples;

/// <summary>The stock report asks the database once per article, for all articles at once. Mapped where a connection string <c>Shop</c> is given.</summary>
public static class DatabaseFanOut
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/stock", async (NpgsqlDataSource shop, CancellationToken stop) =>
        {
            var articles = await ArticlesAsync(shop, stop);
            var stock = await Task.WhenAll(articles.Select(article => StockAsync(shop, article, stop))); // EXM301
            return new StockReport(stock.Length, stock.Sum());
        });
        routes.MapGet("/stock/{article}", (int article, NpgsqlDataSource shop, CancellationToken stop) => StockAsync(shop, article, stop));
    }

    private static async Task<List<int>> ArticlesAsync(NpgsqlDataSource shop, CancellationToken stop)
    {
        var articles = new List<int>();
        await using var command = shop.CreateCommand("select id from article order by id");
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop)) articles.Add(reader.GetInt32(0));
        return articles;
    }

    /// <summary>The query itself takes 10 ms: as long as one that reads a few pages from a disk.</summary>
    private static async Task<long> StockAsync(NpgsqlDataSource shop, int article, CancellationToken stop)
    {
        await using var command = shop.CreateCommand("select stock from article, pg_sleep(0.01) where id = $1");
        command.Parameters.AddWithValue(article);
        return (long)(await command.ExecuteScalarAsync(stop))!;
    }
}

public sealed record StockReport(int Articles, long Pieces);
