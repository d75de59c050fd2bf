using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedFanOut.UnboundedFanOutAnalyzer, ExecutionModel.Analyzers.Rules.Budget.UnboundedFanOut.UnboundedFanOutCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM301. Sources of the outside world are warnings, lists of unknown size are suggestions, and whatever has a limit is silent.</summary>
public sealed class UnboundedFanOutTests
{
    private const string Usings = """
        using System.Net.Http.Json;
        using System.Threading.RateLimiting;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Options;

        """;

    /// <summary>Types that the members of most tests use.</summary>
    private const string Shop = """

        public sealed class User { public int Id { get; set; } public int Team { get; set; } public bool Active { get; set; } public string Url { get; set; } = ""; public Task Ready { get; set; } = Task.CompletedTask; }
        public sealed class ShopContext : DbContext { public DbSet<User> Users => Set<User>(); }
        public enum Region { North, South, West }
        public sealed class ImportOptions { public string[] Mirrors { get; set; } = []; }
        """;

    private static string Body(string members) => Usings + "public sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n" + Shop;

    private static Task Warning(string members) => Verify.Analyzer(Body(members));

    private static Task Suggestion(string members) => Verify.Suggestion(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Body(members));

    // What is large: warnings

    [Fact]
    public Task LinesOfAFile_Reports() => Warning("""
        public async Task<string[]> RunAsync(string path) => await [|Task.WhenAll(File.ReadLines(path).Select(line => http.GetStringAsync(line)))|];
        """);

    [Fact]
    public Task LinesReadIntoALocal_Reports() => Warning("""
        public async Task RunAsync(string path, CancellationToken stop)
        {
            var lines = await File.ReadAllLinesAsync(path, stop);
            var urls = lines.Where(l => l.Length > 0).Distinct().ToList();
            await [|Task.WhenAll(urls.Select(async url =>
            {
                using var answer = await http.GetAsync(url, stop);
                answer.EnsureSuccessStatusCode();
            }))|];
        }
        """);

    [Fact]
    public Task EntriesOfADirectory_Reports() => Warning("""
        public async Task RunAsync(string path)
        {
            await [|Task.WhenAll(Directory.EnumerateFiles(path, "*.json").Select(async file => await http.PostAsync("files", new StringContent(await File.ReadAllTextAsync(file)))))|];
        }
        """);

    [Fact]
    public Task UnpagedQuery_Reports() => Warning("""
        public async Task<string[]> RunAsync(ShopContext shop)
        {
            var users = await shop.Users.Where(u => u.Active).OrderBy(u => u.Id).ToListAsync();
            return await [|Task.WhenAll(users.Select(u => http.GetStringAsync(u.Url)))|];
        }
        """);

    [Fact]
    public Task UnpagedQueryBehindASourceMethod_Reports() => Warning("""
        public async Task<string[]> RunAsync(ShopContext shop)
        {
            var users = await LoadAsync(shop);
            return await [|Task.WhenAll(users.Select(u => http.GetStringAsync(u.Url)))|];
        }

        private static async Task<List<User>> LoadAsync(ShopContext shop)
        {
            var all = await shop.Users.AsNoTracking().ToListAsync();
            return all;
        }
        """);

    [Fact]
    public Task ConstantAboveTheLimit_Reports() => Warning("""
        public async Task<string[]> RunAsync() => await [|Task.WhenAll(Enumerable.Range(0, 500).Select(page => http.GetStringAsync($"pages/{page}")))|];
        """);

    [Fact]
    public Task RequestOfAController_Reports() => Verify.Analyzer(Usings + """
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public async Task<string[]> Import(string[] urls) => await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        }
        """);

    [Fact]
    public Task BodyOfARequest_Reports() => Verify.Analyzer(Usings + """
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public async Task<string[]> Import(Import import) => await [|Task.WhenAll(import.Filter.Urls.Select(url => http.GetStringAsync(url)))|];
        }
        public sealed record Import(Filter Filter);
        public sealed record Filter(List<string> Urls);
        """);

    [Fact]
    public Task RequestOfAMinimalApi_Reports() => Verify.Analyzer("""
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Routing;
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder routes)
            {
                routes.MapPost("/import", async (string[] urls, HttpClient http) => await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|]);
            }
        }
        """);

    [Fact]
    public Task PrivateMethodThatGetsTheRequest_Reports() => Verify.Analyzer(Usings + """
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public Task<string[]> Import(string[] urls) => RunAsync(urls.Distinct());
            private async Task<string[]> RunAsync(IEnumerable<string> urls) => await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        }
        """);

    /// <summary>A batch collects commands and sends them at once.</summary>
    [Fact]
    public Task CommandsOfOneRedisBatch_AreNoFanOut() => Verify.Analyzer(Usings + """
        using StackExchange.Redis;

        public sealed class Expiry(IDatabase database)
        {
            public async Task<bool[]> RunAsync(string path)
            {
                var batch = database.CreateBatch();
                var expired = File.ReadLines(path).Select(key => batch.KeyExpireAsync(key)).ToArray();
                batch.Execute();
                var others = await [|Task.WhenAll(File.ReadLines(path).Select(key => database.KeyExpireAsync(key)))|];
                return await Task.WhenAll(expired);
            }
        }

        namespace StackExchange.Redis
        {
            public interface IDatabaseAsync { Task<bool> KeyExpireAsync(string key); }
            public interface IDatabase : IDatabaseAsync { IBatch CreateBatch(); }
            public interface IBatch : IDatabaseAsync { void Execute(); }
        }
        """);

    [Fact]
    public Task PrivateMethodWithSmallCallers_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public Task<string[]> Import(string a, string b) => RunAsync([a, b]);
            private async Task<string[]> RunAsync(string[] urls) => await Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));
        }
        """);

    /// <summary>A broker's client puts messages on one connection and holds back what is too many; a whole table of them is still worth a word.</summary>
    [Theory]
    [InlineData("IEnumerable<string> items", "await Task.WhenAll(items.Select(i => bus.Publish(i, stop)));")]
    [InlineData("string path", "await [|Task.WhenAll(File.ReadLines(path).Select(i => bus.Publish(i, stop)))|];")]
    public Task MessagesToABroker_ReportOnlyWhereThereAreMany(string parameter, string statement) => Verify.Analyzer(Usings + $$"""
        namespace MassTransit { public interface IPublishEndpoint { Task Publish<T>(T message, CancellationToken stop); } }
        public class C(MassTransit.IPublishEndpoint bus)
        {
            public async Task M({{parameter}}, CancellationToken stop) { {{statement}} }
        }
        """);

    [Fact]
    public Task ValidatedLengthOfARequest_IsSilent() => Verify.Analyzer(Usings + """
        using System.ComponentModel.DataAnnotations;
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public async Task<string[]> Import(Import import) => await Task.WhenAll(import.Urls.Select(url => http.GetStringAsync(url)));
        }
        public sealed class Import { [MaxLength(50)] public string[] Urls { get; set; } = []; }
        """);

    [Fact]
    public Task Test_IsSilent() => Verify.Analyzer(
        Body("[Fact] public async Task RunsAsync() => await Task.WhenAll(File.ReadLines(\"urls\").Select(url => http.GetStringAsync(url)));\n")
        + "namespace Xunit { public sealed class FactAttribute : Attribute; }",
        TestSettings.Default with { Sources = [new("Usings.cs", "global using Xunit;")] });

    [Fact]
    public Task TypeThatTheUserNamesATest_IsSilent() => Verify.Analyzer(
        Body("public async Task RunsAsync() => await Task.WhenAll(File.ReadLines(\"urls\").Select(url => http.GetStringAsync(url)));\n"),
        TestSettings.Default with { AdditionalFiles = [new("Shop.ExecutionCatalogue.txt", "T:Sample ; host=test")] });

    [Fact]
    public Task TestWithTheOption_Reports() => Verify.Analyzer(
        Body("[Fact] public async Task RunsAsync() => await [|Task.WhenAll(File.ReadLines(\"urls\").Select(url => http.GetStringAsync(url)))|];\n")
        + "namespace Xunit { public sealed class FactAttribute : Attribute; }",
        TestSettings.Default with { Sources = [new("Usings.cs", "global using Xunit;")], Options = new Dictionary<string, string> { ["execution_model.analyze_tests"] = "true" } });

    [Fact]
    public Task ListFilledInAWhileLoop_Reports() => Warning("""
        public async Task RunAsync(Queue<string> urls)
        {
            var tasks = new List<Task>();
            while (urls.TryDequeue(out var url))
            {
                tasks.Add(http.GetStringAsync(url));
            }

            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task AsyncStream_Reports() => Warning("""
        public async Task RunAsync(IAsyncEnumerable<string> urls)
        {
            var tasks = new List<Task<string>>();
            await foreach (var url in urls) tasks.Add(http.GetStringAsync(url));
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task SourceMethodThatReachesIo_Reports() => Warning("""
        public async Task RunAsync(string path) => await [|Task.WhenAll(File.ReadLines(path).Select(ImportAsync))|];

        private async Task ImportAsync(string url)
        {
            var text = await http.GetStringAsync(url);
            await File.WriteAllTextAsync(url.GetHashCode() + ".html", text);
        }
        """);

    [Fact]
    public Task ContextPerItemFromAFactory_Reports() => Warning("""
        public async Task RunAsync(string path, IDbContextFactory<ShopContext> contexts) => await [|Task.WhenAll(File.ReadLines(path).Select(async line =>
        {
            await using var shop = await contexts.CreateDbContextAsync();
            shop.Users.Add(new User { Url = line });
            await shop.SaveChangesAsync();
        }))|];
        """);

    [Fact]
    public Task WaitAll_Reports() => Warning("""
        public void Run(string path) => [|Task.WaitAll(File.ReadLines(path).Select(line => http.GetStringAsync(line)).ToArray())|];
        """);

    [Fact]
    public Task WhenEach_Reports() => Warning("""
        public async Task RunAsync(string path)
        {
            await foreach (var done in [|Task.WhenEach(File.ReadLines(path).Select(line => http.GetStringAsync(line)))|]) Console.WriteLine(await done);
        }
        """);

    [Fact]
    public Task LinesOfEachFile_Report() => Warning("""
        public Task RunAsync(string[] paths) => [|Task.WhenAll(paths.SelectMany(p => File.ReadLines(p).Select(line => http.GetStringAsync(line))))|];
        """);

    [Fact]
    public Task FieldReadOnceFromAFile_Reports() => Warning("""
        private readonly string[] urls = File.ReadAllLines("urls.txt");
        public Task<string[]> RunAsync() => [|Task.WhenAll(urls.Select(u => http.GetStringAsync(u)))|];
        """);

    [Fact]
    public Task FieldFilledByTheOnlyConstructor_Reports() => Verify.Analyzer(Usings + """
        public sealed class Sample
        {
            private readonly HttpClient http;
            private string[] urls;

            public Sample(HttpClient http, string path)
            {
                this.http = http;
                urls = File.ReadAllLines(path);
            }

            public Task<string[]> RunAsync() => [|Task.WhenAll(urls.Select(u => http.GetStringAsync(u)))|];
        }
        """);

    [Fact]
    public Task WalkOfATree_Suggests() => Suggestion("""
        public async Task WalkAsync(List<string> urls)
        {
            await [|Task.WhenAll(urls.Select(async url =>
            {
                var text = await http.GetStringAsync(url);
                await WalkAsync([.. text.Split('\n')]);
            }))|];
        }
        """);

    [Fact]
    public Task ReportOfAWalk_SaysWhereTheGateBelongs() => Verify.Analyzer(
        Body("""
            public async Task WalkAsync(List<string> urls) => await {|#0:Task.WhenAll({|#1:urls|}.Select({|#2:async url => await WalkAsync([.. (await http.GetStringAsync(url)).Split('\n')])|}))|};
            """),
        Verify.Diagnostic().WithLocation(0).WithPartners(1, 2).WithSeverity(Microsoft.CodeAnalysis.DiagnosticSeverity.Info).WithMessage(
            "'WalkAsync' starts once per item of 'urls', all of them at once, and nothing limits how many are in flight; it calls itself, so pass one gate of 20 down and hold it around the I/O alone"));

    [Theory]
    [InlineData("u => Shop(u.Id)", "Shop", 20)]
    [InlineData("u => http.GetStringAsync(u.Url)", "GetStringAsync", 50)]
    public Task DatabaseWork_TakesAPartOfThePool(string operation, string name, int limit) => Verify.Analyzer(
        Body($$"""
            public async Task RunAsync(ShopContext shop)
            {
                var users = await shop.Users.ToListAsync();
                await {|#0:Task.WhenAll({|#1:users|}.Select({|#2:{{operation}}|}))|};
            }

            private static async Task<int> Shop(int id)
            {
                await using var own = new ShopContext();
                return await own.Users.CountAsync(u => u.Team == id);
            }
            """),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.max_concurrency"] = "50" } },
        Verify.Diagnostic().WithLocation(0).WithPartners(1, 2).WithMessage(
            $"'{name}' starts once per row of an un-paged query ('Users'), all of them at once, and nothing limits how many are in flight; a gate of {limit} keeps results and order"));

    [Fact]
    public Task ReportNamesCallSourceAndLimit() => Verify.Analyzer(
        Body("""
            public async Task RunAsync(string path) => await {|#0:Task.WhenAll({|#1:File.ReadLines(path)|}.Select({|#2:line => http.GetStringAsync(line)|}))|};
            """),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.max_concurrency"] = "7" } },
        Verify.Diagnostic().WithLocation(0).WithPartners(1, 2).WithMessage(
            "'GetStringAsync' starts once per item that 'File.ReadLines' returns, all of them at once, and nothing limits how many are in flight; a gate of 7 keeps results and order"));

    [Fact]
    public Task Fix_BoundsTheReportedFanOut() => Verify.CodeFix(
        Body("""
            public async Task RunAsync(string path)
            {
                await [|Task.WhenAll(File.ReadLines(path).Select(line => http.GetStringAsync(line)))|];
            }
            """),
        Body("""
            public async Task RunAsync(string path)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(File.ReadLines(path).Select(async line =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(line);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
            """));

    // Lists of unknown size: suggestions

    [Fact]
    public Task Parameter_Suggests() => Suggestion("""
        public Task<string[]> RunAsync(IReadOnlyList<string> urls) => [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        """);

    [Fact]
    public Task MethodGroup_Suggests() => Suggestion("""
        public async Task<string[]> RunAsync(List<string> urls) => await [|Task.WhenAll(urls.Select(http.GetStringAsync))|];
        """);

    [Fact]
    public Task QueryExpression_Suggests() => Suggestion("""
        public async Task<string[]> RunAsync(List<string> urls) => await [|Task.WhenAll(from url in urls where url != "" select http.GetStringAsync(url))|];
        """);

    [Fact]
    public Task ThroughALocal_Suggests() => Suggestion("""
        public async Task RunAsync(List<string> urls)
        {
            var tasks = urls.Select(url => http.GetStringAsync(url)).ToArray();
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task SpreadOfACollectionExpression_Suggests() => Suggestion("""
        public async Task RunAsync(List<string> urls)
        {
            Task<string>[] tasks = [.. urls.Select(url => http.GetStringAsync(url))];
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task AddInForeach_Suggests() => Suggestion("""
        public async Task RunAsync(List<string> urls)
        {
            var tasks = new List<Task<string>>();
            foreach (var url in urls)
            {
                tasks.Add(http.GetStringAsync(url));
            }

            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task AddInFor_Suggests() => Suggestion("""
        public async Task RunAsync(List<string> urls)
        {
            var tasks = new List<Task>();
            for (var i = 0; i < urls.Count; i++) tasks.Add(http.GetStringAsync(urls[i]));
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task SlotsOfAnArray_Suggest() => Suggestion("""
        public async Task RunAsync(string[] urls)
        {
            var tasks = new Task<string>[urls.Length];
            for (var i = 0; i < urls.Length; i++) tasks[i] = http.GetStringAsync(urls[i]);
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task CollectionOfACommand_Suggests() => Suggestion("""
        public async Task RunAsync(ImportCommand command) => await [|Task.WhenAll(command.Urls.Select(url => http.GetStringAsync(url)))|];
        public sealed record ImportCommand(string[] Urls);
        """);

    [Fact]
    public Task RowsOfOneParent_Suggest() => Suggestion("""
        public async Task RunAsync(ShopContext shop, int team)
        {
            var users = await shop.Users.Where(u => u.Team == team).ToListAsync();
            await [|Task.WhenAll(users.Select(u => http.GetStringAsync(u.Url)))|];
        }
        """);

    [Fact]
    public Task LinesOfAFileWithLikelyIo_Suggest() => Suggestion("""
        public async Task RunAsync(string path, IPriceClient prices) => await [|Task.WhenAll(File.ReadLines(path).Select(sku => prices.GetPriceAsync(sku)))|];
        public interface IPriceClient { Task<decimal> GetPriceAsync(string sku); }
        """);

    [Fact]
    public Task WriteThroughTheOnlyImplementation_Reports() => Warning("""
        public async Task RunAsync(string path, IPublisher publisher) => await [|Task.WhenAll(File.ReadLines(path).Select(sku => publisher.PublishAsync(sku)))|];
        public interface IPublisher { Task PublishAsync(string sku); }
        public sealed class Publisher(HttpClient http) : IPublisher { public Task PublishAsync(string sku) => http.PostAsync(sku, null); }
        """);

    [Fact]
    public Task WriteThroughAClientByItsName_Suggests() => Suggestion("""
        public async Task RunAsync(string path, INoticeClient notices) => await [|Task.WhenAll(File.ReadLines(path).Select(notices.SendAsync))|];
        public interface INoticeClient { Task SendAsync(string line); }
        """);

    [Fact]
    public Task ConfidenceCertain_IsSilentForSuggestions() => Verify.Analyzer(
        Body("public Task<string[]> RunAsync(string[] urls) => Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));"),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    // Known small sources

    [Fact]
    public Task ArrayLiteral_IsSilent() => Silent("""
        public Task<string[]> RunAsync() => Task.WhenAll(new[] { "a", "b" }.Select(url => http.GetStringAsync(url)));
        """);

    [Fact]
    public Task CollectionLiteralInALocal_IsSilent() => Silent("""
        public Task<string[]> RunAsync(string c)
        {
            List<string> urls = ["a", "b", c];
            urls.Add("d");
            return Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));
        }
        """);

    [Fact]
    public Task Params_IsSilent() => Silent("""
        public Task<string[]> RunAsync(params string[] urls) => Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));
        """);

    [Fact]
    public Task ConstantRange_IsSilent() => Silent("""
        public Task<string[]> RunAsync() => Task.WhenAll(Enumerable.Range(1, 12).Select(month => http.GetStringAsync($"months/{month}")));
        """);

    [Fact]
    public Task RangeOfWorkers_IsSilent() => Silent("""
        public Task<string[]> RunAsync(int workers) => Task.WhenAll(Enumerable.Range(0, workers).Select(worker => http.GetStringAsync($"work/{worker}")));
        """);

    [Fact]
    public Task Repeat_IsSilent() => Silent("""
        public Task<string[]> RunAsync() => Task.WhenAll(Enumerable.Repeat("probe", 3).Select(url => http.GetStringAsync(url)));
        """);

    [Fact]
    public Task ProcessorCount_IsSilent() => Silent("""
        public Task<string[]> RunAsync() => Task.WhenAll(Enumerable.Range(0, Environment.ProcessorCount * 2).Select(worker => http.GetStringAsync($"work/{worker}")));
        """);

    [Fact]
    public Task TakeOfAConstant_IsSilent() => Silent("""
        public Task<string[]> RunAsync(string path) => Task.WhenAll(File.ReadLines(path).Skip(1).Take(50).Select(url => http.GetStringAsync(url)));
        """);

    [Fact]
    public Task TakeInTheQuery_IsSilent() => Silent("""
        public async Task RunAsync(ShopContext shop, int page)
        {
            var users = await shop.Users.OrderBy(u => u.Id).Skip(page * 50).Take(50).ToListAsync();
            await Task.WhenAll(users.Select(u => http.GetStringAsync(u.Url)));
        }
        """);

    [Fact]
    public Task TakeAddedToTheQueryLater_IsSilent() => Silent("""
        public async Task RunAsync(ShopContext shop, bool active)
        {
            IQueryable<User> query = shop.Users;
            if (active) query = query.Where(u => u.Active);
            query = query.Take(20);
            var users = await query.ToListAsync();
            await Task.WhenAll(users.Select(u => http.GetStringAsync(u.Url)));
        }
        """);

    [Fact]
    public Task PagedResult_IsSilent() => Silent("""
        public async Task RunAsync(IUsers users, int page)
        {
            foreach (var user in new int[0]) { }
            await Task.WhenAll((await users.ListAsync(page, pageSize: 50)).Select(u => http.GetStringAsync(u.Url)));
        }
        public interface IUsers { Task<List<User>> ListAsync(int page, int pageSize); }
        """);

    [Fact]
    public Task EnumValues_IsSilent() => Silent("""
        public Task<string[]> RunAsync() => Task.WhenAll(Enum.GetValues<Region>().Select(region => http.GetStringAsync($"regions/{region}")));
        """);

    [Fact]
    public Task QueryForAFewKeys_IsSilent() => Silent("""
        public async Task RunAsync(ShopContext shop)
        {
            int[] ids = [1, 2, 3];
            var users = await shop.Users.Where(u => ids.Contains(u.Id)).ToListAsync();
            await Task.WhenAll(users.Select(u => http.GetStringAsync(u.Url)));
        }
        """);

    [Fact]
    public Task InjectedCollection_IsSilent() => Verify.Analyzer(Usings + """
        public interface IProbe { Uri Address { get; } }
        public sealed class Health(HttpClient http, IEnumerable<IProbe> probes)
        {
            private readonly IProbe[] all = probes.ToArray();
            public Task<string[]> RunAsync() => Task.WhenAll(probes.Select(p => http.GetStringAsync(p.Address)));
            public Task<string[]> AgainAsync() => Task.WhenAll(all.Select(p => http.GetStringAsync(p.Address)));
        }
        """);

    [Fact]
    public Task ListOfOptions_IsSilent() => Silent("""
        public Task<string[]> RunAsync(IOptions<ImportOptions> options) => Task.WhenAll(options.Value.Mirrors.Select(m => http.GetStringAsync(m)));
        """);

    [Fact]
    public Task ListOfConfiguration_IsSilent() => Verify.Analyzer(Usings + """
        using Microsoft.Extensions.Configuration;
        public sealed class Sample(HttpClient http)
        {
            public Task<string[]> RunAsync(IConfiguration configuration) => Task.WhenAll(configuration.GetSection("Mirrors").GetChildren().Select(m => http.GetStringAsync(m.Value)));
        }
        """);

    [Fact]
    public Task StaticArray_IsSilent() => Silent("""
        private static readonly string[] Services = ["stock", "prices"];
        public Task<string[]> RunAsync() => Task.WhenAll(Services.Select(s => http.GetStringAsync(s)));
        """);

    [Fact]
    public Task FieldThatNobodySeesFilled_IsSilent() => Silent("""
        private readonly Dictionary<string, string> peers = [];
        public Task<string[]> RunAsync() => Task.WhenAll(peers.Values.Select(p => http.GetStringAsync(p)));
        """);

    [Fact]
    public Task ChildrenOfOneObject_IsSilent() => Silent("""
        public Task<string[]> RunAsync(Order order) => Task.WhenAll(order.Lines.Select(l => http.GetStringAsync(l)));
        public sealed record Order(List<string> Lines);
        """);

    [Fact]
    public Task ExplicitTasks_IsSilent() => Silent("""
        public Task<string[]> RunAsync(string a, string b) => Task.WhenAll(http.GetStringAsync(a), http.GetStringAsync(b));
        """);

    [Fact]
    public Task TasksAddedOutsideALoop_IsSilent() => Silent("""
        public async Task RunAsync(string a, string b)
        {
            var tasks = new List<Task>();
            tasks.Add(http.GetStringAsync(a));
            if (b != a) tasks.Add(http.GetStringAsync(b));
            await Task.WhenAll(tasks);
        }
        """);

    [Fact]
    public Task LoopOverALiteral_IsSilent() => Silent("""
        public async Task RunAsync()
        {
            var tasks = new List<Task>();
            foreach (var url in new[] { "a", "b" }) tasks.Add(http.GetStringAsync(url));
            await Task.WhenAll(tasks);
        }
        """);

    // Limits

    [Fact]
    public Task GuardThatThrows_IsSilent() => Silent("""
        public Task<string[]> RunAsync(IReadOnlyList<string> urls)
        {
            if (urls.Count > 100) throw new ArgumentException("too many", nameof(urls));
            return Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));
        }
        """);

    [Fact]
    public Task GuardThatReturns_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public async Task<ActionResult> Import(Import import)
            {
                if (import.Urls is null or { Length: 0 } || import.Urls.Length >= 50) return BadRequest();
                return Ok(await Task.WhenAll(import.Urls.Select(url => http.GetStringAsync(url))));
            }
        }
        public sealed record Import(string[] Urls);
        """);

    [Fact]
    public Task GuardMethod_IsSilent() => Silent("""
        public Task<string[]> RunAsync(string[] urls)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThan(urls.Length, 100);
            return Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));
        }
        """);

    [Fact]
    public Task FanOutOnlyForShortLists_IsSilent() => Silent("""
        public async Task RunAsync(string[] urls)
        {
            if (urls.Length < 10)
            {
                await Task.WhenAll(urls.Select(url => http.GetStringAsync(url)));
                return;
            }

            foreach (var url in urls) await http.GetStringAsync(url);
        }
        """);

    [Fact]
    public Task CheckForEmptiness_Suggests() => Suggestion("""
        public async Task RunAsync(string[] urls)
        {
            if (urls.Length > 0) await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        }
        """);

    [Fact]
    public Task GateInTheLambda_IsSilent() => Silent("""
        private readonly SemaphoreSlim gate = new(20);
        public Task RunAsync(string path) => Task.WhenAll(File.ReadLines(path).Select(async url =>
        {
            await gate.WaitAsync();
            try { await http.GetStringAsync(url); }
            finally { gate.Release(); }
        }));
        """);

    [Fact]
    public Task RateLimiterInTheLambda_IsSilent() => Silent("""
        public Task RunAsync(string path, RateLimiter limiter) => Task.WhenAll(File.ReadLines(path).Select(async url =>
        {
            using var lease = await limiter.AcquireAsync();
            await http.GetStringAsync(url);
        }));
        """);

    [Fact]
    public Task PollyPipelineInTheLambda_IsSilent() => Silent("""
        public Task RunAsync(string path, Polly.ResiliencePipeline pipeline) =>
            Task.WhenAll(File.ReadLines(path).Select(url => pipeline.ExecuteAsync(async token => await http.GetStringAsync(url, token)).AsTask()));
        """);

    [Fact]
    public Task OwnLimiterTwoCallsDown_IsSilent() => Silent("""
        private readonly SemaphoreSlim gate = new(4);
        public Task RunAsync(string path) => Task.WhenAll(File.ReadLines(path).Select(url => GetAsync(url)));
        private Task<string> GetAsync(string url) => LimitedAsync(() => http.GetStringAsync(url));
        private async Task<T> LimitedAsync<T>(Func<Task<T>> start)
        {
            await gate.WaitAsync();
            try { return await start(); }
            finally { gate.Release(); }
        }
        """);

    [Fact]
    public Task LimiterByItsTypeName_IsSilent() => Silent("""
        public Task RunAsync(string path, IThrottler throttler) => Task.WhenAll(File.ReadLines(path).Select(url => throttler.RunAsync(() => http.GetStringAsync(url))));
        public interface IThrottler { Task RunAsync(Func<Task> start); }
        """);

    [Fact]
    public Task MaxConnectionsOfTheType_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Sample
        {
            private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = 8 });
            public Task RunAsync(string path) => Task.WhenAll(File.ReadLines(path).Select(url => http.GetStringAsync(url)));
        }
        """);

    [Fact]
    public Task LoopOverChunks_IsSilent() => Silent("""
        public async Task RunAsync(string path)
        {
            foreach (var some in File.ReadLines(path).Chunk(20)) await Task.WhenAll(some.Select(url => http.GetStringAsync(url)));
        }
        """);

    [Fact]
    public Task OneOperationPerChunk_IsSilent() => Silent("""
        public Task RunAsync(string[] lines) => Task.WhenAll(lines.Chunk(1000).Select(chunk => http.PostAsync("lines", JsonContent.Create(chunk))));
        """);

    [Fact]
    public Task LoopThatFlushes_IsSilent() => Silent("""
        public async Task RunAsync(string path)
        {
            var tasks = new List<Task>();
            foreach (var url in File.ReadLines(path))
            {
                tasks.Add(http.GetStringAsync(url));
                if (tasks.Count == 20)
                {
                    await Task.WhenAll(tasks);
                    tasks.Clear();
                }
            }

            await Task.WhenAll(tasks);
        }
        """);

    [Fact]
    public Task LoopThatWaitsForAGate_IsSilent() => Silent("""
        public async Task RunAsync(string path)
        {
            using var gate = new SemaphoreSlim(20);
            var tasks = new List<Task>();
            foreach (var url in File.ReadLines(path))
            {
                await gate.WaitAsync();
                tasks.Add(http.GetStringAsync(url).ContinueWith(_ => gate.Release()));
            }

            await Task.WhenAll(tasks);
        }
        """);

    [Fact]
    public Task LoopThatPauses_IsSilent() => Silent("""
        public async Task RunAsync(string path)
        {
            var tasks = new List<Task>();
            foreach (var url in File.ReadLines(path))
            {
                tasks.Add(http.GetStringAsync(url));
                await Task.Delay(100);
            }

            await Task.WhenAll(tasks);
        }
        """);

    // No fan-out over I/O

    [Fact] // one call, forgotten on purpose
    public Task FireAndForget_IsSilent() => Silent("""
        public void Run(string url)
        {
            _ = Task.Run(() => http.PostAsync(url, null));
            _ = http.PostAsync(url, null);
        }
        """);

    [Fact]
    public Task StoredTasks_IsSilent() => Silent("""
        public Task RunAsync(List<User> users) => Task.WhenAll(users.Select(u => u.Ready));
        """);

    [Fact]
    public Task RunningTasks_IsSilent() => Silent("""
        public Task RunAsync(List<Task<string>> running) => Task.WhenAll(running.Select(async t => (await t).Length));
        """);

    [Fact]
    public Task InMemoryLookups_IsSilent() => Silent("""
        private readonly Dictionary<string, string> cache = [];
        public Task<string[]> RunAsync(string path) => Task.WhenAll(File.ReadLines(path).Select(l => FindAsync(l)));
        private Task<string> FindAsync(string key) => Task.FromResult(cache[key]);
        """);

    [Fact]
    public Task ComputingOnThePool_IsSilent() => Silent("""
        public Task<int[]> RunAsync(List<string> texts) => Task.WhenAll(texts.Select(t => Task.Run(() => t.Length * 2)));
        """);

    [Fact]
    public Task DelayOnly_IsSilent() => Silent("""
        public Task RunAsync(List<int> times) => Task.WhenAll(times.Select(t => Task.Delay(t)));
        """);

    [Fact]
    public Task UnknownService_IsSilent() => Silent("""
        public Task RunAsync(string path, IRules rules) => Task.WhenAll(File.ReadLines(path).Select(l => rules.ApplyAsync(l)));
        public interface IRules { Task ApplyAsync(string line); }
        """);

    [Fact]
    public Task SharedContext_IsSilent() => Silent("""
        public async Task RunAsync(ShopContext shop, int[] ids) => await Task.WhenAll(ids.Select(id => shop.Users.FirstAsync(u => u.Id == id)));
        """);

    [Fact]
    public Task SharedContextBehindARepository_IsSilent() => Verify.Analyzer(Usings + """
        public interface IUsers { Task<User> GetAsync(int id); }
        public sealed class Users(ShopContext shop) : IUsers { public Task<User> GetAsync(int id) => shop.Users.FirstAsync(u => u.Id == id); }
        public sealed class Sample(IUsers users)
        {
            public async Task<User[]> RunAsync(int[] ids) => await Task.WhenAll(ids.Select(id => users.GetAsync(id)));
            public async Task<User[]> AgainAsync(int[] ids) => await Task.WhenAll(ids.Select(LoadAsync));
            private async Task<User> LoadAsync(int id) => await users.GetAsync(id);
        }
        """ + Shop);

    [Fact]
    public Task WalkOfATreeWithAGateAroundItsIo_IsSilent() => Silent("""
        private readonly SemaphoreSlim gate = new(20);

        public async Task WalkAsync(List<string> urls)
        {
            await Task.WhenAll(urls.Select(async url =>
            {
                await gate.WaitAsync();
                string text;
                try { text = await http.GetStringAsync(url); }
                finally { gate.Release(); }
                await WalkAsync([.. text.Split('\n')]);
            }));
        }
        """);

    [Fact]
    public Task RaceOfAll_IsSilent() => Silent("""
        public async Task<string> RunAsync(string path) => await await Task.WhenAny(File.ReadLines(path).Select(line => http.GetStringAsync(line)));
        """);

    [Fact]
    public Task ListsInsideAFewItems_AreSilent() => Silent("""
        public Task RunAsync(Order order) => Task.WhenAll(new[] { order, order }.SelectMany(o => o.Lines.Select(l => http.GetStringAsync(l))));
        public sealed record Order(List<string> Lines);
        """);

    [Fact]
    public Task FieldFromTheConstructor_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Sample
        {
            private readonly HttpClient http;
            private readonly List<string> peers;

            public Sample(HttpClient http, List<string> peers) => (this.http, this.peers) = (http, peers);

            public Task<string[]> RunAsync() => Task.WhenAll(peers.Select(p => http.GetStringAsync(p)));
        }
        """);

    [Fact]
    public Task FieldThatIsWrittenAgain_IsSilent() => Silent("""
        private string[] urls = File.ReadAllLines("urls.txt");
        public void Reset() => urls = [];
        public Task<string[]> RunAsync() => Task.WhenAll(urls.Select(u => http.GetStringAsync(u)));
        """);

    [Fact]
    public Task OwnTypeNamedTask_IsSilent() => Verify.Analyzer("""
        namespace Own
        {
            public static class Task { public static void WhenAll(System.Collections.Generic.IEnumerable<System.Threading.Tasks.Task<string>> tasks) { } }
            public sealed class Sample(HttpClient http) { public void Run(string[] urls) => Task.WhenAll(urls.Select(u => http.GetStringAsync(u))); }
        }
        """);

    [Fact]
    public Task BrokenCode_IsSilent() => Verify.Analyzer(
        "public sealed class Sample(HttpClient http) { public void Run(string[] urls) { Task.WhenAll(urls.Select(); Task.WhenAll(urls.Select(u => )); Task.WhenAll(missing.Select(u => http.GetStringAsync(u))); } }",
        new TestSettings { AllowErrors = true });
}
