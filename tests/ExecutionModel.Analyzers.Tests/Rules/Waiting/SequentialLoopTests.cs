using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop.SequentialLoopAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM102: the rows of the loop table, then the conditions that each must hold. The name says shape and verdict.</summary>
public sealed class SequentialLoopTests
{
    private static Task Warning(string body) => Verify.Analyzer(LoopSource.In(body));

    private static Task Suggestion(string body) => Verify.Suggestion(LoopSource.In(body));

    private static Task Silent(string body) => Verify.Analyzer(LoopSource.In(body));

    [Fact] // row 1
    public Task ListOfResponses_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids) list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        return list.Count;
        """);

    [Fact] // row 2
    public Task Sum_Reports() => Warning("""
        var sum = 0.0;
        foreach (var id in ids) sum += [|await http.GetFromJsonAsync<double>($"prices/{id}", stop)|];
        return (int)sum;
        """);

    [Fact] // row 3
    public Task DictionaryStore_Reports() => Warning("""
        var prices = new Dictionary<string, string>();
        foreach (var id in ids)
        {
            prices[id] = [|await http.GetStringAsync($"prices/{id}", stop)|];
        }
        return prices.Count;
        """);

    [Fact] // row 4
    public Task ArrayStoreByIndex_Reports() => Warning("""
        var prices = new string[ids.Length];
        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = [|await http.GetStringAsync($"prices/{ids[i]}", stop)|];
        }
        return prices.Length;
        """);

    [Fact] // row 5
    public Task UnknownWritePerItem_IsSilent() => Verify.Analyzer("""
        public interface IWork { Task ProcessAsync(string id); }
        class C(IWork work)
        {
            public async Task M(string[] ids)
            {
                foreach (var id in ids) await work.ProcessAsync(id);
            }
        }
        """);

    [Fact] // row 6
    public Task PostPerItem_IsSilent() => Silent("""
        foreach (var id in ids) await http.PostAsync($"orders/{id}", null, stop);
        return 0;
        """);

    [Fact] // row 7
    public Task QueryPerItemOnOneContext_IsSilent() => Silent("""
        var found = new List<User?>();
        foreach (var id in ids) found.Add(await db.Users.FirstOrDefaultAsync(u => u.Name == id, stop));
        return found.Count;
        """);

    [Fact] // row 8
    public Task QueryPerItemOnAContextOfItsOwn_Reports() => Warning("""
        var sizes = new List<int>();
        foreach (var id in ids)
        {
            await using var own = contexts.CreateDbContext();
            var count = [|await own.Users.CountAsync(u => u.Name == id, stop)|];
            sizes.Add(count);
        }
        return sizes.Count;
        """);

    [Fact] // row 9
    public Task NextPageFromTheLast_IsSilent() => Silent("""
        var url = "pages/1";
        var all = new List<string>();
        for (var i = 0; i < ids.Length; i++)
        {
            var page = await http.GetFromJsonAsync<Page>(url + i, stop);
            all.Add(page!.Body);
            url = page.Next;
        }
        return all.Count;
        """);

    [Fact] // row 10
    public Task OffsetPagesWithKnownTotal_Suggests() => Suggestion("""
        var total = int.Parse(await http.GetStringAsync("total", stop));
        var all = new List<string>();
        for (var page = 1; page <= total; page++) all.Add([|await http.GetStringAsync($"rows?page={page}", stop)|]);
        return all.Count;
        """);

    [Fact] // row 11
    public Task Retry_IsSilent() => Silent("""
        for (var attempt = 0; attempt < 10; attempt++)
        {
            try { return (await http.GetStringAsync($"flaky?attempt={attempt}", stop)).Length; }
            catch (HttpRequestException) { }
        }
        return 0;
        """);

    [Fact] // row 12
    public Task PollingUntilDone_IsSilent() => Silent("""
        var done = false;
        while (!done)
        {
            done = await http.GetFromJsonAsync<bool>("done", stop);
            await Task.Delay(100, stop);
        }
        return 1;
        """);

    [Fact] // row 13
    public Task DelayInTheTurn_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            list.Add(await http.GetStringAsync($"users/{id}", stop));
            await Task.Delay(200, stop);
        }
        return list.Count;
        """);

    [Fact] // row 13, a pause that blocks
    public Task SleepInTheTurn_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            Thread.Sleep(200);
            list.Add(await http.GetStringAsync($"users/{id}", stop));
        }
        return list.Count;
        """);

    [Fact] // row 14
    public Task FirstMatchWins_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            if (await http.GetFromJsonAsync<bool>($"exists/{id}", stop)) return id.Length;
        }
        return 0;
        """);

    [Fact] // row 15
    public Task GuardThatThrows_IsSilent() => Silent("""
        foreach (var id in ids)
        {
            if (!await http.GetFromJsonAsync<bool>($"valid/{id}", stop)) throw new InvalidOperationException(id);
        }
        return 0;
        """);

    [Fact] // row 16
    public Task AllFlagsFolded_Suggests() => Suggestion("""
        var all = true;
        foreach (var id in ids) all &= [|await http.GetFromJsonAsync<bool>($"valid/{id}", stop)|];
        return all ? 1 : 0;
        """);

    [Fact] // row 16, where the rest is not asked once one failed
    public Task ShortCircuitedFlags_AreSilent_IsSilent() => Silent("""
        var all = true;
        foreach (var id in ids) all = all && await http.GetFromJsonAsync<bool>($"valid/{id}", stop);
        return all ? 1 : 0;
        """);

    [Fact] // row 17
    public Task OrderedSink_IsSilent() => Silent("""
        foreach (var id in ids) await writer.WriteLineAsync(id);
        return 0;
        """);

    [Fact] // row 17, the read in front of it is not what waits
    public Task OrderedSinkBehindARead_IsSilent() => Silent("""
        foreach (var id in ids) await writer.WriteLineAsync(await http.GetStringAsync($"users/{id}", stop));
        return 0;
        """);

    [Fact] // row 18
    public Task ProgressPerTurn_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            list.Add(await http.GetStringAsync($"users/{id}", stop));
            progress.Report(list.Count);
        }
        return list.Count;
        """);

    [Fact] // row 19
    public Task AsyncStream_Suggests() => Suggestion("""
        await foreach (var id in StreamAsync())
        {
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            log.LogInformation("{Length}", text.Length);
        }
        return 0;
        """);

    [Fact] // row 20
    public Task YieldedResults_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            public async IAsyncEnumerable<string> M(string[] ids)
            {
                foreach (var id in ids) yield return await http.GetStringAsync(id);
            }
        }
        """);

    [Fact] // row 21
    public Task OwnErrorHandlingPerTurn_Reports() => Warning("""
        foreach (var id in ids)
        {
            try
            {
                var text = [|await http.GetStringAsync($"users/{id}", stop)|];
                log.LogInformation("{Length}", text.Length);
            }
            catch (HttpRequestException fault)
            {
                log.LogWarning(fault, "{Id}", id);
            }
        }
        return 0;
        """);

    [Fact] // row 22
    public Task NestedLoops_ReportInnerOnly_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            foreach (var part in id.Split('/')) list.Add([|await http.GetStringAsync($"parts/{part}", stop)|]);
        }
        return list.Count;
        """);

    [Fact] // row 23
    public Task CancellationCheckFirst_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            stop.ThrowIfCancellationRequested();
            list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        }
        return list.Count;
        """);

    [Fact] // row 24
    public Task FewLiterals_Suggests() => Suggestion("""
        var list = new List<string>();
        foreach (var region in new[] { "north", "south", "west" }) list.Add([|await http.GetStringAsync($"regions/{region}", stop)|]);
        return list.Count;
        """);

    [Fact] // row 24, one only
    public Task OneLiteral_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var region in new[] { "north" }) list.Add(await http.GetStringAsync($"regions/{region}", stop));
        return list.Count;
        """);

    [Fact] // row 25
    public Task PreviousResultUsedAfterTheCall_Reports() => Warning("""
        var previous = "";
        var changes = 0;
        foreach (var id in ids)
        {
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            if (text != previous) changes++;
            previous = text;
        }
        return changes;
        """);

    [Fact] // row 26
    public Task CalleeChangesItsObject_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            int asked;
            async Task<string> GetAsync(string id) { asked++; return await http.GetStringAsync(id + asked); }
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids) list.Add(await GetAsync(id));
                return list.Count;
            }
        }
        """);

    [Fact] // row 27
    public Task SemaphoreInTheTurn_IsSilent() => Silent("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            await gate.WaitAsync(stop);
            try { list.Add(await http.GetStringAsync($"users/{id}", stop)); }
            finally { gate.Release(); }
        }
        return list.Count;
        """);

    [Fact] // row 27, opened around the loop
    public Task SemaphoreAroundTheLoop_IsSilent() => Silent("""
        var list = new List<string>();
        await gate.WaitAsync(stop);
        foreach (var id in ids) list.Add(await http.GetStringAsync($"users/{id}", stop));
        gate.Release();
        return list.Count;
        """);

    [Fact] // row 27, inside the callee
    public Task SemaphoreInTheCallee_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http, SemaphoreSlim gate)
        {
            async Task<string> GetAsync(string id)
            {
                await gate.WaitAsync();
                try { return await http.GetStringAsync(id); }
                finally { gate.Release(); }
            }
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids) list.Add(await GetAsync(id));
                return list.Count;
            }
        }
        """);

    [Fact] // row 28
    public Task ChainOfTwoReadsPerItem_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            var user = [|await http.GetFromJsonAsync<User>($"users/{id}", stop)|];
            var detail = await http.GetStringAsync($"details/{user!.Name}", stop);
            list.Add(detail);
        }
        return list.Count;
        """);

    [Fact] // row 28, the usual chain of request and body
    public Task ResponseAndItsBody_Reports() => Warning("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            using var response = [|await http.GetAsync($"users/{id}", stop)|];
            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsStringAsync(stop);
            list.Add(text);
        }
        return list.Count;
        """);

    [Fact] // row 29
    public Task UiCollectionFilledAfterTheCall_Reports() => Verify.Analyzer("""
        namespace System.Windows { public class Window { public List<string> Items { get; } = new(); } }
        class Main(HttpClient http) : System.Windows.Window
        {
            public async Task Load_Click(string[] ids)
            {
                foreach (var id in ids) Items.Add([|await http.GetStringAsync(id)|]);
            }
        }
        """);

    [Fact] // row 30
    public Task ServicesStartedInOrder_IsSilent() => Verify.Analyzer("""
        using Microsoft.Extensions.Hosting;
        class C(IEnumerable<IHostedService> services)
        {
            public async Task StartAsync(CancellationToken stop)
            {
                foreach (var service in services) await service.StartAsync(stop);
            }
        }
        """);

    // What is worth finding in real code

    [Fact]
    public Task InjectedApiThreeCallsDownInAnotherProject_Suggests() => Verify.Suggestion("""
        using Library;
        class C(IMetadata metadata)
        {
            public async Task<int> M(string[] ids, CancellationToken stop)
            {
                var list = new List<string>();
                foreach (var id in ids)
                {
                    var found = [|await metadata.GetTitleAsync(id, stop)|];
                    if (found is not null) list.Add(found);
                }
                return list.Count;
            }
        }
        """, TestSettings.Default with { References = LoopSource.WithProject("""
        namespace Library;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.Logging;
        public interface IMetadata { Task<string?> GetTitleAsync(string id, CancellationToken stop); }
        public interface ITitles { Task<string?> FindAsync(string id, CancellationToken stop); }
        public interface ISite { Task<string?> LoadAsync(string id, CancellationToken stop); }
        public sealed class Metadata(ITitles titles) : IMetadata { public Task<string?> GetTitleAsync(string id, CancellationToken stop) => titles.FindAsync(id, stop); }
        public sealed class Titles(ISite site, IMemoryCache cache) : ITitles { public Task<string?> FindAsync(string id, CancellationToken stop) => cache.GetOrCreateAsync(id, _ => site.LoadAsync(id, stop)); }
        public sealed class Site(HttpClient http, ILogger<Site> log) : ISite { public async Task<string?> LoadAsync(string id, CancellationToken stop) { log.LogDebug("x"); return await http.GetStringAsync(id, stop); } }
        """) });

    [Fact]
    public Task StatusPerConfiguredServer_Reports() => Verify.Analyzer("""
        using Microsoft.Extensions.Options;
        class ServerOptions { public string[] Servers { get; set; } = []; }
        record Status(string Server, string Text);
        class C(HttpClient http, IOptions<ServerOptions> options)
        {
            public async Task<List<Status>> M(CancellationToken stop)
            {
                var all = new List<Status>();
                foreach (var server in options.Value.Servers)
                {
                    var text = [|await http.GetStringAsync(server + "/status", stop)|];
                    all.Add(new Status(server, text));
                }
                return all;
            }
        }
        """);

    [Fact]
    public Task ItemFilledFromItsOwnKey_Reports() => Warning("""
        foreach (var user in users)
        {
            if (user.Name == "") continue;
            user.City = [|await http.GetStringAsync($"cities/{user.Name}", stop)|];
        }
        return 0;
        """);

    [Fact]
    public Task DictionaryTakenApart_Reports() => Warning("""
        var texts = new Dictionary<string, string>();
        foreach (var (key, value) in counts)
        {
            texts[key] = [|await http.GetStringAsync($"values/{value}", stop)|];
        }
        return texts.Count;
        """);
}
