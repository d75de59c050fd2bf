using System.Text;

namespace ExecutionModel.Perf.Analysis.Inputs;

/// <summary>
/// A web project full of awaits, the same for the same numbers: controllers, services, repositories and workers, sixteen methods to a class, over HTTP, EF Core,
/// files and each other. What a method awaits goes round: calls, queries, loops, fan-outs. In most methods each needs the last one's answer; in the first of a class
/// they do not, and rules have something to say: as seldom as in real code, because the driver binds a body once more to look up whether a finding in it is suppressed.
/// </summary>
internal static class GeneratedProject
{
    private const int MethodsOfClass = 16;

    private static readonly string[] Kinds = ["Controller", "Service", "Repository", "Worker"];

    public static IEnumerable<(string Path, string Text)> Of(int methods, int awaits)
    {
        yield return ("Shop.cs", Shop);
        for (var first = 0; first < methods; first += MethodsOfClass)
        {
            var number = first / MethodsOfClass;
            yield return ($"{Kinds[number % Kinds.Length]}{number}.cs", Class(number, Math.Min(MethodsOfClass, methods - first), awaits));
        }
    }

    private static string Class(int number, int methods, int awaits)
    {
        var name = $"{Kinds[number % Kinds.Length]}{number}";
        var code = new StringBuilder();
        code.Append($$"""
            using Microsoft.EntityFrameworkCore;

            namespace Generated;

            public interface I{{name}}
            {
                Task<int> Work0Async(int id, IReadOnlyList<int> ids, CancellationToken stop);
            }

            public sealed class {{name}}(HttpClient http, ShopContext shop, IPrices prices, ILedger ledger) : I{{name}}
            {
                private readonly Dictionary<int, string> names = [];
                private readonly Lock gate = new();
                private int calls;

                public string NameOf(int id)
                {
                    lock (gate)
                    {
                        calls++;
                        return names.TryGetValue(id, out var name) ? name : names[id] = "n" + id;
                    }
                }

                private static int Score(IReadOnlyList<int> ids)
                {
                    var score = 0;
                    for (var i = 0; i < ids.Count; i++) score = (score * 31 + ids[i]) % 10_007;
                    return score;
                }

            """);
        for (var method = 0; method < methods; method++) Method(code, method, awaits);
        return code.Append("}\n").ToString();
    }

    private static void Method(StringBuilder code, int method, int awaits)
    {
        code.Append($$"""

                public async Task<int> Work{{method}}Async(int id, IReadOnlyList<int> ids, CancellationToken stop)
                {
                    if (id < 0) throw new ArgumentOutOfRangeException(nameof(id));
                    var total = Score(ids) + NameOf(id).Length;

            """);
        for (var i = 0; i < awaits; i++) code.Append(Await(method + i, i, method == 0 ? "id" : "total"));
        code.Append("""
                    return total;
                }

            """);
    }

    private static string Await(int kind, int i, string needed) => (kind % 12) switch
    {
        0 or 1 or 2 => $$"""
                    var page{{i}} = await http.GetStringAsync($"/pages/{{{needed}}}/{{i}}", stop);
                    total += page{{i}}.Length;

            """,
        3 => $$"""
                    total += await prices.OfAsync(total, stop);

            """,
        4 => $$"""
                    var order{{i}} = await shop.Orders.FirstOrDefaultAsync(o => o.Id == {{needed}} + {{i}}, stop);
                    if (order{{i}} is not null) total += order{{i}}.Lines.Count;

            """,
        5 => $$"""
                    var open{{i}} = await shop.Orders.Where(o => o.Customer == {{needed}} && !o.Paid).Select(o => o.Total).ToListAsync(stop);
                    total += open{{i}}.Sum();

            """,
        6 => $$"""
                    foreach (var one in ids)
                    {
                        total += await prices.OfAsync(one + {{needed}}, stop);
                    }

            """,
        7 => $$"""
                    var all{{i}} = await Task.WhenAll(ids.Take(8).Select(one => http.GetStringAsync($"/parts/{one}", stop)));
                    total += all{{i}}.Sum(a => a.Length);

            """,
        8 => $$"""
                    try
                    {
                        await ledger.WriteAsync(id, total, stop);
                    }
                    catch (HttpRequestException) when (total < {{i}})
                    {
                        total = 0;
                    }

            """,
        9 => $$"""
                    var text{{i}} = await File.ReadAllTextAsync($"/data/{{{needed}}}-{{i}}.txt", stop).ConfigureAwait(false);
                    total += text{{i}}.Split(',').Count(t => t.Length > {{i}});

            """,
        10 => $$"""
                    shop.Add(new Order { Customer = id, Total = total });
                    await shop.SaveChangesAsync(stop);

            """,
        _ => $$"""
                    using (var answer{{i}} = await http.PostAsync($"/orders/{id}", new StringContent($"{total}"), stop))
                    {
                        if (answer{{i}}.IsSuccessStatusCode) total += {{i}};
                    }

            """,
    };

    private const string Shop = """
        using Microsoft.EntityFrameworkCore;

        namespace Generated;

        public sealed class Order
        {
            public int Id { get; set; }
            public int Customer { get; set; }
            public int Total { get; set; }
            public bool Paid { get; set; }
            public List<int> Lines { get; } = [];
        }

        public sealed class ShopContext(DbContextOptions<ShopContext> options) : DbContext(options)
        {
            public DbSet<Order> Orders => Set<Order>();
        }

        public interface IPrices
        {
            Task<int> OfAsync(int id, CancellationToken stop);
        }

        public interface ILedger
        {
            Task WriteAsync(int id, int total, CancellationToken stop);
        }

        public sealed class Prices(HttpClient http) : IPrices
        {
            public async Task<int> OfAsync(int id, CancellationToken stop) => (await http.GetStringAsync($"/prices/{id}", stop)).Length;
        }

        public sealed class Ledger(ShopContext shop) : ILedger
        {
            public async Task WriteAsync(int id, int total, CancellationToken stop)
            {
                shop.Add(new Order { Customer = id, Total = total });
                await shop.SaveChangesAsync(stop);
            }
        }

        """;
}
