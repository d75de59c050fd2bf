using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop.SequentialLoopAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM102: the conditions L1 to L8 one by one, and the shapes on which other tools report loops wrongly.</summary>
public sealed class SequentialLoopShapeTests
{
    private static Task Silent(string body) => Verify.Analyzer(LoopSource.In(body));

    private static Task Warning(string body) => Verify.Analyzer(LoopSource.In(body));

    [Fact] // L1
    public Task L1_SameCallInEveryTurn_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids) list.Add(await http.GetStringAsync("next", stop));
        return list.Count;
        """);

    [Fact] // L1, through a local of the turn
    public Task L1_ArgumentFromALocalOfTheTurn_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            var url = "users/" + id.Trim();
            list.Add([|await http.GetStringAsync(url, stop)|]);
        }
        return list.Count;
        """);

    [Fact] // L2
    public Task L2_ResultFlowsIntoTheNextCall_IsSilent() => Silent("""
        var token = "";
        foreach (var id in ids) token = await http.GetStringAsync($"users/{id}?after={token}", stop);
        return token.Length;
        """);

    [Fact] // L2, through an object
    public Task L2_ListFilledAndAskedFor_IsSilent() => Silent("""
        var seen = new List<string>();
        foreach (var id in ids)
        {
            if (seen.Contains(id)) continue;
            seen.Add(await http.GetStringAsync($"users/{id}", stop));
        }
        return seen.Count;
        """);

    [Fact] // L2, through a field
    public Task L2_FieldWrittenAfterAndReadBefore_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            string last = "";
            public async Task M(string[] ids)
            {
                foreach (var id in ids)
                {
                    var text = await http.GetStringAsync(id + last);
                    last = text;
                }
            }
        }
        """);

    [Fact] // L3
    public Task L3_BreakOnResult_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            var text = await http.GetStringAsync($"users/{id}", stop);
            if (text.Length == 0) break;
            list.Add(text);
        }
        return list.Count;
        """);

    [Fact] // L3, an inner break leaves the loop alone
    public Task L3_BreakOfAnInnerLoop_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            foreach (var c in text)
            {
                if (c == ' ') break;
                list.Add(c.ToString());
            }
        }
        return list.Count;
        """);

    [Fact] // L3
    public Task L3_ContinueAfterTheCall_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            if (text.Length == 0) continue;
            list.Add(text);
        }
        return list.Count;
        """);

    [Fact] // L4
    public Task L4_OneStreamForAllTurns_IsSilent() => Verify.Analyzer("""
        class C(Stream body)
        {
            public async Task<int> M(byte[][] parts)
            {
                var sum = 0;
                foreach (var part in parts) sum += await body.ReadAsync(part);
                return sum;
            }
        }
        """);

    [Fact] // L5
    public Task L5_RateLimiterInTheTurn_IsSilent() => Verify.Analyzer("""
        using System.Threading.RateLimiting;
        class C(HttpClient http, RateLimiter limiter)
        {
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids)
                {
                    using var lease = await limiter.AcquireAsync();
                    list.Add(await http.GetStringAsync(id));
                }
                return list.Count;
            }
        }
        """);

    [Fact] // L6
    public Task L6_SourceChangedInTheLoop_IsSilent() => Silent("""
        foreach (var user in users)
        {
            var text = await http.GetStringAsync(user.Name, stop);
            if (text.Length == 0) users.Remove(user);
        }
        return 0;
        """);

    [Fact] // L6, lines are no cursor of the calls
    public Task L6_LinesOfAFile_Reports() => Warning("""
        var list = new List<string>();
        foreach (var line in File.ReadLines("urls.txt")) list.Add([|await http.GetStringAsync(line, stop)|]);
        return list.Count;
        """);

    [Fact] // L7
    public Task L7_PutPerItem_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            var answer = await http.PutAsync($"users/{id}", null, stop);
            log.LogInformation("{Status}", answer.StatusCode);
        }
        return 0;
        """);

    [Fact] // L8
    public Task L8_CalleeCompletesInMemory_IsSilent() => Verify.Analyzer("""
        class C
        {
            Task<string> GetAsync(string id) => Task.FromResult(id.Trim());
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids) list.Add(await GetAsync(id));
                return list.Count;
            }
        }
        """);

    [Fact] // L8, base rates: tiny local files
    public Task L8_LocalFiles_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids) list.Add(await File.ReadAllTextAsync(id, stop));
        return list.Count;
        """);

    // Shapes that other tools report wrongly, by their number in the catalogue of false positives

    [Fact] // 49
    public Task Peer49_FallbackChain_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            var text = await http.GetStringAsync($"mirror/{id}", stop);
            if (text.Length > 0) return text.Length;
        }
        return 0;
        """);

    [Fact] // 50
    public Task Peer50_ParentWalk_IsSilent() => Silent("""
        var parent = "root";
        for (var depth = 0; depth < ids.Length; depth++) parent = await http.GetStringAsync($"nodes/{parent}/{depth}", stop);
        return parent.Length;
        """);

    [Fact] // 51
    public Task Peer51_BackOff_IsSilent() => Silent("""
        var text = "";
        for (var attempt = 1; attempt < 5; attempt++)
        {
            text = await http.GetStringAsync($"flaky/{attempt}", stop);
            if (text.Length == 0) await Task.Delay(attempt * 100, stop);
        }
        return text.Length;
        """);

    [Fact] // 52
    public Task Peer52_DeliberatelySerial_IsSilent() => Verify.Analyzer("""
        class SequentialAttribute(string why) : Attribute { public string Why => why; }
        class C(HttpClient http)
        {
            [Sequential("five requests per second")] async Task<string> GetAsync(string id) => await http.GetStringAsync(id);
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids) list.Add(await GetAsync(id));
                return list.Count;
            }
        }
        """);

    [Fact] // 53
    public Task Peer53_StatefulSession_IsSilent() => Verify.Analyzer("""
        public interface ISftpClient { Task<string> GetAsync(string path); }
        class C(ISftpClient sftp)
        {
            public async Task<int> M(string[] paths)
            {
                var list = new List<string>();
                foreach (var path in paths) list.Add(await sftp.GetAsync(path));
                return list.Count;
            }
        }
        """, TestSettings.Default with { References = References.Net100WithoutPackages });

    [Fact] // 55, invisible at the call
    public Task Peer55_ServicesOverOneContext_IsSilent() => Verify.Analyzer("""
        using Microsoft.EntityFrameworkCore;
        public class User { public int Id { get; set; } }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        public interface IUsers { Task<User?> GetAsync(int id); }
        public interface ITeams { Task<int> CountAsync(int id); }
        sealed class Users(Db db) : IUsers { public Task<User?> GetAsync(int id) => db.Users.FirstOrDefaultAsync(u => u.Id == id); }
        sealed class Teams(Db db) : ITeams { public Task<int> CountAsync(int id) => db.Users.CountAsync(u => u.Id > id); }
        class C(IUsers users, ITeams teams)
        {
            public async Task<int> M(int[] ids)
            {
                var sizes = new List<int>();
                foreach (var id in ids)
                {
                    var user = await users.GetAsync(id);
                    sizes.Add(await teams.CountAsync(user!.Id));
                }
                return sizes.Count;
            }
        }
        """);

    [Fact] // 56
    public Task Peer56_OutputShownInOrder_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            var text = await http.GetStringAsync($"users/{id}", stop);
            Console.WriteLine(text);
        }
        return 0;
        """);

    [Fact] // 57
    public Task Peer57_DeletePerItem_IsSilent() => Silent("""
        foreach (var id in ids) await http.DeleteAsync($"users/{id}", stop);
        return 0;
        """);

    [Fact] // 58
    public Task Peer58_DialogPerItem_IsSilent() => Verify.Analyzer("""
        public interface IDialogs { Task<bool> ShowAsync(string text); }
        class C(IDialogs dialogs, HttpClient http)
        {
            public async Task<int> M(string[] ids)
            {
                var kept = new List<string>();
                foreach (var id in ids)
                {
                    var text = await http.GetStringAsync(id);
                    if (await dialogs.ShowAsync(text)) kept.Add(id);
                }
                return kept.Count;
            }
        }
        """);

    [Fact] // 59
    public Task Peer59_ParentBeforeChild_IsSilent() => Silent("""
        foreach (var user in users)
        {
            db.Users.Add(user);
            await db.SaveChangesAsync(stop);
        }
        return 0;
        """);

    [Fact] // 59, each step with a context of its own
    public Task Peer59_SeedStepsInTurn_IsSilent() => Silent("""
        foreach (var user in users)
        {
            await using var own = contexts.CreateDbContext();
            own.Users.Add(user);
            await own.SaveChangesAsync(stop);
        }
        return 0;
        """);

    [Fact] // 59
    public Task Peer59_MigrationsInTurn_IsSilent() => Verify.Analyzer("""
        using Microsoft.EntityFrameworkCore;
        public class Db(DbContextOptions<Db> o) : DbContext(o);
        public interface IStep { Task RunAsync(CancellationToken stop); }
        sealed class Indexes(IDbContextFactory<Db> contexts) : IStep
        {
            public async Task RunAsync(CancellationToken stop)
            {
                await using var db = contexts.CreateDbContext();
                await db.Database.ExecuteSqlRawAsync("create index", stop);
            }
        }
        class C
        {
            public async Task M(List<IStep> steps, CancellationToken stop)
            {
                foreach (var step in steps) await step.RunAsync(stop);
            }
        }
        """ + LoopSource.Sql);

    [Fact] // 60
    public Task Peer60_StreamThatIsOnlyRead_IsSilent() => Silent("""
        var sum = 0;
        await foreach (var text in StreamAsync()) sum += text.Length;
        return sum;
        """);

    [Fact] // 60
    public Task Peer60_LinesOfAStream_IsSilent() => Verify.Analyzer("""
        class C(StreamReader reader)
        {
            public async Task<int> M()
            {
                var sum = 0;
                for (var i = 0; i < 100; i++) sum += (await reader.ReadLineAsync())!.Length + i;
                return sum;
            }
        }
        """);

    [Fact] // 61
    public Task Peer61_AwaitInTheHeader_IsSilent() => Silent("""
        var sum = 0;
        foreach (var id in await http.GetFromJsonAsync<string[]>("ids", stop) ?? []) sum += id.Length;
        return sum;
        """);

    [Fact] // 62
    public Task Peer62_CallThatMayNotRun_Suggests() => Verify.Suggestion(LoopSource.In("""
        foreach (var user in users)
        {
            var city = user.City;
            if (city == "") city = [|await http.GetStringAsync($"cities/{user.Name}", stop)|];
            user.City = city;
        }
        return 0;
        """));

    [Fact] // 63
    public Task Peer63_Memoized_IsSilent() => Silent("""
        var known = new Dictionary<string, string>();
        foreach (var user in users)
        {
            if (!known.TryGetValue(user.City, out var text))
            {
                text = await http.GetStringAsync($"cities/{user.City}", stop);
                known[user.City] = text;
            }
            log.LogInformation("{Text}", text);
        }
        return 0;
        """);

    [Theory] // 63
    [InlineData("if (!cache.TryGetValue(id, out string? text)) { text = await http.GetStringAsync(id); cache.Set(id, text); }")]
    [InlineData("if (!known.TryGetValue(id, out var text)) text = known[id] = await http.GetStringAsync(id);")]
    [InlineData("if (!known.ContainsKey(id)) known.TryAdd(id, await http.GetStringAsync(id)); var text = known[id];")]
    [InlineData("var text = cache.Get<string>(id) ?? cache.Set(id, await http.GetStringAsync(id));")]
    [InlineData("var text = await cache.GetOrCreateAsync(id, _ => http.GetStringAsync(id));")]
    [InlineData("var text = await RememberedAsync(id);")]
    [InlineData("var text = await running.GetOrAdd(id, i => http.GetStringAsync(i));")]
    [InlineData("var text = cache.Get<string>(id); if (text is null) { text = await http.GetStringAsync(id); cache.Set(id, text); }")]
    public Task Peer63_AnsweredByACache_IsSilent(string turn) => Verify.Analyzer($$"""
        using System.Collections.Concurrent;
        using Microsoft.Extensions.Caching.Memory;
        class C(HttpClient http, IMemoryCache cache)
        {
            readonly ConcurrentDictionary<string, string> known = new();
            readonly ConcurrentDictionary<string, Task<string>> running = new();
            async Task<string> RememberedAsync(string id)
            {
                if (known.TryGetValue(id, out var text)) return text;
                return known[id] = await http.GetStringAsync(id);
            }
            public async Task<int> M(string[] ids)
            {
                var sum = 0;
                foreach (var id in ids)
                {
                    {{turn}}
                    sum += text!.Length;
                }
                return sum;
            }
        }
        """);

    [Theory] // 64
    [InlineData("await auth.AuthorizeAsync(id); list.Add(await http.GetStringAsync(id));")]
    [InlineData("if (await auth.AuthorizeAsync(id)) list.Add(await http.GetStringAsync(id));")]
    [InlineData("if (!await auth.AuthorizeAsync(id)) continue; list.Add(await http.GetStringAsync(id));")]
    [InlineData("await http.OpenAsync(id); list.Add(await http.GetStringAsync(id)); await http.CloseAsync(id);")]
    [InlineData("await ValidateAsync(id); list.Add(await http.GetStringAsync(id));")]
    public Task Peer64_GateInFrontOfTheRead_IsSilent(string turn) => Verify.Analyzer($$"""
        public interface IAuth { Task<bool> AuthorizeAsync(string id); }
        sealed class Auth(HttpClient http) : IAuth { public async Task<bool> AuthorizeAsync(string id) => await http.GetStringAsync("may/" + id) == "yes"; }
        static class Doors
        {
            public static async Task OpenAsync(this HttpClient http, string id) => await http.PostAsync("open/" + id, null);
            public static async Task CloseAsync(this HttpClient http, string id) => await http.PostAsync("close/" + id, null);
        }
        class C(HttpClient http, IAuth auth)
        {
            async Task ValidateAsync(string id) { if (await http.GetStringAsync("valid/" + id) != "yes") throw new InvalidOperationException(); }
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids)
                {
                    {{turn}}
                }
                return list.Count;
            }
        }
        """);

    [Fact] // 65
    public Task Peer65_CallbackBetweenTurns_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            public event Action<string>? Loaded;
            public async Task M(string[] ids)
            {
                foreach (var id in ids)
                {
                    var text = await http.GetStringAsync(id);
                    Loaded?.Invoke(text);
                }
            }
        }
        """);

    [Fact] // 66
    public Task Peer66_TasksThatRunAlready_IsSilent() => Silent("""
        var tasks = ids.Select(id => http.GetStringAsync(id, stop)).ToList();
        var sum = 0;
        foreach (var task in tasks) sum += (await task).Length;
        return sum;
        """);

    [Fact] // 67
    public Task Peer67_SaveThenNotify_IsSilent() => Verify.Analyzer("""
        public interface IOrders { Task<string> GetAsync(string id); Task NotifyAsync(string order); }
        class C(IOrders orders)
        {
            public async Task M(string[] ids)
            {
                foreach (var id in ids)
                {
                    var order = await orders.GetAsync(id);
                    await orders.NotifyAsync(order);
                }
            }
        }
        """);

    [Fact] // 67, both calls understood
    public Task Peer67_ReadThenNotify_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            var order = await http.GetStringAsync($"orders/{id}", stop);
            using var answer = await http.PostAsync("notify", new StringContent(order), stop);
        }
        return 0;
        """);

    [Fact] // 68
    public Task Peer68_CulturePerTurn_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(id);
            list.Add(await http.GetStringAsync($"users/{id}", stop));
        }
        return list.Count;
        """);

    [Theory] // 68
    [InlineData("using var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled);", "")]
    [InlineData("", "using var scope = new System.Transactions.TransactionScope(System.Transactions.TransactionScopeAsyncFlowOption.Enabled);")]
    [InlineData("", "using var step = new System.Diagnostics.ActivitySource(\"a\").StartActivity(id);")]
    [InlineData("var tenant = new AsyncLocal<string>();", "tenant.Value = id;")]
    public Task Peer68_AmbientState_IsSilent(string before, string first) => Silent($$"""
        {{before}}
        var list = new List<string>();
        foreach (var id in ids)
        {
            {{first}}
            list.Add(await http.GetStringAsync($"users/{id}", stop));
        }
        return list.Count;
        """);

    [Fact]
    public Task Recursion_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            async Task<int> GetSizeAsync(string node)
            {
                var sum = 1;
                foreach (var child in (await http.GetStringAsync(node)).Split(',')) sum += await GetSizeAsync(child);
                return sum;
            }
        }
        """);

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public class FactAttribute : Attribute; }
        class C(HttpClient http)
        {
            [Xunit.Fact]
            public async Task M()
            {
                var list = new List<string>();
                foreach (var id in File.ReadLines("x")) list.Add(await http.GetStringAsync(id));
            }
        }
        """);
}
