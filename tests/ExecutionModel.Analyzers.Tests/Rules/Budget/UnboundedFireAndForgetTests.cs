using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedFireAndForget.UnboundedFireAndForgetAnalyzer, ExecutionModel.Analyzers.Rules.Budget.UnboundedFireAndForget.UnboundedFireAndForgetCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM302. Loops over the outside world are warnings, lists of unknown size are suggestions, and whatever has a pace is silent.</summary>
public sealed class UnboundedFireAndForgetTests
{
    private const string Usings = """
        using System.Collections.Concurrent;
        using System.Data.Common;
        using System.Net.Sockets;
        using System.Threading.Channels;
        using System.Threading.RateLimiting;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;

        """;

    private const string Shop = """

        public sealed class User { public int Id { get; set; } public string Url { get; set; } = ""; public bool Active { get; set; } }
        public sealed class ShopContext : DbContext { public DbSet<User> Users => Set<User>(); }
        public enum Region { North, South, West }
        public static class Tasks { public static void Forget(this Task task) { } }
        """;

    private static string Body(string members) => Usings + "public sealed class Sample(HttpClient http)\n{\n" + members + "\n    private Task SendAsync(string url) => http.PostAsync(url, null);\n}\n" + Shop;

    private static Task Warning(string members) => Verify.Analyzer(Body(members));

    private static Task Suggestion(string members) => Verify.Suggestion(Body(members));

    private static Task Silent(string members) => Verify.Analyzer(Body(members));

    // What is large

    [Fact]
    public Task LinesOfAFile_Reports() => Warning("""
        public void Run(string path)
        {
            foreach (var line in File.ReadLines(path)) _ = http.[|GetStringAsync|](line);
        }
        """);

    [Fact]
    public Task UnpagedQuery_Reports() => Warning("""
        public async Task RunAsync(ShopContext shop)
        {
            var users = await shop.Users.Where(u => u.Active).ToListAsync();
            foreach (var user in users)
            {
                _ = http.[|GetStringAsync|](user.Url);
            }
        }
        """);

    [Fact]
    public Task RowsOfAQueryThatIsStreamed_Reports() => Warning("""
        public async Task RunAsync(ShopContext shop)
        {
            await foreach (var user in shop.Users.AsAsyncEnumerable()) _ = http.[|GetStringAsync|](user.Url);
        }
        """);

    [Fact]
    public Task RowsOfAReader_Reports() => Warning("""
        public void Run(DbDataReader reader)
        {
            while (reader.Read()) _ = http.[|GetStringAsync|](reader.GetString(0));
        }
        """);

    [Fact]
    public Task ConstantAboveTheLimit_Reports() => Warning("""
        public void Run()
        {
            for (var page = 0; page < 500; page++) _ = http.[|GetStringAsync|]($"pages/{page}");
        }
        """);

    [Fact]
    public Task RequestOfAController_Reports() => Verify.Analyzer(Usings + """
        public sealed class ImportController(HttpClient http) : ControllerBase
        {
            public IActionResult Import(string[] urls)
            {
                foreach (var url in urls) _ = http.[|GetStringAsync|](url);
                return Accepted();
            }
        }
        """);

    [Fact]
    public Task TaskRunOfIo_Reports() => Warning("""
        public void Run(string path)
        {
            foreach (var line in File.ReadLines(path))
            {
                Task.[|Run|](() => SendAsync(line));
            }
        }
        """);

    // Unknown size

    [Theory]
    [InlineData("_ = [|SendAsync|](url);")]
    [InlineData("[|SendAsync|](url);")]
    [InlineData("_ = Task.[|Run|](() => SendAsync(url));")]
    [InlineData("_ = Task.[|Run|](async () => { await SendAsync(url); });")]
    [InlineData("Task.[|Run|](() => http.Send(new HttpRequestMessage(HttpMethod.Get, url)));")]
    [InlineData("[|SendAsync|](url).ContinueWith(t => Console.WriteLine(t.Exception), TaskContinuationOptions.OnlyOnFaulted);")]
    [InlineData("_ /* nobody waits */ = [|SendAsync|](url);")]
    [InlineData("this?.[|SendAsync|](url);")]
    [InlineData("_ = [|SendAsync|](url).ConfigureAwait(false);")]
    [InlineData("[|SendAsync|](url).Forget();")]
    [InlineData("if (url.Length > 3) _ = [|SendAsync|](url);")]
    [InlineData("try { _ = [|SendAsync|](url); } catch (Exception e) { Console.WriteLine(e); }")]
    public Task ListOfACaller_Suggests(string statement) => Suggestion($$"""
        public void Run(List<string> urls)
        {
            foreach (var url in urls)
            {
                {{statement}}
            }
        }
        """);

    [Theory]
    [InlineData("urls.ForEach(url => _ = [|SendAsync|](url));")]
    [InlineData("urls.ForEach(url => [|SendAsync|](url));")]
    [InlineData("urls.ForEach(url => { _ = [|SendAsync|](url); });")]
    [InlineData("Array.ForEach(urls.ToArray(), url => _ = [|SendAsync|](url));")]
    [InlineData("Parallel.ForEach(urls, url => _ = [|SendAsync|](url));")]
    [InlineData("for (var i = 0; i < urls.Count; i++) _ = [|SendAsync|](urls[i]);")]
    public Task OtherLoops_Suggests(string statement) => Suggestion($$"""
        public void Run(List<string> urls)
        {
            {{statement}}
        }
        """);

    [Fact]
    public Task SecondStartOfATurn_IsReportedWithTheFirst() => Suggestion("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls)
            {
                _ = [|SendAsync|](url);
                _ = http.GetStringAsync(url);
            }
        }
        """);

    [Fact]
    public Task PoolWork_Suggests() => Suggestion("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls) Task.[|Run|](() => Console.WriteLine(url));
        }
        """);

    [Theory]
    [InlineData("CountAsync(line.Length)", "CountAsync", 20)]
    [InlineData("http.GetStringAsync(line)", "GetStringAsync", 50)]
    public Task DatabaseWork_TakesAPartOfThePool(string operation, string name, int limit) => Verify.Analyzer(
        Body($$"""
            public void Run(string path)
            {
                foreach (var line in File.ReadLines(path)) _ = {{operation.Replace(name, "{|#0:" + name + "|}")}};
            }

            private static async Task<int> CountAsync(int id)
            {
                await using var own = new ShopContext();
                return await own.Users.CountAsync(u => u.Id == id);
            }
            """),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.max_concurrency"] = "50" } },
        Verify.Diagnostic().WithLocation(0).WithMessage($"'{name}' starts once per item that 'File.ReadLines' returns and nobody waits for it: nothing limits how many are in flight, and their faults are lost; keep the tasks and wait for them, {limit} at a time"));

    [Fact]
    public Task Message_SaysWhatAndHowMany() => Verify.Analyzer(
        Body("""
            public void Run(string path)
            {
                foreach (var line in File.ReadLines(path)) _ = http.{|#0:GetStringAsync|}(line);
            }
            """),
        Verify.Diagnostic().WithLocation(0).WithMessage("'GetStringAsync' starts once per item that 'File.ReadLines' returns and nobody waits for it: nothing limits how many are in flight, and their faults are lost; keep the tasks and wait for them, 20 at a time"));

    // Small sources

    [Theory]
    [InlineData("foreach (var url in new[] { \"a\", \"b\" }) _ = SendAsync(url);")]
    [InlineData("foreach (var region in Enum.GetValues<Region>()) _ = SendAsync(region.ToString());")]
    [InlineData("for (var worker = 0; worker < Environment.ProcessorCount; worker++) _ = SendAsync(\"\");")]
    [InlineData("for (var i = 0; i < 8; i++) _ = SendAsync(\"\");")]
    [InlineData("foreach (var url in urls.Take(10)) _ = SendAsync(url);")]
    [InlineData("if (urls.Count > 10) return; foreach (var url in urls) _ = SendAsync(url);")]
    public Task SmallSource_IsSilent(string statement) => Silent($$"""
        public void Run(List<string> urls)
        {
            {{statement}}
        }
        """);

    [Fact]
    public Task WorkersOfAParameter_IsSilent() => Silent("""
        public void Run(int workers)
        {
            for (var i = 0; i < workers; i++) _ = Task.Run(() => SendAsync("next"));
        }
        """);

    [Fact]
    public Task OneStartOnly_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls)
            {
                if (url.Length > 3)
                {
                    _ = SendAsync(url);
                    break;
                }
            }
        }
        """);

    // A pace

    [Fact]
    public Task GateTakenBeforeTheStart_IsSilent() => Silent("""
        private readonly SemaphoreSlim gate = new(8);

        public async Task RunAsync(List<string> urls)
        {
            foreach (var url in urls)
            {
                await gate.WaitAsync();
                _ = SendInGateAsync(url);
            }
        }

        private async Task SendInGateAsync(string url)
        {
            try { await SendAsync(url); } finally { gate.Release(); }
        }
        """);

    [Fact]
    public Task GateTakenByABlockingWait_IsSilent() => Silent("""
        private readonly SemaphoreSlim gate = new(8);

        public void Run(List<string> urls)
        {
            foreach (var url in urls)
            {
                gate.Wait();
                Task.Run(async () => { await SendAsync(url); gate.Release(); });
            }
        }
        """);

    [Fact]
    public Task GateInTheOperation_IsSilent() => Silent("""
        private readonly SemaphoreSlim gate = new(8);

        public void Run(List<string> urls)
        {
            foreach (var url in urls) _ = SendInGateAsync(url);
        }

        private async Task SendInGateAsync(string url)
        {
            await gate.WaitAsync();
            try { await SendAsync(url); } finally { gate.Release(); }
        }
        """);

    [Fact]
    public Task AcceptLoop_IsSilent() => Silent("""
        public async Task RunAsync(TcpListener listener)
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync();
                _ = AnswerAsync(client);
            }
        }

        private static async Task AnswerAsync(TcpClient client) => await client.GetStream().WriteAsync(new byte[1]);
        """);

    [Fact]
    public Task BlockingAcceptLoop_IsSilent() => Silent("""
        public void Run(TcpListener listener)
        {
            while (true)
            {
                var client = listener.AcceptTcpClient();
                _ = Task.Run(() => AnswerAsync(client));
            }
        }

        private static async Task AnswerAsync(TcpClient client) => await client.GetStream().WriteAsync(new byte[1]);
        """);

    [Fact]
    public Task MessagePump_IsSilent() => Silent("""
        public async Task RunAsync(ChannelReader<string> reader)
        {
            await foreach (var url in reader.ReadAllAsync()) _ = SendAsync(url);
        }
        """);

    [Fact]
    public Task ConsumingLoop_IsSilent() => Silent("""
        public void Run(BlockingCollection<string> queue)
        {
            foreach (var url in queue.GetConsumingEnumerable()) _ = SendAsync(url);
        }
        """);

    [Fact]
    public Task TimerLoop_IsSilent() => Silent("""
        public async Task RunAsync(PeriodicTimer timer)
        {
            while (await timer.WaitForNextTickAsync()) _ = SendAsync("ping");
        }
        """);

    [Fact]
    public Task PausedLoop_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls)
            {
                _ = SendAsync(url);
                Thread.Sleep(100);
            }
        }
        """);

    [Fact]
    public Task TurnThatWaits_IsSilent() => Silent("""
        public async Task RunAsync(List<string> urls)
        {
            foreach (var url in urls)
            {
                var answer = await http.GetStringAsync(url);
                _ = SendAsync(answer);
            }
        }
        """);

    [Fact]
    public Task QueueThatIsDrained_IsSilent() => Silent("""
        public void Run(ConcurrentQueue<string> queue)
        {
            while (queue.TryDequeue(out var url)) _ = SendAsync(url);
        }
        """);

    [Fact]
    public Task RateLimiterInTheTurn_IsSilent() => Silent("""
        public void Run(List<string> urls, RateLimiter limiter)
        {
            foreach (var url in urls)
            {
                using var lease = limiter.AttemptAcquire();
                if (lease.IsAcquired) _ = SendAsync(url);
            }
        }
        """);

    [Fact]
    public Task LimitedConnections_IsSilent() => Silent("""
        private readonly HttpClient limited = new(new SocketsHttpHandler { MaxConnectionsPerServer = 8 });

        public void Run(List<string> urls)
        {
            foreach (var url in urls) _ = limited.GetStringAsync(url);
        }
        """);

    // Workers

    [Fact]
    public Task WorkerPerItem_IsSilent() => Silent("""
        public void Run(List<string> feeds, CancellationToken stop)
        {
            foreach (var feed in feeds) _ = PollAsync(feed, stop);
        }

        private async Task PollAsync(string feed, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                await http.GetStringAsync(feed, stop);
            }
        }
        """);

    [Fact]
    public Task WorkerInALambda_IsSilent() => Silent("""
        public void Run(List<string> feeds)
        {
            foreach (var feed in feeds)
            {
                Task.Run(async () =>
                {
                    while (true) await http.GetStringAsync(feed);
                });
            }
        }
        """);

    [Fact]
    public Task ThreadPerItem_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls) Task.Factory.StartNew(() => http.Send(new HttpRequestMessage(HttpMethod.Get, url)), TaskCreationOptions.LongRunning);
        }
        """);

    // Somebody knows the task

    [Theory]
    [InlineData("tasks.Add(SendAsync(url));")]
    [InlineData("running[url] = SendAsync(url);")]
    [InlineData("last = SendAsync(url);")]
    [InlineData("var task = SendAsync(url); tasks.Add(task);")]
    [InlineData("Track(SendAsync(url));")]
    public Task KeptTask_IsSilent(string statement) => Silent($$"""
        private readonly List<Task> tasks = [];
        private readonly ConcurrentDictionary<string, Task> running = new();
        private Task? last;

        public Task? Last => last;

        public void Run(List<string> urls)
        {
            foreach (var url in urls)
            {
                {{statement}}
            }
        }

        private void Track(Task task) => tasks.Add(task);
        """);

    [Fact]
    public Task Countdown_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            using var left = new CountdownEvent(urls.Count);
            foreach (var url in urls)
            {
                Task.Run(async () =>
                {
                    await SendAsync(url);
                    left.Signal();
                });
            }

            left.Wait();
        }
        """);

    // Nothing to wait for

    [Fact]
    public Task WorkInMemory_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls) _ = RememberAsync(url);
        }

        private Task RememberAsync(string url) => Task.FromResult(url.Length);
        """);

    [Fact]
    public Task Handlers_IsSilent() => Silent("""
        public void Run(List<Func<string, Task>> handlers)
        {
            foreach (var handler in handlers) _ = handler("changed");
        }
        """);

    [Fact]
    public Task AsyncVoid_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls) Post(url);
        }

        private async void Post(string url) => await SendAsync(url);
        """);

    [Fact]
    public Task WithoutALoop_IsSilent() => Silent("""
        public void Run(List<string> urls)
        {
            foreach (var url in urls) Console.WriteLine(url);
            _ = SendAsync(urls[0]);
        }
        """);

    [Fact]
    public Task SharedContext_IsSilent() => Silent("""
        public void Run(List<User> users, ShopContext shop)
        {
            foreach (var user in users) _ = shop.Users.FirstOrDefaultAsync(u => u.Id == user.Id);
        }
        """);

    [Fact]
    public Task SetUp_IsSilent() => Verify.Analyzer("""
        public sealed class CatalogSeeder(HttpClient http)
        {
            public void Run(List<string> urls)
            {
                foreach (var url in urls) _ = http.PostAsync(url, null);
            }
        }
        """);

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public class FactAttribute : Attribute; }
        public sealed class SendingTests
        {
            [Xunit.Fact]
            public void Sends()
            {
                var http = new HttpClient();
                foreach (var line in File.ReadLines("urls")) _ = http.GetStringAsync(line);
            }
        }
        """);

    [Fact]
    public Task ConfidenceCertain_LeavesSuggestionsOut_IsSilent() => Verify.Analyzer(
        Body("""
            public void Run(List<string> urls)
            {
                foreach (var url in urls) _ = SendAsync(url);
            }
            """),
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });
}
