using ExecutionModel.Analyzers.Tests.Harness;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedQueue.UnboundedQueueAnalyzer, ExecutionModel.Analyzers.Rules.Budget.UnboundedQueue.UnboundedQueueCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM304, always a suggestion: a producer that nothing ends and a consumer that waits must both be in sight.</summary>
public sealed class UnboundedQueueTests
{
    private const string Usings = "using System.Collections.Concurrent;\nusing System.Threading.Channels;\nusing System.Threading.Tasks.Dataflow;\n";

    /// <summary>A background service that works off what others hand to it.</summary>
    private static string Service(string field, string add, string loop, string more = "") => Usings + $$"""
        public sealed class Mailer(HttpClient http) : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly {{field}}

            {{add}}

            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                {{loop}}
            }

            private async Task SendAsync(string mail) => await http.PostAsync(mail, null);

            {{more}}
        }

        """;

    private const string Unbounded = "Channel<string> mails = Channel.[|CreateUnbounded<string>|]();";
    private const string Add = "public bool Enqueue(string mail) => mails.Writer.TryWrite(mail);";
    private const string Loop = "await foreach (var mail in mails.Reader.ReadAllAsync(stop)) await SendAsync(mail);";

    private static string Unmarked(string text) => text.Replace("[|", "").Replace("|]", "");

    private static Task Reports(string source) => Verify.Suggestion(source);

    private static Task Silent(string source) => Verify.Analyzer(Unmarked(source));

    // Both sides are there

    [Theory]
    [InlineData(Add)]
    [InlineData("public async Task EnqueueAsync(string mail) => await mails.Writer.WriteAsync(mail);")]
    [InlineData("public void Enqueue(string mail) { var writer = mails.Writer; writer.TryWrite(mail); }")]
    public Task QueueOfAService_IsSuggestion(string add) => Reports(Service(Unbounded, add, Loop));

    [Theory]
    [InlineData("while (await mails.Reader.WaitToReadAsync(stop)) while (mails.Reader.TryRead(out var mail)) await SendAsync(mail);")]
    [InlineData("while (!stop.IsCancellationRequested) { var mail = await mails.Reader.ReadAsync(stop); await SendAsync(mail); }")]
    [InlineData("await Parallel.ForEachAsync(mails.Reader.ReadAllAsync(stop), stop, async (mail, _) => await SendAsync(mail));")]
    [InlineData("await foreach (var mail in mails.Reader.ReadAllAsync(stop)) { await Task.Delay(10, stop); Console.WriteLine(mail); }")]
    [InlineData("await foreach (var mail in mails.Reader.ReadAllAsync(stop)) File.AppendAllText(\"mails\", mail);")]
    public Task ConsumerThatWaits_IsSuggestion(string loop) => Reports(Service(Unbounded, Add, loop));

    [Fact]
    public Task OptionsWithoutACapacity_IsSuggestion() =>
        Reports(Service("Channel<string> mails = Channel.[|CreateUnbounded<string>|](new UnboundedChannelOptions { SingleReader = true });", Add, Loop));

    [Fact]
    public Task QueueMadeInTheConstructor_IsSuggestion() => Reports(Usings + """
        public sealed class Mailer : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly Channel<string> mails;
            private readonly HttpClient http;

            public Mailer(HttpClient http)
            {
                this.http = http;
                mails = Channel.[|CreateUnbounded<string>|]();
            }

            public void Enqueue(string mail) => mails.Writer.TryWrite(mail);

            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                await foreach (var mail in mails.Reader.ReadAllAsync(stop)) await http.PostAsync(mail, null, stop);
            }
        }
        """);

    [Fact]
    public Task SingletonByRegistration_IsSuggestion() => Verify.Suggestion(Usings + """
        public sealed class Mailer
        {
            private readonly Channel<string> mails = Channel.[|CreateUnbounded<string>|]();

            public Mailer(HttpClient http) => _ = Task.Run(async () =>
            {
                await foreach (var mail in mails.Reader.ReadAllAsync()) await http.PostAsync(mail, null);
            });

            public void Enqueue(string mail) => mails.Writer.TryWrite(mail);
        }

        public static class Services
        {
            public static void Add(IServiceCollection services) => services.AddSingleton<Mailer>();
        }
        """, TestSettings.Web);

    [Fact]
    public Task BlockingCollection_IsSuggestion() => Reports(Service("BlockingCollection<string> mails = [|new()|];", "public void Enqueue(string mail) => mails.Add(mail);", "await Task.Yield(); foreach (var mail in mails.GetConsumingEnumerable(stop)) await SendAsync(mail);"));

    [Fact]
    public Task Block_IsSuggestion() => Reports(Usings + """
        public sealed class Mailer : Microsoft.Extensions.Hosting.BackgroundService
        {
            private readonly ActionBlock<string> mails;

            public Mailer(HttpClient http) => mails = new [|ActionBlock<string>|](async mail => await http.PostAsync(mail, null));

            public void Enqueue(string mail) => mails.Post(mail);

            protected override Task ExecuteAsync(CancellationToken stop) => mails.Completion;
        }
        """);

    [Theory]
    [InlineData("await foreach (var row in rows) await mails.Writer.WriteAsync(row);")]
    [InlineData("foreach (var row in File.ReadLines(path)) await mails.Writer.WriteAsync(row);")]
    [InlineData("while (await reader.ReadLineAsync() is { } row) mails.Writer.TryWrite(row);")]
    public Task LoopOverWhatIsNotAtHand_IsSuggestion(string loop) => Reports(Usings + $$"""
        public static class Import
        {
            public static async Task RunAsync(HttpClient http, IAsyncEnumerable<string> rows, string path, StreamReader reader)
            {
                var mails = Channel.[|CreateUnbounded<string>|]();
                var sending = Task.Run(async () =>
                {
                    await foreach (var mail in mails.Reader.ReadAllAsync()) await http.PostAsync(mail, null);
                });
                {{loop}}
                mails.Writer.Complete();
                await sending;
            }
        }
        """);

    [Fact]
    public Task Message_NamesBothSides() => Verify.Analyzer(
        Service("Channel<string> mails = Channel.{|#0:CreateUnbounded<string>|}();", Add, Loop),
        Verify.Diagnostic().WithLocation(0).WithMessage("Nothing limits how much waits in 'mails' while 'Enqueue' adds faster than 'ExecuteAsync' works it off; a bounded channel and 'await WriteAsync' make the writer wait"));

    // Something limits it, or one side can't be seen

    [Theory]
    [InlineData("Channel<string> mails = Channel.CreateBounded<string>(100);")]
    [InlineData("Channel<string> mails = Channel.CreateBounded<string>(new BoundedChannelOptions(100));")]
    public Task Bounded_IsSilent(string field) => Silent(Service(field, Add, Loop));

    [Fact]
    public Task CollectionWithACapacity_IsSilent() => Silent(Service("BlockingCollection<string> mails = new(100);", "public void Enqueue(string mail) => mails.Add(mail);", "foreach (var mail in mails.GetConsumingEnumerable(stop)) await SendAsync(mail);"));

    [Fact]
    public Task BlockWithACapacity_IsSilent() => Silent(Usings + """
        public sealed class Mailer(HttpClient http) : Microsoft.Extensions.Hosting.BackgroundService
        {
            private ActionBlock<string>? mails;

            public void Start() => mails = new ActionBlock<string>(async mail => await http.PostAsync(mail, null), new ExecutionDataflowBlockOptions { BoundedCapacity = 10 });

            public void Enqueue(string mail) => mails!.Post(mail);

            protected override Task ExecuteAsync(CancellationToken stop) => Task.CompletedTask;
        }
        """);

    /// <summary>peers.md 76: the item count is known.</summary>
    [Theory]
    [InlineData("foreach (var row in rows) await mails.Writer.WriteAsync(row);")]
    [InlineData("for (var i = 0; i < rows.Count; i++) mails.Writer.TryWrite(rows[i]);")]
    [InlineData("mails.Writer.TryWrite(rows[0]); mails.Writer.TryWrite(rows[1]);")]
    [InlineData("foreach (var row in new[] { \"a\", \"b\" }) mails.Writer.TryWrite(row);")]
    public Task BoundedProducer_IsSilent(string loop) => Silent(Usings + $$"""
        public static class Import
        {
            public static async Task RunAsync(HttpClient http, List<string> rows)
            {
                var mails = Channel.CreateUnbounded<string>();
                var sending = Task.Run(async () =>
                {
                    await foreach (var mail in mails.Reader.ReadAllAsync()) await http.PostAsync(mail, null);
                });
                {{loop}}
                mails.Writer.Complete();
                await sending;
            }
        }
        """);

    /// <summary>A limit would make it wait for itself.</summary>
    [Theory]
    [InlineData("await foreach (var mail in mails.Reader.ReadAllAsync(stop)) { await SendAsync(mail); mails.Writer.TryWrite(mail); }")]
    [InlineData("await foreach (var mail in mails.Reader.ReadAllAsync(stop)) { await SendAsync(mail); Enqueue(mail); }")]
    public Task ConsumerThatAdds_IsSilent(string loop) => Silent(Service(Unbounded, Add, loop));

    [Theory]
    [InlineData("await foreach (var mail in mails.Reader.ReadAllAsync(stop)) Console.WriteLine(mail);")]
    [InlineData("await foreach (var mail in mails.Reader.ReadAllAsync(stop)) sent.Add(mail);")]
    public Task ConsumerThatDoesNotWait_IsSilent(string loop) => Silent(Service(Unbounded, Add, loop, "private readonly List<string> sent = [];"));

    [Fact]
    public Task NoConsumerInSight_IsSilent() => Silent(Service(Unbounded, Add, "await Task.Delay(1, stop);", "public ChannelReader<string> Reader => mails.Reader;"));

    [Fact]
    public Task NoProducerInSight_IsSilent() => Silent(Service(Unbounded, "public ChannelWriter<string> Writer => mails.Writer;", Loop));

    [Fact]
    public Task AddedOnceAtStart_IsSilent() => Silent(Service(Unbounded, "public override Task StartAsync(CancellationToken stop) { mails.Writer.TryWrite(\"started\"); return base.StartAsync(stop); }", Loop));

    [Fact]
    public Task LengthIsAskedFor_IsSilent() => Silent(Service(Unbounded, "public bool Enqueue(string mail) => mails.Reader.Count < 100 && mails.Writer.TryWrite(mail);", Loop));

    /// <summary>An object per operation: its caller knows how much it adds.</summary>
    [Fact]
    public Task ObjectOfOneOperation_IsSilent() => Silent(Usings + """
        public sealed class Crawl(HttpClient http)
        {
            private readonly Channel<string> pages = Channel.CreateUnbounded<string>();

            public void Visit(string page) => pages.Writer.TryWrite(page);

            public async Task RunAsync()
            {
                await foreach (var page in pages.Reader.ReadAllAsync()) await http.GetStringAsync(page);
            }
        }
        """);

    [Fact]
    public Task OneAfterTheOther_IsSilent() => Silent(Usings + """
        public static class Import
        {
            public static async Task RunAsync(HttpClient http, IAsyncEnumerable<string> rows)
            {
                var mails = Channel.CreateUnbounded<string>();
                await foreach (var row in rows) await mails.Writer.WriteAsync(row);
                mails.Writer.Complete();
                await foreach (var mail in mails.Reader.ReadAllAsync()) await http.PostAsync(mail, null);
            }
        }
        """);

    [Fact]
    public Task TestMethod_IsSilent() => Silent(Usings + """
        public sealed class MailerTests
        {
            [Xunit.Fact]
            public async Task SendsAsync()
            {
                var mails = Channel.CreateUnbounded<string>();
                var sending = Task.Run(async () => { await foreach (var mail in mails.Reader.ReadAllAsync()) await Task.Delay(1); });
                while (true) mails.Writer.TryWrite("a");
            }
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }
        """);

    // Fixes

    private const string AddAsync = "public async Task EnqueueAsync(string mail, CancellationToken stop) => await mails.Writer.WriteAsync(mail, stop).ConfigureAwait(false);";

    [Theory]
    [InlineData("Channel<string> mails = Channel.[|CreateUnbounded<string>|]();", "Channel<string> mails = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.Wait });")]
    [InlineData("Channel<string> mails = Channel.[|CreateUnbounded<string>|](new UnboundedChannelOptions { SingleReader = true, SingleWriter = false }); // all of them", "Channel<string> mails = Channel.CreateBounded<string>(new BoundedChannelOptions(1000) { FullMode = BoundedChannelFullMode.Wait, SingleReader = true, SingleWriter = false }); // all of them")]
    public Task Fix_BoundsTheChannel(string before, string after) => Verify.SuggestionFix(Service(before, AddAsync, Loop), Service(after, AddAsync, Loop));

    [Fact]
    public Task Fix_BoundsTheCollection()
    {
        const string Enqueue = "public void Enqueue(string mail) => mails.Add(mail);";
        const string Work = "await Task.Yield(); foreach (var mail in mails.GetConsumingEnumerable(stop)) await SendAsync(mail);";
        return Verify.SuggestionFix(Service("BlockingCollection<string> mails = [|new()|];", Enqueue, Work), Service("BlockingCollection<string> mails = new(1000);", Enqueue, Work));
    }

    [Fact]
    public Task Fix_BoundsTheBlock()
    {
        static string Source(string making) => Usings + $$"""
            public sealed class Mailer : Microsoft.Extensions.Hosting.BackgroundService
            {
                private readonly ActionBlock<string> mails;

                public Mailer(HttpClient http) => mails = {{making}};

                public async Task EnqueueAsync(string mail) => await mails.SendAsync(mail);

                protected override Task ExecuteAsync(CancellationToken stop) => mails.Completion;
            }
            """;
        return Verify.SuggestionFix(
            Source("new [|ActionBlock<string>|](async mail => await http.PostAsync(mail, null))"),
            Source("new ActionBlock<string>(async mail => await http.PostAsync(mail, null), new ExecutionDataflowBlockOptions { BoundedCapacity = 1000 })"));
    }

    /// <summary>A full channel would lose the item, or make the producer wait for ever.</summary>
    [Theory]
    [InlineData(Add, Loop, "")]
    [InlineData("public void Enqueue(string mail) => _ = mails.Writer.WriteAsync(mail).AsTask();", Loop, "")]
    [InlineData(AddAsync, Loop, "public ChannelWriter<string> Writer => mails.Writer;")]
    [InlineData(AddAsync, "await Task.Yield();", "public async Task WorkAsync() { await foreach (var mail in mails.Reader.ReadAllAsync()) await SendAsync(mail); }")]
    public Task LimitThatWouldDoHarm_HasNoFix(string add, string loop, string more) => Verify.NoCodeFix(Service(Unbounded, add, loop, more), TestSettings.Default with { Severity = Microsoft.CodeAnalysis.DiagnosticSeverity.Info });
}
