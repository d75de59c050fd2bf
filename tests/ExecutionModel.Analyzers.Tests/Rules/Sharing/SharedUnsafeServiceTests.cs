using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Sharing.SharedUnsafeService.SharedUnsafeServiceAnalyzer, ExecutionModel.Analyzers.Rules.Sharing.SharedUnsafeService.SharedUnsafeServiceCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Sharing;

/// <summary>EXM401: what serves one operation at a time, under several.</summary>
public sealed class SharedUnsafeServiceTests
{
    private const string Shop = """
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using System.Data.Common;

        public sealed class Order { public int Id { get; set; } }

        public sealed class User { public int Id { get; set; } }

        public sealed class Shop(DbContextOptions<Shop> options) : DbContext(options)
        {
            public DbSet<Order> Orders => Set<Order>();
            public DbSet<User> Users => Set<User>();
        }

        """;

    private static string Body(string members, string more = "") =>
        Shop + "public sealed class Sample(Shop shop, IDbContextFactory<Shop> shops, DbConnection connection, HttpClient http)\n{\n    private readonly Shop kept = shop;\n" + members + "\n}\n" + more;

    private static Task Reports(string members, string more = "") => Verify.Analyzer(Body(members, more));

    private static Task Suggestion(string members, string more) => Verify.Suggestion(Body(members, more));

    private static Task Silent(string members, string more = "") => Verify.Analyzer(Body(members, more));

    // Objects that every call moves on, on threads

    private static string Serial(string statement) => $$"""
        using System.Security.Cryptography;
        using System.Text.Json;
        using System.Xml;

        public sealed class Sample
        {
            private readonly HashAlgorithm hash = MD5.Create();

            public void Run(byte[][] blobs, Utf8JsonWriter json, XmlWriter xml, Random random, object gate, ThreadLocal<SHA256> own)
            {
                {{statement}}
            }
        }
        """;

    [Theory]
    [InlineData("using var sha = SHA256.Create(); Parallel.ForEach(blobs, blob => { Console.WriteLine([|sha.ComputeHash(blob)|]); });")]
    [InlineData("Parallel.ForEach(blobs, blob => { Console.WriteLine([|hash.ComputeHash(blob)|]); });")]
    [InlineData("Parallel.ForEach(blobs, blob => { [|json.WriteNumberValue(blob.Length)|]; });")]
    [InlineData("Parallel.ForEach(blobs, blob => { [|xml.WriteString(blob.ToString())|]; });")]
    [InlineData("var hashes = blobs.AsParallel().Select(blob => [|hash.ComputeHash(blob)|]).ToArray();")]
    [InlineData("Task.WaitAll(blobs.Select(blob => Task.Run(() => [|hash.ComputeHash(blob)|])).ToArray());")]
    public Task Serial_Reports(string statement) => Verify.Analyzer(Serial(statement));

    [Theory]
    [InlineData("Parallel.ForEach(blobs, blob => { using var sha = SHA256.Create(); Console.WriteLine(sha.ComputeHash(blob)); });")]
    [InlineData("Parallel.ForEach(blobs, blob => { Console.WriteLine(SHA256.HashData(blob)); });")]
    [InlineData("Parallel.ForEach(blobs, blob => { Console.WriteLine(own.Value!.ComputeHash(blob)); });")]
    [InlineData("Parallel.ForEach(blobs, blob => { lock (gate) Console.WriteLine(hash.ComputeHash(blob)); });")]
    [InlineData("Parallel.ForEach(blobs, () => MD5.Create(), (blob, _, mine) => { mine.ComputeHash(blob); return mine; }, mine => mine.Dispose());")]
    [InlineData("foreach (var blob in blobs) hash.ComputeHash(blob);")]
    [InlineData("Task.Run(() => hash.ComputeHash(blobs[0])).Wait();")]
    [InlineData("Parallel.ForEach(blobs, blob => { Console.WriteLine(random.Next()); });")] // from .NET 6 on it repeats numbers at worst
    [InlineData("Parallel.ForEach(blobs, blob => { Console.WriteLine(Random.Shared.Next()); });")]
    [InlineData("Parallel.ForEach(blobs, blob => { Console.WriteLine(hash.HashSize); });")]
    public Task SerialOfItsOwn_IsSilent(string statement) => Verify.Analyzer(Serial(statement));

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { Console.WriteLine([|random.Next(item)|]); });")]
    [InlineData("var all = items.AsParallel().Select(item => [|random.NextDouble()|]).ToArray();")]
    public Task RandomBeforeNet6_Reports(string statement) => Verify.Analyzer(OldRandom(statement), TestSettings.Default with { References = References.NetStandard20 });

    [Theory]
    [InlineData("Parallel.ForEach(items, item => { var own = new Random(item); Console.WriteLine(own.Next(item)); });")]
    [InlineData("Parallel.ForEach(items, item => { lock (random) Console.WriteLine(random.Next(item)); });")]
    public Task RandomBeforeNet6_OfItsOwn_IsSilent(string statement) => Verify.Analyzer(OldRandom(statement), TestSettings.Default with { References = References.NetStandard20 });

    private static string OldRandom(string statement) => $$"""
        public sealed class Sample
        {
            private readonly Random random = new Random();

            public void Run(int[] items)
            {
                {{statement}}
            }
        }
        """;

    // Two operations

    [Theory]
    [InlineData("shop.Orders.CountAsync()", "shop.Users.CountAsync()")]
    [InlineData("kept.Orders.Where(o => o.Id > 1).CountAsync()", "kept.Users.AsNoTracking().CountAsync()")]
    [InlineData("shop.SaveChangesAsync()", "shop.Set<User>().CountAsync()")]
    [InlineData("connection.ExecuteScalarAsync<int>(\"a\")", "connection.ExecuteScalarAsync<int>(\"b\")")]
    public async Task TwoOnOne_Reports(string first, string second)
    {
        await Reports($$"""
                public async Task<int> RunAsync()
                {
                    var a = {{first}};
                    var b = [|{{second}}|];
                    await Task.WhenAll(a, b);
                    return await a + await b;
                }
            """);
        await Reports($$"""
                public async Task RunAsync() => await Task.WhenAll({{first}}, [|{{second}}|]);
            """);
        await Reports($$"""
                public async Task<int> RunAsync()
                {
                    var a = {{first}};
                    var b = [|{{second}}|];
                    return await a + await b;
                }
            """);
    }

    [Fact]
    public Task Message_NamesBoth() => Verify.Analyzer(
        Body("""
                public async Task RunAsync() => await Task.WhenAll({|#1:shop.Orders.CountAsync()|}, {|#0:shop.Users.ToListAsync()|});
            """),
        Verify.Diagnostic().WithLocation(0).WithPartners(1).WithMessage("'ToListAsync' uses 'shop' while 'CountAsync' may still be running on it, and 'Shop' takes one operation at a time: await one before the other, or give each its own"));

    /// <summary>One mistake is reported once, with the places of all that take part in it.</summary>
    [Fact]
    public Task ManyOnOne_IsOneReport() => Verify.Analyzer(
        Body("""
                public async Task RunAsync() => await Task.WhenAll({|#1:shop.Orders.CountAsync()|}, {|#0:shop.Users.CountAsync()|}, http.GetStringAsync("a"), {|#2:shop.SaveChangesAsync()|}, {|#3:shop.Orders.ToListAsync()|});
            """),
        Verify.Diagnostic().WithLocation(0).WithPartners(1, 2, 3).WithMessage("'CountAsync' and 2 more use 'shop' while 'CountAsync' may still be running on it, and 'Shop' takes one operation at a time: await one before the other, or give each its own"));

    [Fact]
    public Task TwoContexts_AreTwoReports() => Reports("""
            public async Task RunAsync()
            {
                await using var own = await shops.CreateDbContextAsync();
                await Task.WhenAll(own.Orders.CountAsync(), [|own.Users.CountAsync()|], shop.Orders.CountAsync(), [|shop.Users.CountAsync()|]);
            }
        """);

    [Fact]
    public Task TwoGroupsInTurn_AreTwoReports() => Reports("""
            public async Task RunAsync()
            {
                await Task.WhenAll(shop.Orders.CountAsync(), [|shop.Users.CountAsync()|]);
                await Task.WhenAll(shop.Orders.ToListAsync(), [|shop.Users.ToListAsync()|]);
            }
        """);

    [Fact]
    public Task LocalContext_Reports() => Reports("""
            public async Task RunAsync()
            {
                await using var own = await shops.CreateDbContextAsync();
                var users = own.Users;
                await Task.WhenAll(own.Orders.CountAsync(), [|users.CountAsync()|]);
            }
        """);

    [Fact]
    public Task MethodsOfTheSameObject_Reports() => Reports("""
            public async Task RunAsync() => await Task.WhenAll(OrdersAsync(), [|UsersAsync()|]);

            private async Task<int> OrdersAsync() => await shop.Orders.CountAsync();

            private Task<int> UsersAsync()
            {
                return CountAsync(shop);
            }

            private static Task<int> CountAsync(Shop shop) => shop.Users.CountAsync();
        """);

    [Fact]
    public Task TwoReadsOfOneStream_Reports() => Reports("""
            public async Task RunAsync(FileStream stream, byte[] left, byte[] right)
            {
                var a = stream.ReadAsync(left, 0, 4);
                var b = [|stream.ReadAsync(right, 0, 4)|];
                await Task.WhenAll(a, b);
            }
        """);

    /// <summary>The writer may be one that locks.</summary>
    [Fact]
    public Task TwoWritesOfSomeWriter_IsSuggestion() => Suggestion(
        """
            public async Task RunAsync(TextWriter writer) => await Task.WhenAll(writer.WriteLineAsync("a"), [|writer.WriteLineAsync("b")|]);
        """,
        "");

    [Fact]
    public Task CommandsOfOneConnection_AreOneReport() => Reports("""
            public Task RunAsync(Npgsql.NpgsqlConnection own, string[] texts) => Task.WhenAll(texts.Select(async text =>
            {
                await using var command = own.CreateCommand();
                command.CommandText = text;
                await [|command.ExecuteNonQueryAsync()|];
                await using var other = new Npgsql.NpgsqlCommand(text, own);
                await other.ExecuteNonQueryAsync();
            }));
        """);

    [Fact]
    public Task ConnectionPerOperation_IsSilent() => Silent("""
            public Task RunAsync(string[] texts) => Task.WhenAll(texts.Select(async text =>
            {
                await using var own = new Npgsql.NpgsqlConnection(text);
                await own.OpenAsync();
                await using var command = own.CreateCommand();
                await command.ExecuteNonQueryAsync();
            }));
        """);

    [Fact]
    public Task RepositoryClass_Reports() => Reports(
        """
            public async Task RunAsync(Repository repository) => await Task.WhenAll(repository.OrdersAsync(), [|repository.UsersAsync()|]);
        """,
        """
        public sealed class Repository(Shop shop)
        {
            public Task<int> OrdersAsync() => shop.Orders.CountAsync();
            public async Task<int> UsersAsync() => await shop.Users.CountAsync();
        }
        """);

    /// <summary>The bug that a naive WhenAll makes: by default one scope has one context.</summary>
    [Fact]
    public Task TwoServicesOverOneContext_IsSuggestion() => Suggestion(
        """
            public async Task RunAsync(OrderStore orders, UserStore users) => await Task.WhenAll(orders.CountAsync(), [|users.CountAsync()|]);
        """,
        """
        public sealed class OrderStore(Shop shop) { public Task<int> CountAsync() => shop.Orders.CountAsync(); }
        public sealed class UserStore(Shop shop) { public Task<int> CountAsync() => shop.Users.CountAsync(); }
        """);

    [Fact]
    public Task InterfaceWithOneImplementation_IsSuggestion() => Suggestion(
        """
            public async Task RunAsync(IOrders orders) => await Task.WhenAll(orders.CountAsync(1), [|orders.CountAsync(2)|]);
        """,
        """
        public interface IOrders { Task<int> CountAsync(int above); }
        public sealed class OrderStore(Shop shop) : IOrders { public Task<int> CountAsync(int above) => shop.Orders.CountAsync(o => o.Id > above); }
        """);

    // One per item

    [Theory]
    [InlineData("await Task.WhenAll(ids.Select(id => [|shop.Orders.CountAsync(o => o.Id == id)|]));")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await http.GetStringAsync(\"a\"); await [|shop.Orders.CountAsync(o => o.Id == id)|]; }));")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) tasks.Add([|shop.Orders.CountAsync(o => o.Id == id)|]); await Task.WhenAll(tasks);")]
    [InlineData("await Parallel.ForEachAsync(ids, async (id, stop) => { await [|shop.Orders.CountAsync(o => o.Id == id, stop)|]; });")]
    [InlineData("Parallel.ForEach(ids, id => { [|shop.Orders.Add(new Order())|]; });")]
    [InlineData("await Task.WhenAll(ids.Select(id => [|LoadAsync(id)|]));")]
    [InlineData("foreach (var id in ids) { _ = Task.Run(async () => { await [|shop.Orders.CountAsync(o => o.Id == id)|]; }); }")]
    public Task PerItem_Reports(string statements) => Reports($$"""
            public async Task RunAsync(int[] ids)
            {
                {{statements}}
                await Task.Yield();
            }

            private async Task LoadAsync(int id)
            {
                if (id > 1) await shop.Orders.FindAsync(id);
            }
        """);

    /// <summary>A batch collects commands that end when it is sent: their tasks are meant to be started together.</summary>
    [Fact]
    public Task CommandsOfOneRedisBatch_IsSilent() => Verify.Analyzer("""
        using StackExchange.Redis;

        public sealed class Expiry(IDatabase database)
        {
            public async Task<bool[]> RunAsync(string[] keys)
            {
                var transaction = database.CreateTransaction();
                var expired = keys.Select(key => transaction.KeyExpireAsync(key)).ToArray();
                var named = transaction.StringSetAsync("all");
                await transaction.ExecuteAsync();
                await named;
                return await Task.WhenAll(expired);
            }
        }

        namespace StackExchange.Redis
        {
            public interface IDatabaseAsync { Task<bool> KeyExpireAsync(string key); Task<bool> StringSetAsync(string key); }
            public interface IDatabase : IDatabaseAsync { ITransaction CreateTransaction(); }
            public interface IBatch : IDatabaseAsync { void Execute(); }
            public interface ITransaction : IBatch { Task<bool> ExecuteAsync(); }
        }
        """);

    [Fact]
    public Task MarkedClass_Reports() => Verify.Analyzer("""
        public sealed class NotConcurrencySafeAttribute : Attribute;

        [NotConcurrencySafe]
        public sealed class Session { public Task<int> AskAsync(int id) => Task.FromResult(id); }

        public sealed class Sample(Session session)
        {
            public Task<int[]> RunAsync(int[] ids) => Task.WhenAll(ids.Select(id => [|session.AskAsync(id)|]));
        }
        """);

    // Silent

    /// <summary>peers.md 77.</summary>
    [Theory]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await using var own = await shops.CreateDbContextAsync(); await own.Orders.CountAsync(o => o.Id == id); }));")]
    [InlineData("await Task.WhenAll(OwnAsync(1), OwnAsync(2));")]
    [InlineData("var a = shop.Orders.CountAsync(); await a; var b = shop.Users.CountAsync(); await Task.WhenAll(a, b);")]
    [InlineData("var a = await shop.Orders.CountAsync(); var b = await shop.Users.CountAsync();")]
    [InlineData("Task<int> a; if (ids.Length > 1) a = shop.Orders.CountAsync(); else a = shop.Users.CountAsync(); await Task.WhenAll(a, Task.Delay(1));")]
    [InlineData("await using var one = await shops.CreateDbContextAsync(); await using var two = await shops.CreateDbContextAsync(); await Task.WhenAll(one.Orders.CountAsync(), two.Users.CountAsync());")]
    [InlineData("await Task.WhenAll(shop.Orders.CountAsync(), http.GetStringAsync(\"a\"));")]
    [InlineData("await Task.WhenAll(http.GetStringAsync(\"a\"), http.GetStringAsync(\"b\"));")]
    [InlineData("foreach (var id in ids) await shop.Orders.CountAsync(o => o.Id == id);")]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await gate.WaitAsync(); try { await shop.Orders.CountAsync(o => o.Id == id); } finally { gate.Release(); } }));")]
    [InlineData("Parallel.ForEach(ids, id => { Console.WriteLine(shop.ContextId); });")]
    [InlineData("var query = shop.Orders.Where(o => o.Id > 1); await Task.WhenAll(ids.Select(async id => { await http.GetStringAsync(\"a\"); Console.WriteLine(query); }));")]
    [InlineData("await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 1 }, async (id, stop) => { await shop.Orders.CountAsync(stop); });")]
    public Task OwnInTurnOrSafe_IsSilent(string statements) => Silent($$"""
            private readonly SemaphoreSlim gate = new(1);

            public async Task RunAsync(int[] ids)
            {
                {{statements}}
                await Task.Yield();
            }

            private async Task<int> OwnAsync(int above)
            {
                await using var own = await shops.CreateDbContextAsync();
                return await own.Orders.CountAsync(o => o.Id > above);
            }
        """);

    [Fact]
    public Task ScopePerItem_IsSilent() => Silent("""
            public Task RunAsync(int[] ids, Microsoft.Extensions.DependencyInjection.IServiceScopeFactory scopes) => Task.WhenAll(ids.Select(async id =>
            {
                using var scope = scopes.CreateScope();
                var own = (Shop)scope.ServiceProvider.GetService(typeof(Shop))!;
                await own.Orders.CountAsync(o => o.Id == id);
            }));
        """);

    private const string TwoRepositories = """
        public interface IOrders
        {
            Task<Order?> FindAsync(int id);
        }

        public sealed class OrdersElsewhere(HttpClient http) : IOrders
        {
            public async Task<Order?> FindAsync(int id) => new() { Id = (await http.GetStringAsync("/" + id)).Length };
        }

        public sealed class OrdersHere(Microsoft.Extensions.DependencyInjection.IServiceScopeFactory scopes, Func<{0}> set) : IOrders
        {
            public async Task<Order?> FindAsync(int id)
            {
                using var scope = scopes.CreateScope();
                var own = (Shop)scope.ServiceProvider.GetService(typeof(Shop))!;
                return await set({1}).FindAsync(id);
            }
        }
        """;

    [Fact]
    public Task PartOfAContextOfTheScope_IsSilent() => Silent(
        "    public Task RunAsync(int[] ids, IOrders orders) => Task.WhenAll(ids.Select(id => orders.FindAsync(id)));",
        TwoRepositories.Replace("{0}", "Shop, DbSet<Order>", StringComparison.Ordinal).Replace("{1}", "own", StringComparison.Ordinal));

    [Fact]
    public Task PartOfAContextFromElsewhere_IsSuggestion() => Suggestion(
        "    public Task RunAsync(int[] ids, IOrders orders) => Task.WhenAll(ids.Select(id => [|orders.FindAsync(id)|]));",
        TwoRepositories.Replace("{0}", "DbSet<Order>", StringComparison.Ordinal).Replace("{1}", "", StringComparison.Ordinal));

    [Fact]
    public Task DataSource_IsSilent() => Verify.Analyzer("""
        public sealed class Sample(Npgsql.NpgsqlDataSource source)
        {
            public Task RunAsync(int[] ids) => Task.WhenAll(ids.Select(async id =>
            {
                await using var command = source.CreateCommand("select 1");
                await command.ExecuteScalarAsync();
            }));
        }
        """);

    [Fact]
    public Task ReadAndWriteOfOneSocket_IsSilent() => Silent("""
            public async Task RunAsync(System.Net.Sockets.NetworkStream stream, byte[] left, byte[] right)
            {
                var a = stream.ReadAsync(left, 0, 4);
                var b = stream.WriteAsync(right, 0, 4);
                await Task.WhenAll(a, b);
            }
        """);

    /// <summary>What they send or accept at the same time arrives in any order, but each call is served.</summary>
    [Theory]
    [InlineData("Task.WhenAll(socket.SendToAsync(left, peer), socket.SendToAsync(right, peer))")]
    [InlineData("Task.WhenAll(peers.Select(p => udp.SendAsync(left, left.Length, p)))")]
    [InlineData("Task.WhenAll(Enumerable.Range(0, 4).Select(_ => tcp.AcceptSocketAsync()))")]
    [InlineData("Task.WhenAll(Enumerable.Range(0, 4).Select(async _ => await listener.GetContextAsync()))")]
    public Task SocketsAndListeners_AreSilent(string together) => Silent($$"""
            public Task RunAsync(System.Net.Sockets.Socket socket, System.Net.Sockets.UdpClient udp, System.Net.Sockets.TcpListener tcp, System.Net.HttpListener listener, System.Net.IPEndPoint peer, System.Net.IPEndPoint[] peers, byte[] left, byte[] right) =>
                {{together}};
        """);

    /// <summary>A broker's context keeps what was sent under a lock; one with an outbox may not, and nobody can see which it is.</summary>
    [Fact]
    public Task MessagesOfOneConsumeContext_AreSilent() => Verify.Analyzer("""
        namespace MassTransit
        {
            public interface ISendEndpoint { Task Send<T>(T message); }
            public interface ISendEndpointProvider { Task<ISendEndpoint> GetSendEndpoint(Uri address); }
            public interface IPublishEndpoint { Task Publish<T>(T message); }
            public interface ConsumeContext : IPublishEndpoint, ISendEndpointProvider { }
        }

        public sealed class Consumer
        {
            public Task Consume(MassTransit.ConsumeContext context, Uri[] addresses) => Task.WhenAll(addresses.Select(async address =>
            {
                var endpoint = await context.GetSendEndpoint(address);
                await endpoint.Send(address);
            }));
        }
        """);

    /// <summary>Whoever comes second gets the task of whoever came first.</summary>
    [Theory]
    [InlineData("private Task<int> CountAsync() => count ??= shop.Orders.CountAsync();")]
    [InlineData("private Task<int> CountAsync() { if (count == null) count = shop.Orders.CountAsync(); return count; }")]
    [InlineData("private Task<int> CountAsync() { if (count is { } there) return there; return count = shop.Orders.CountAsync(); }")]
    [InlineData("private async Task<int> CountAsync() => await (count ??= shop.Orders.CountAsync());")]
    public async Task KeptTask_IsSilent(string method)
    {
        await Silent("    private Task<int>? count;\n    public Task<int[]> RunAsync() => Task.WhenAll(CountAsync(), CountAsync());\n    " + method);
        await Silent("    private Task<int>? count;\n    public Task<int[]> RunAsync(int[] ids) => Task.WhenAll(ids.Select(id => CountAsync()));\n    " + method);
    }

    [Theory]
    [InlineData("private Task<int> CountAsync() => last = shop.Orders.CountAsync();")]
    [InlineData("private Task<int> CountAsync() { if (last == null) Console.WriteLine(); return last = shop.Orders.CountAsync(); }")]
    public Task TaskThatIsOverwritten_Reports(string method) =>
        Reports("    private Task<int>? last;\n    public Task<int[]> RunAsync() => Task.WhenAll(CountAsync(), [|CountAsync()|]);\n    " + method);

    [Fact]
    public Task OutputsOfOneProcess_IsSilent() => Silent("""
            public async Task RunAsync(System.Diagnostics.Process process)
            {
                var output = process.StandardOutput.ReadToEndAsync();
                var errors = process.StandardError.ReadToEndAsync();
                await Task.WhenAll(output, errors);
            }
        """);

    [Fact]
    public Task OutputsOfOneProcessInLocals_IsSilent() => Silent("""
            public async Task RunAsync(System.Diagnostics.Process process)
            {
                using var output = process.StandardOutput;
                using var errors = process.StandardError;
                var text = output.ReadToEndAsync();
                var fault = errors.ReadToEndAsync();
                await text;
                await fault;
            }
        """);

    [Fact]
    public Task StreamsOfTheirOwn_IsSilent() => Silent("""
            public Task RunAsync(string[] paths) => Task.WhenAll(paths.Select(async path =>
            {
                await using var file = File.OpenRead(path);
                using var reader = new StreamReader(file);
                await reader.ReadToEndAsync();
            }));
        """);

    [Fact]
    public Task Sqlite_IsSilent() => Verify.Analyzer(
        Shop + """
        public sealed class Sample(Shop shop)
        {
            public async Task RunAsync() => await Task.WhenAll(shop.Orders.CountAsync(), shop.Users.CountAsync());
        }
        """,
        TestSettings.Default with { References = References.WithProviders("Microsoft.EntityFrameworkCore.Sqlite") });

    [Fact]
    public Task RepositoryWithAFactory_IsSilent() => Silent(
        """
            public async Task RunAsync(Repository repository) => await Task.WhenAll(repository.OrdersAsync(), repository.UsersAsync());
        """,
        """
        public sealed class Repository(IDbContextFactory<Shop> shops)
        {
            public async Task<int> OrdersAsync() { await using var shop = shops.CreateDbContext(); return await shop.Orders.CountAsync(); }
            public async Task<int> UsersAsync() { await using var shop = shops.CreateDbContext(); return await shop.Users.CountAsync(); }
        }
        """);

    // Fixes

    [Fact]
    public Task Fix_GivesEachItsOwn() => Verify.CodeFix(
        Body("""
            public async Task<int> RunAsync(int[] ids, CancellationToken stop)
            {
                var sum = 0;
                await using var own = await shops.CreateDbContextAsync(stop);
                await Parallel.ForEachAsync(ids, stop, async (id, token) =>
                {
                    // how many?
                    var count = await [|own.Orders.CountAsync(o => o.Id == id, token)|];
                    Interlocked.Add(ref sum, count);
                });
                return sum;
            }
        """),
        Body("""
            public async Task<int> RunAsync(int[] ids, CancellationToken stop)
            {
                var sum = 0;
                await Parallel.ForEachAsync(ids, stop, async (id, token) =>
                {
                    await using var own = await shops.CreateDbContextAsync(stop);
                    // how many?
                    var count = await own.Orders.CountAsync(o => o.Id == id, token);
                    Interlocked.Add(ref sum, count);
                });
                return sum;
            }
        """));

    [Fact]
    public Task Fix_OfSeveralCalls_GivesEachTurnOne() => Verify.CodeFix(
        Body("""
            public async Task RunAsync(int[] ids, CancellationToken stop)
            {
                await using var own = await shops.CreateDbContextAsync(stop);
                await Parallel.ForEachAsync(ids, stop, async (id, token) =>
                {
                    var order = await [|own.Orders.SingleAsync(o => o.Id == id, token)|];
                    own.Orders.Remove(order);
                    await own.SaveChangesAsync(token);
                });
            }
        """),
        Body("""
            public async Task RunAsync(int[] ids, CancellationToken stop)
            {
                await Parallel.ForEachAsync(ids, stop, async (id, token) =>
                {
                    await using var own = await shops.CreateDbContextAsync(stop);
                    var order = await own.Orders.SingleAsync(o => o.Id == id, token);
                    own.Orders.Remove(order);
                    await own.SaveChangesAsync(token);
                });
            }
        """));

    [Fact]
    public Task Fix_KeepsTheSharedOneForOthers() => Verify.CodeFix(
        Body("""
            public async Task<int> RunAsync(int[] ids, CancellationToken stop)
            {
                await using var own = await shops.CreateDbContextAsync(stop);
                await Task.WhenAll(ids.Select(async id =>
                {
                    await http.GetStringAsync("a", stop);
                    await [|own.Orders.CountAsync(o => o.Id == id, stop)|];
                }));
                return await own.Users.CountAsync(stop);
            }
        """),
        Body("""
            public async Task<int> RunAsync(int[] ids, CancellationToken stop)
            {
                await using var own = await shops.CreateDbContextAsync(stop);
                await Task.WhenAll(ids.Select(async id =>
                {
                    await using var ownOwn = await shops.CreateDbContextAsync(stop);
                    await http.GetStringAsync("a", stop);
                    await ownOwn.Orders.CountAsync(o => o.Id == id, stop);
                }));
                return await own.Users.CountAsync(stop);
            }
        """));

    [Theory]
    [InlineData("await Task.WhenAll(ids.Select(async id => { await [|shop.Orders.CountAsync(o => o.Id == id)|]; }));")]
    [InlineData("await Task.WhenAll(shop.Orders.CountAsync(), [|shop.Users.CountAsync()|]);")]
    public Task InjectedContext_HasNoFix(string statement) => Verify.NoCodeFix(Body($$"""
            public async Task RunAsync(int[] ids)
            {
                {{statement}}
            }
        """));
}
