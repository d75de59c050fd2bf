using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>Calls of injected services: what stands behind them decides.</summary>
public sealed class SequentialAwaitsServicesTests
{
    private const string Data = """
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Memory;
        public class User { public int Id { get; set; } }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        """;

    [Fact]
    public Task RepositoriesThatOpenTheirOwnContext_Report() => Verify.Analyzer(Data + """
        sealed class Users(IDbContextFactory<Db> contexts)
        {
            public async Task<int> CountAsync() { await using var db = await contexts.CreateDbContextAsync(); return await db.Users.CountAsync(); }
            public async Task<User> FirstAsync() { await using var db = contexts.CreateDbContext(); return await Query(db).FirstAsync(); }
            static IQueryable<User> Query(Db db) => db.Users.Where(u => u.Id > 1);
        }
        class C(Users users)
        {
            public async Task<int> M()
            {
                var count = [|await users.CountAsync()|];
                var first = await users.FirstAsync();
                return count + first.Id;
            }
        }
        """);

    [Fact]
    public Task FactoryOfContextsOfTheProjectsOwn_Suggests() => Verify.Suggestion(Data + """
        sealed class Contexts(DbContextOptions<Db> options) { public Db Open() => new Db(options); }
        class C(Contexts contexts)
        {
            async Task<int> CountAsync(int more) { await using var db = contexts.Open(); return await db.Users.CountAsync(u => u.Id > more); }
            public async Task<int> M()
            {
                var all = [|await CountAsync(0)|];
                var late = await CountAsync(100);
                return all + late;
            }
        }
        """);

    /// <summary>However long the way from the query to its context is.</summary>
    [Theory]
    [InlineData("var query = db.Users.Where(u => u.Id > 0).Where(u => u.Id > 1).Where(u => u.Id > 2).Where(u => u.Id > 3).Where(u => u.Id > 4).Where(u => u.Id > 5).Where(u => u.Id > 6).Where(u => u.Id > 7).Where(u => u.Id > 8).Where(u => u.Id > 9).Where(u => u.Id > 10).Where(u => u.Id > 11).Where(u => u.Id > 12);")]
    [InlineData("var a = db.Users.Where(u => u.Id > 0); var b = a.Where(u => u.Id > 1); var c = b.Where(u => u.Id > 2); var d = c.Where(u => u.Id > 3); var e = d.Where(u => u.Id > 4); var f = e.Where(u => u.Id > 5); var g = f.Where(u => u.Id > 6); var h = g.Where(u => u.Id > 7); var i = h.Where(u => u.Id > 8); var j = i.Where(u => u.Id > 9); var k = j.Where(u => u.Id > 10); var l = k.Where(u => u.Id > 11); var m = l.Where(u => u.Id > 12); var query = m.Where(u => u.Id > 13);")]
    [InlineData("IQueryable<User> query; if (least > 0) query = db.Users.Where(u => u.Id > least); else query = db.Users;")]
    [InlineData("var queries = new[] { db.Users.Where(u => u.Id > least), db.Users }; var query = queries[0];")]
    [InlineData("var query = least > 0 ? db.Users.Where(u => u.Id > least) : db.Users;")]
    [InlineData("await using var other = contexts.CreateDbContext(); var query = least > 0 ? db.Users.Where(u => u.Id > least) : other.Users;")]
    public Task QueriesOfOneContext_AreSilent(string query) => Verify.Analyzer(Data + $$"""
        class C(IDbContextFactory<Db> contexts)
        {
            public async Task<int> M(int least)
            {
                await using var db = await contexts.CreateDbContextAsync();
                {{query}}
                var some = await query.ToListAsync();
                var all = await db.Users.CountAsync();
                return some.Count + all;
            }
        }
        """);

    [Fact]
    public Task QueriesOfTwoContexts_Report() => Verify.Analyzer(Data + """
        class C(IDbContextFactory<Db> contexts)
        {
            public async Task<int> M(int least)
            {
                await using var db = await contexts.CreateDbContextAsync();
                await using var other = await contexts.CreateDbContextAsync();
                var query = other.Users.Where(u => u.Id > least).Where(u => u.Id > 1);
                var some = [|await query.ToListAsync()|];
                var all = await db.Users.CountAsync();
                return some.Count + all;
            }
        }
        """);

    [Fact]
    public Task FactoryThatHandsOutOneContext_IsSilent() => Verify.Analyzer(Data + """
        sealed class Contexts(DbContextOptions<Db> options) { readonly Db one = new(options); public Db Open() => one; }
        class C(Contexts contexts)
        {
            async Task<int> CountAsync(int more) { await using var db = contexts.Open(); return await db.Users.CountAsync(u => u.Id > more); }
            public async Task<int> M()
            {
                var all = await CountAsync(0);
                var late = await CountAsync(100);
                return all + late;
            }
        }
        """);

    [Fact]
    public Task ReadsThatACacheAnswers_AreSilent() => Verify.Analyzer(Data + """
        sealed class Settings(IMemoryCache cache, HttpClient http)
        {
            public async Task<string?> GetAsync(string name) => await cache.GetOrCreateAsync(name, async _ => await http.GetStringAsync("/" + name));
        }
        class C(Settings settings)
        {
            public async Task<string> M()
            {
                var a = await settings.GetAsync("a");
                var b = await settings.GetAsync("b");
                return a + b;
            }
        }
        """);

    /// <summary>The body can't be seen through to its end, its name and its services would make it a likely read: the cache in it decides.</summary>
    [Fact]
    public Task ReadsThatACacheAnswers_InABodyThatIsNotUnderstood_AreSilent() => Verify.Analyzer(Data + """
        public interface IReader { T Read<T>(string text); }
        sealed class Settings(IMemoryCache cache, IDbContextFactory<Db> contexts, IReader reader)
        {
            public async Task<T> GetAsync<T>(string name) where T : class
            {
                var text = await cache.GetOrCreateAsync(name, async _ => { await using var db = contexts.CreateDbContext(); return (await db.Users.FirstAsync()).ToString(); });
                return reader.Read<T>(text!);
            }
        }
        class C(Settings settings)
        {
            public async Task<string> M()
            {
                var a = await settings.GetAsync<string>("a");
                var b = await settings.GetAsync<string>("b");
                return a + b;
            }
        }
        """);

    private static string Secrets(string next) => $$"""
        static class Pipes
        {
            [System.Runtime.InteropServices.DllImport("pipes")]
            public static extern Task<string> Bind(this Task<string> task, Func<string, Task<string>> next);
        }
        sealed class Secrets(HttpClient http)
        {
            public Task<string> GetClientAsync() => http.GetStringAsync("/client").Bind(async client => { {{next}} return client; });
            public Task<string> GetTokensAsync() => http.GetStringAsync("/tokens").Bind(Task.FromResult);
            private Task SaveAsync(string client) => http.GetStringAsync("/client?set=" + client).Bind(Task.FromResult);
            private Task<string> LoadAsync(string client) => http.GetStringAsync("/client/" + client).Bind(Task.FromResult);
        }
        class C(Secrets secrets)
        {
            public async Task<string> M()
            {
                var client = {|mark:await secrets.GetClientAsync()|};
                var tokens = await secrets.GetTokensAsync();
                return client + tokens;
            }
        }
        """;

    /// <summary>The body can't be seen through, but what it calls on the way writes, by its name.</summary>
    [Fact]
    public Task ReadThatSavesOnTheWay_IsSilent() => Verify.Analyzer(Secrets("await SaveAsync(client);").Replace("{|mark:", "").Replace("|};", ";"));

    [Fact]
    public Task ReadThatReadsOnTheWay_Suggests() => Verify.Suggestion(Secrets("client += await LoadAsync(client);").Replace("{|mark:", "[|").Replace("|};", "|];"));

    [Fact]
    public Task MediatorQueries_AreSilent() => Verify.Analyzer("""
        public interface ISender { Task<T> Send<T>(object request); }
        class C(ISender sender)
        {
            public async Task<int> M()
            {
                var a = await sender.Send<int>("a");
                var b = await sender.Send<int>("b");
                return a + b;
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    [Fact]
    public Task RefitInterface_Suggests() => Verify.Suggestion("""
        namespace Refit { public class HttpMethodAttribute(string path) : Attribute { public string Path => path; } public class GetAttribute(string path) : HttpMethodAttribute(path); }
        namespace App
        {
            public interface IShop { [Refit.Get("/users")] Task<string> UsersAsync(); [Refit.Get("/orders")] Task<string> OrdersAsync(); }
            class C(IShop shop)
            {
                public async Task<string> M()
                {
                    var a = [|await shop.UsersAsync()|];
                    var b = await shop.OrdersAsync();
                    return a + b;
                }
            }
        }
        """);

    [Fact]
    public Task ServiceHeldByAServiceThatOnlyReads_Suggests() => Verify.Suggestion("""
        public interface IShop { Task<string> GetAsync(int id); }
        sealed class Shop(HttpClient http, Func<string, string> parse) : IShop { readonly List<int> asked = []; public async Task<string> GetAsync(int id) => parse(await http.GetStringAsync("/" + id)); public void Forget() => asked.Clear(); }
        class C(IShop shop)
        {
            async Task<string> TextAsync(int id) => "text " + await shop.GetAsync(id);
            public async Task<string> M()
            {
                var a = [|await TextAsync(1)|];
                var b = await TextAsync(2);
                return a + b;
            }
        }
        """);

    [Fact]
    public Task SameServiceWhoseReadCounts_IsSilent() => Verify.Analyzer("""
        public interface IShop { Task<string> GetAsync(int id); }
        sealed class Shop(HttpClient http, Func<string, string> parse) : IShop { readonly List<int> asked = []; public async Task<string> GetAsync(int id) { asked.Add(id); return parse(await http.GetStringAsync("/" + id)); } }
        class C(IShop shop)
        {
            async Task<string> TextAsync(int id) => "text " + await shop.GetAsync(id);
            public async Task<string> M()
            {
                var a = await TextAsync(1);
                var b = await TextAsync(2);
                return a + b;
            }
        }
        """);
}
