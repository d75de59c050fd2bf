using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>The rows of the straight-line decision table: the name says shape and verdict.</summary>
public class SequentialAwaitsTests
{
    [Fact] // row 1
    public Task TwoHttpReads_Report() => Verify.Analyzer(Http("""
        var a = [|await http.GetStringAsync("/a")|];
        var b = await http.GetStringAsync("/b");
        return a + b;
        """));

    [Fact] // row 2
    public Task SecondUrlComputedFromFirst_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetStringAsync("/a");
        var b = await http.GetStringAsync(a);
        return a + b;
        """));

    [Fact] // row 2, through a local in between
    public Task SecondUrlComputedFromFirstThroughLocal_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetStringAsync("/a");
        var next = a.Trim();
        var b = await http.GetStringAsync(next);
        return a + b;
        """));

    [Fact] // row 3
    public Task EnsureSuccessBetween_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetAsync("/a");
        a.EnsureSuccessStatusCode();
        var b = await http.GetAsync("/b");
        return a.ReasonPhrase + b.ReasonPhrase;
        """));

    [Fact] // row 4
    public Task EarlyReturnBetween_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetStringAsync("/a");
        if (a.Length == 0) return "";
        var b = await http.GetStringAsync("/b");
        return a + b;
        """));

    [Fact] // row 4, thrown
    public Task ThrowBetween_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetStringAsync("/a");
        if (a.Length == 0) throw new InvalidOperationException();
        var b = await http.GetStringAsync("/b");
        return a + b;
        """));

    [Fact] // row 5
    public Task TwoQueriesOnOneContext_AreSilent() => Verify.Analyzer(Ef("""
        class C(Db db)
        {
            public async Task<int> M()
            {
                var users = await db.Users.ToListAsync();
                var orders = await db.Orders.ToListAsync();
                return users.Count + orders.Count;
            }
        }
        """));

    [Fact] // row 6
    public Task QueriesOnTwoOwnedContexts_Report() => Verify.Analyzer(Ef("""
        class C(IDbContextFactory<Db> factory)
        {
            public async Task<int> M()
            {
                await using var c1 = factory.CreateDbContext();
                await using var c2 = factory.CreateDbContext();
                var users = [|await c1.Users.ToListAsync()|];
                var orders = await c2.Orders.ToListAsync();
                return users.Count + orders.Count;
            }
        }
        """));

    [Fact] // row 7
    public Task RepositoriesBehindInterfacesOverOneContext_AreSilent() => Verify.Analyzer(Ef("""
        public interface IUsers { Task<User?> GetAsync(int id); }
        public interface IOrders { Task<List<Order>> ListAsync(int id); }
        sealed class Users(Db db) : IUsers { public Task<User?> GetAsync(int id) => db.Users.FirstOrDefaultAsync(u => u.Id == id); }
        sealed class Orders(Db db) : IOrders { public Task<List<Order>> ListAsync(int id) => db.Orders.ToListAsync(); }
        class C(IUsers users, IOrders orders)
        {
            public async Task<int> M(int id)
            {
                var user = await users.GetAsync(id);
                var list = await orders.ListAsync(id);
                return user!.Id + list.Count;
            }
        }
        """));

    [Fact] // row 7, nothing of the implementations in sight
    public Task RepositoriesWithoutImplementation_AreSilent() => Verify.Analyzer(Ef("""
        public interface IUserRepository { Task<User?> GetAsync(int id); }
        public interface IOrderRepository { Task<List<Order>> ListAsync(int id); }
        class C(IUserRepository users, IOrderRepository orders)
        {
            public async Task<int> M(int id)
            {
                var user = await users.GetAsync(id);
                var list = await orders.ListAsync(id);
                return user!.Id + list.Count;
            }
        }
        """));

    [Fact] // row 8
    public Task InterfacesWhoseOnlyImplementationsCallHttp_Report() => Verify.Analyzer("""
        public interface IWeather { Task<string> GetAsync(string city); }
        public interface INews { Task<string> GetAsync(string city); }
        sealed class Weather(HttpClient http) : IWeather { public async Task<string> GetAsync(string city) => await http.GetStringAsync("/w/" + city); }
        sealed class News(HttpClient http) : INews { public async Task<string> GetAsync(string city) => await http.GetStringAsync("/n/" + city); }
        class C(IWeather weather, INews news)
        {
            public async Task<string> M(string city)
            {
                var a = [|await weather.GetAsync(city)|];
                var b = await news.GetAsync(city);
                return a + b;
            }
        }
        """);

    [Fact] // row 8, one call the summary can't see through: the services in reach make it Likely
    public Task ImplementationHoldsOnlyHttpClientAndLogger_Suggests() => Verify.Suggestion("""
        using Microsoft.Extensions.Logging;
        public interface IWeather { Task<string> GetAsync(string city); }
        public interface INews { Task<string> GetAsync(string city); }
        static class External { public static Func<string, string> Parse = s => s; }
        sealed class Weather(HttpClient http, ILogger<Weather> log) : IWeather
        {
            public async Task<string> GetAsync(string city) { log.LogInformation("x"); return External.Parse(await http.GetStringAsync("/w/" + city)); }
        }
        sealed class News(HttpClient http) : INews { public async Task<string> GetAsync(string city) => External.Parse(await http.GetStringAsync("/n/" + city)); }
        class C(IWeather weather, INews news)
        {
            public async Task<string> M(string city)
            {
                var a = [|await weather.GetAsync(city)|];
                var b = await news.GetAsync(city);
                return a + b;
            }
        }
        """);

    [Fact]
    public Task HeaderOfTheClientSetInBetween_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            public async Task<string> M()
            {
                var a = await http.GetStringAsync("/a");
                http.DefaultRequestHeaders.Add("mode", "b");
                var b = await http.GetStringAsync("/b");
                return a + b;
            }
        }
        """);

    [Fact]
    public Task ListFilledInBetweenAndReadByAPureCall_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            public async Task<string> M(List<string> names)
            {
                var a = await http.GetStringAsync("/a");
                names.Add(a);
                var b = await http.GetStringAsync(string.Join(",", names));
                return a + b;
            }
        }
        """);

    [Fact] // base rates: invisible at the call site, only the injected services' constructors show it
    public Task ServicesSharingOneContextThreeConstructorsDown_AreSilent() => Verify.Analyzer(Ef("""
        public interface IA { Task<int> GetCountAsync(); }
        public interface IB { Task<int> GetCountAsync(); }
        public interface IStore { Task<int> FindAsync(); }
        static class External { public static Func<int, int> Parse = s => s; }
        sealed class Store(Db db) : IStore { public async Task<int> FindAsync() => External.Parse(await db.Users.CountAsync()); }
        sealed class Deep(IStore store) { public Task<int> FindAsync() => store.FindAsync(); }
        sealed class A(Deep deep) : IA { public async Task<int> GetCountAsync() => External.Parse(await deep.FindAsync()); }
        sealed class B(Deep deep) : IB { public async Task<int> GetCountAsync() => External.Parse(await deep.FindAsync()); }
        class C(IA a, IB b)
        {
            public async Task<int> M()
            {
                var x = await a.GetCountAsync();
                var y = await b.GetCountAsync();
                return x + y;
            }
        }
        """));

    [Fact] // one request object, changed in between, handed to a body that can't be seen
    public Task RequestObjectChangedBetweenTwoRemoteReads_IsSilent() => Verify.Analyzer("""
        public class Request { public int Sort { get; set; } }
        public interface IReposClient { Task<string> GetAsync(Request request); }
        public interface ITeamsClient { Task<string> GetAsync(Request request); }
        class C(IReposClient repos, ITeamsClient teams)
        {
            public async Task<string> M(Request request)
            {
                var a = await repos.GetAsync(request);
                request.Sort = 1;
                var b = await teams.GetAsync(request);
                return a + b;
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    [Fact] // row 9
    public Task TwoTypedClientsByName_Suggest() => Verify.Suggestion("""
        public interface IReposClient { Task<string> GetAsync(string id); }
        public interface ITeamsClient { Task<string> GetAsync(string id); }
        class C(IReposClient repos, ITeamsClient teams)
        {
            public async Task<string> M(string id)
            {
                var a = [|await repos.GetAsync(id)|];
                var b = await teams.GetAsync(id);
                return a + b;
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    [Fact] // row 9, one client of unknown safety
    public Task TwoReadsOfOneUnknownClient_AreSilent() => Verify.Analyzer("""
        public interface IReposClient { Task<string> GetAsync(string id); }
        class C(IReposClient repos)
        {
            public async Task<string> M(string id)
            {
                var a = await repos.GetAsync(id);
                var b = await repos.GetAsync(id + "2");
                return a + b;
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    [Fact] // base rates: one client session
    public Task TwoReadsOverOneSession_AreSilent() => Verify.Analyzer("""
        public interface ISftpClient { Task<string> GetAsync(string id); }
        public interface IOtherSftpClient { Task<string> GetAsync(string id); }
        class C(ISftpClient one, IOtherSftpClient two)
        {
            public async Task<string> M(string id)
            {
                var a = await one.GetAsync(id);
                var b = await two.GetAsync(id);
                return a + b;
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    /// <summary>The group takes as long as its slowest call: a file from the system's cache adds little.</summary>
    [Theory] // row 12
    [InlineData("File.ReadAllTextAsync(\"a.txt\", token)", "File.ReadAllTextAsync(\"b.txt\", token)")]
    [InlineData("File.ReadAllTextAsync(\"a.txt\", token)", "http.GetStringAsync(\"b\", token)")]
    [InlineData("Load(\"a.txt\")", "Load(\"b.txt\")")]
    public Task FileRead_IsSuggestion(string first, string second) => Verify.Suggestion(Http($$"""
        var a = [|await {{first}}|];
        var b = await {{second}};
        return a + b;

        static async Task<string> Load(string path) => File.Exists(path) ? await File.ReadAllTextAsync(path) : "";
        """));

    [Fact]
    public Task FileBesideTwoRequests_Reports() => Verify.Analyzer(Http("""
        var a = [|await File.ReadAllTextAsync("a.txt", token)|];
        var b = await http.GetStringAsync("b", token);
        var c = await http.GetStringAsync("c", token);
        return a + b + c;
        """));

    [Fact] // row 13
    public Task FileWriteThenRead_IsSilent() => Verify.Analyzer(Http("""
        await File.WriteAllTextAsync(id, "x");
        var b = await File.ReadAllTextAsync(id + "2");
        return b;
        """));

    [Fact] // row 14
    public Task TwoReadsOfOneStream_AreSilent() => Verify.Analyzer("""
        class C
        {
            public async Task<int> M(Stream stream, byte[] a, byte[] b)
            {
                var x = await stream.ReadAsync(a);
                var y = await stream.ReadAsync(b);
                return x + y;
            }
        }
        """);

    [Fact] // row 15
    public Task TwoLinesToOneWriter_AreSilent() => Verify.Analyzer("""
        class C
        {
            public async Task M(TextWriter w)
            {
                await w.WriteLineAsync("a");
                await w.WriteLineAsync("b");
            }
        }
        """);

    [Fact] // row 16
    public Task PostThenGet_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.PostAsync("/a", null);
        var b = await http.GetStringAsync("/b");
        return a.ReasonPhrase + b;
        """));

    [Fact] // row 17
    public Task SaveThenPublish_IsSilent() => Verify.Analyzer("""
        public interface IStore { Task SaveAsync(string x); }
        public interface IBus { Task PublishAsync(string x); }
        class C(IStore store, IBus bus)
        {
            public async Task M(string x)
            {
                await store.SaveAsync(x);
                await bus.PublishAsync(x);
            }
        }
        """);

    [Fact] // row 18
    public Task AuthorizeThenGet_IsSilent() => Verify.Analyzer("""
        public interface IAuth { Task<bool> AuthorizeAsync(string x); }
        sealed class Auth(HttpClient http) : IAuth { public async Task<bool> AuthorizeAsync(string x) => (await http.GetStringAsync(x)) == "ok"; }
        class C(IAuth auth, HttpClient http)
        {
            public async Task<string> M(string x)
            {
                var ok = await auth.AuthorizeAsync(x);
                var data = await http.GetStringAsync("/data");
                return ok ? data : "";
            }
        }
        """);

    [Fact] // row 19
    public Task DelayThenGet_IsSilent() => Verify.Analyzer(Http("""
        await Task.Delay(100, token);
        var b = await http.GetStringAsync("/b");
        return b;
        """));

    [Fact] // row 20
    public Task BothInOneTry_Report() => Verify.Analyzer(Http("""
        try
        {
            var a = [|await http.GetStringAsync("/a")|];
            var b = await http.GetStringAsync("/b");
            return a + b;
        }
        catch (HttpRequestException)
        {
            return "";
        }
        """));

    [Fact] // row 21
    public Task OneInTryOneOutside_IsSilent() => Verify.Analyzer(Http("""
        string a;
        try { a = await http.GetStringAsync("/a"); } catch (HttpRequestException) { a = ""; }
        var b = await http.GetStringAsync("/b");
        return a + b;
        """));

    [Fact] // row 22
    public Task InsideCriticalSection_IsSilent() => Verify.Analyzer(Http("""
        using var gate = new SemaphoreSlim(1);
        await gate.WaitAsync(token);
        try
        {
            var a = await http.GetStringAsync("/a");
            var b = await http.GetStringAsync("/b");
            return a + b;
        }
        finally { gate.Release(); }
        """));

    [Fact] // row 23
    public Task InsideTransactionScope_IsSilent() => Verify.Analyzer(Http("""
        using var tx = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled);
        var a = await http.GetStringAsync("/a");
        var b = await http.GetStringAsync("/b");
        tx.Complete();
        return a + b;
        """));

    [Fact] // row 24
    public Task SecondReadsFieldThatFirstFills_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            string name = "";
            async Task<string> GetNameAsync() { name = await http.GetStringAsync("/n"); return name; }
            async Task<string> GetDetailAsync() => await http.GetStringAsync("/d/" + name);
            public async Task<string> M()
            {
                var a = await GetNameAsync();
                var b = await GetDetailAsync();
                return a + b;
            }
        }
        """);

    [Fact] // row 25
    public Task ResultStoredInFieldThatSecondDoesNotRead_Reports() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            string name = "";
            public async Task<string> M()
            {
                name = [|await http.GetStringAsync("/n")|];
                var b = await http.GetStringAsync("/b");
                return name + b;
            }
        }
        """);

    [Fact] // row 26
    public Task LogLineBetween_Reports() => Verify.Analyzer("""
        using Microsoft.Extensions.Logging;
        class C(HttpClient http, ILogger<C> log)
        {
            public async Task<string> M()
            {
                var a = [|await http.GetStringAsync("/a")|];
                log.LogInformation("got {Length}", a.Length);
                var b = await http.GetStringAsync("/b");
                return a + b;
            }
        }
        """);

    [Fact] // row 27
    public Task StopwatchBetween_IsSilent() => Verify.Analyzer(Http("""
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var a = await http.GetStringAsync("/a");
        watch.Restart();
        var b = await http.GetStringAsync("/b");
        return a + b + watch.Elapsed;
        """));

    [Fact] // row 28
    public Task TupleOfTwoReads_Reports() => Verify.Analyzer(Http("""
        var (a, b) = ([|await http.GetStringAsync("/a")|], await http.GetStringAsync("/b"));
        return a + b;
        """));

    [Fact] // row 28
    public Task TwoReadsAsArguments_Report() => Verify.Analyzer(Http("""
        return string.Concat([|await http.GetStringAsync("/a")|], await http.GetStringAsync("/b"));
        """));

    [Fact] // row 28
    public Task TwoReadsInInitializer_Report() => Verify.Analyzer("""
        class Page { public string? Head { get; set; } public string? Body { get; set; } }
        class C(HttpClient http)
        {
            public async Task<Page> M() => new Page { Head = [|await http.GetStringAsync("/a")|], Body = await http.GetStringAsync("/b") };
        }
        """);

    [Fact] // row 28, something impure is evaluated in between
    public Task CounterBetweenArguments_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            int n;
            int Next() => n++;
            static string Join(string a, int n, string b) => a + n + b;
            public async Task<string> M() => Join(await http.GetStringAsync("/a"), Next(), await http.GetStringAsync("/b" + n));
        }
        """);

    [Fact] // row 29
    public Task WarmUpReadsWithUnusedResults_Suggest() => Verify.Suggestion(Http("""
        [|await http.GetStringAsync("/a")|];
        await http.GetStringAsync("/b");
        return "";
        """));

    [Fact] // row 30
    public Task CacheLookups_AreSilent() => Verify.Analyzer("""
        class C
        {
            readonly Dictionary<string, string> cache = new();
            ValueTask<string> GetFromCacheAsync(string key) => new(cache[key]);
            public async Task<string> M()
            {
                var a = await GetFromCacheAsync("a");
                var b = await GetFromCacheAsync("b");
                return a + b;
            }
        }
        """);

    [Fact] // row 30
    public Task MethodsThatOnlyWrapTaskFromResult_AreSilent() => Verify.Analyzer("""
        class C
        {
            Task<string> GetAAsync() => Task.FromResult("a");
            Task<string> GetBAsync() => Task.FromResult("b");
            public async Task<string> M()
            {
                var a = await GetAAsync();
                var b = await GetBAsync();
                return a + b;
            }
        }
        """);

    [Fact] // row 33
    public Task RecursiveCall_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            public async Task<int> Walk(string id)
            {
                var left = await Walk(await http.GetStringAsync(id));
                var right = await Walk(id + "r");
                return left + right;
            }
        }
        """);

    [Fact] // row 34
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public class FactAttribute : Attribute { } }
        class C
        {
            [Xunit.Fact]
            public async Task M()
            {
                using var http = new HttpClient();
                var a = await http.GetStringAsync("/a");
                var b = await http.GetStringAsync("/b");
                GC.KeepAlive(a + b);
            }
        }
        """);

    [Fact] // row 35
    public Task MixedConfigureAwait_Suggests() => Verify.Suggestion(Http("""
        var a = [|await http.GetStringAsync("/a").ConfigureAwait(false)|];
        var b = await http.GetStringAsync("/b");
        return a + b;
        """));

    [Fact]
    public Task BothConfigureAwaitFalse_Report() => Verify.Analyzer(Http("""
        var a = [|await http.GetStringAsync("/a").ConfigureAwait(false)|];
        var b = await http.GetStringAsync("/b").ConfigureAwait(false);
        return a + b;
        """));

    [Fact] // row 36
    public Task ThirdDependsOnFirst_ReportsThePrefix() => Verify.Analyzer(Http("""
        var a = [|await http.GetStringAsync("/a")|];
        var b = await http.GetStringAsync("/b");
        var c = await http.GetStringAsync(a);
        return a + b + c;
        """));

    [Fact]
    public Task FiveReads_ReportOnce() => Verify.Analyzer(Http("""
        var a = [|await http.GetStringAsync("/a")|];
        var b = await http.GetStringAsync("/b");
        var c = await http.GetStringAsync("/c");
        var d = await http.GetStringAsync("/d");
        var e = await http.GetStringAsync("/e");
        return a + b + c + d + e;
        """));

    [Fact] // row 37
    public Task AlreadyStartedTasks_AreSilent() => Verify.Analyzer(Http("""
        var t1 = http.GetStringAsync("/a");
        var t2 = http.GetStringAsync("/b");
        var a = await t1;
        var b = await t2;
        return a + b;
        """));

    [Fact] // row 38
    public Task CancelAfterBetween_IsSilent() => Verify.Analyzer(Http("""
        using var source = new CancellationTokenSource();
        var a = await http.GetStringAsync("/a", source.Token);
        source.CancelAfter(100);
        var b = await http.GetStringAsync("/b", source.Token);
        return a + b;
        """));

    [Fact] // row 39
    public Task QueryableOfTheSameContext_IsSilent() => Verify.Analyzer(Ef("""
        class C(Db db)
        {
            public async Task<int> M()
            {
                var query = db.Orders.Where(o => o.Id > 3);
                var users = await db.Users.CountAsync();
                var orders = await query.CountAsync();
                return users + orders;
            }
        }
        """));

    [Fact] // row 40
    public Task ReaderLoop_IsSilent() => Verify.Analyzer("""
        using System.Data.Common;
        class C
        {
            public async Task<int> M(DbDataReader reader)
            {
                var n = 0;
                while (await reader.ReadAsync())
                {
                    if (await reader.IsDBNullAsync(0)) continue;
                    n += await reader.GetFieldValueAsync<int>(0);
                }
                return n;
            }
        }
        """);

    [Fact]
    public Task HttpAndOneQuery_Report() => Verify.Analyzer(Ef("""
        class C(Db db, HttpClient http)
        {
            public async Task<int> M()
            {
                var users = [|await db.Users.CountAsync()|];
                var text = await http.GetStringAsync("/a");
                return users + text.Length;
            }
        }
        """));

    [Fact]
    public Task DeclarationNeededBySecond_IsHoistedAndReports() => Verify.Analyzer(Http("""
        var a = [|await http.GetStringAsync("/a")|];
        var url = "/b/" + id;
        var b = await http.GetStringAsync(url);
        return a + b;
        """));

    [Fact]
    public Task ConditionalAwait_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetStringAsync("/a");
        var b = id.Length > 3 ? await http.GetStringAsync("/b") : "";
        return a + b;
        """));

    [Fact]
    public Task AwaitsInCatch_AreSilent() => Verify.Analyzer(Http("""
        try { return id; }
        catch (Exception)
        {
            var a = await http.GetStringAsync("/a");
            var b = await http.GetStringAsync("/b");
            return a + b;
        }
        """));

    [Fact]
    public Task LambdaBody_Reports() => Verify.Analyzer(Http("""
        Func<Task<string>> f = async () =>
        {
            var a = [|await http.GetStringAsync("/a")|];
            var b = await http.GetStringAsync("/b");
            return a + b;
        };
        return await f();
        """));

    [Fact]
    public Task LocalFunction_Reports() => Verify.Analyzer(Http("""
        return await Both();
        async Task<string> Both()
        {
            var a = [|await http.GetStringAsync("/a")|];
            var b = await http.GetStringAsync("/b");
            return a + b;
        }
        """));

    [Fact]
    public Task SharedMutableArgument_ThatFirstChanges_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            async Task<string> GetAAsync(List<string> log) { log.Add("a"); return await http.GetStringAsync("/a"); }
            async Task<string> GetBAsync(List<string> log) { log.Add("b"); return await http.GetStringAsync("/b"); }
            public async Task<string> M(List<string> log)
            {
                var a = await GetAAsync(log);
                var b = await GetBAsync(log);
                return a + b;
            }
        }
        """);

    [Fact]
    public Task CalleesThatQueueBehindOneSemaphore_AreSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            readonly SemaphoreSlim gate = new(1);
            async Task<string> GetAsync(string url)
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync(url); } finally { gate.Release(); }
            }
            public async Task<string> M()
            {
                var a = await GetAsync("/a");
                var b = await GetAsync("/b");
                return a + b;
            }
        }
        """);

    [Fact]
    public Task AttributeSequential_IsSilent() => Verify.Analyzer("""
        class SequentialAttribute(string why) : Attribute { public string Why => why; }
        class C(HttpClient http)
        {
            [Sequential("the server counts")] async Task<string> GetAsync(string url) => await http.GetStringAsync(url);
            public async Task<string> M()
            {
                var a = await GetAsync("/a");
                var b = await GetAsync("/b");
                return a + b;
            }
        }
        """);

    [Fact]
    public Task AttributeConcurrencySafe_Reports() => Verify.Analyzer("""
        class ConcurrencySafeAttribute : Attribute { }
        public interface IPrices { [ConcurrencySafe] Task<int> PriceAsync(string id); }
        class C(IPrices prices)
        {
            public async Task<int> M()
            {
                var a = [|await prices.PriceAsync("a")|];
                var b = await prices.PriceAsync("b");
                return a + b;
            }
        }
        """);

    [Fact]
    public Task UserCatalogueEntry_Reports() => Verify.Analyzer("""
        namespace Shop { public interface IPrices { Task<int> PriceAsync(string id); } }
        class C(Shop.IPrices prices)
        {
            public async Task<int> M()
            {
                var a = [|await prices.PriceAsync("a")|];
                var b = await prices.PriceAsync("b");
                return a + b;
            }
        }
        """, TestSettings.Default with { AdditionalFiles = [new("shop.ExecutionCatalogue.txt", "T:Shop.IPrices ; safe\nM:Shop.IPrices.PriceAsync(*) ; io read on=network")] });

    [Fact] // one connection
    public Task TwoCommandsOnOneConnection_AreSilent() => Verify.Analyzer("""
        using System.Data.Common;
        class C(DbConnection connection)
        {
            public async Task<string> M()
            {
                using var users = connection.CreateCommand();
                using var orders = connection.CreateCommand();
                var a = await users.ExecuteScalarAsync();
                var b = await orders.ExecuteScalarAsync();
                return $"{a} {b}";
            }
        }
        """);

    [Fact] // mutating verbs stay in order
    public Task TwoPosts_AreSilent() => Verify.Analyzer(Http("""
        var a = await http.PostAsync("/a", null);
        var b = await http.PostAsync("/b", null);
        return a.ReasonPhrase + b.ReasonPhrase;
        """));

    [Fact] // dialogs must not stack
    public Task DialogsInTurn_AreSilent() => Verify.Analyzer("""
        public interface IDialogs { Task<bool> ShowAsync(string text); Task<string> PromptAsync(string text); }
        class C(IDialogs dialogs)
        {
            public async Task<string> M()
            {
                var sure = await dialogs.ShowAsync("sure?");
                var name = await dialogs.PromptAsync("name?");
                return sure ? name : "";
            }
        }
        """);

    [Fact] // gate first
    public Task OpenThenRead_IsSilent() => Verify.Analyzer("""
        public interface IFeedClient { Task<bool> OpenAsync(); Task<string> GetAsync(); }
        class C(IFeedClient feed)
        {
            public async Task<string> M()
            {
                var open = await feed.OpenAsync();
                var text = await feed.GetAsync();
                return open ? text : "";
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    [Fact] // the user sees how far it is
    public Task ProgressReportedBetween_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            public async Task<string> M(IProgress<int> progress)
            {
                var a = await http.GetStringAsync("/a");
                progress.Report(50);
                var b = await http.GetStringAsync("/b");
                return a + b;
            }
        }
        """);

    [Fact] // ambient state
    public Task CultureSetBetween_IsSilent() => Verify.Analyzer(Http("""
        var a = await http.GetStringAsync("/a");
        System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.InvariantCulture;
        var b = await http.GetStringAsync("/b");
        return a + b;
        """));

    private static string Http(string body) => $$"""
        class C
        {
            readonly HttpClient http = new();
            public async Task<string> M(string id, CancellationToken token)
            {
                {{body.Replace("\n", "\n        ")}}
            }
        }
        """;

    private static string Ef(string source) => $$"""
        using Microsoft.EntityFrameworkCore;
        {{source}}
        public class User { public int Id { get; set; } }
        public class Order { public int Id { get; set; } }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); public DbSet<Order> Orders => Set<Order>(); }
        """;
}
