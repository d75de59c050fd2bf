using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.ClientPerOperation.ClientPerOperationAnalyzer, ExecutionModel.Analyzers.Rules.Budget.ClientPerOperation.ClientPerOperationCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>EXM307. Per request and per turn are warnings; where only somebody's calls repeat it, suggestions.</summary>
public sealed class ClientPerOperationTests
{
    /// <summary>No host is in sight.</summary>
    private static readonly TestSettings Alone = TestSettings.Default with { References = References.Net100WithoutHosting };

    private static readonly TestSettings Tool = TestSettings.Default with { OutputKind = OutputKind.ConsoleApplication, References = References.NetStandard20 };

    /// <summary>What the libraries of the unverified catalogue declare.</summary>
    private const string Libraries = """
        namespace StackExchange.Redis
        {
            public interface IConnectionMultiplexer : IDisposable { object GetDatabase(); }
            public sealed class ConnectionMultiplexer : IConnectionMultiplexer
            {
                public static Task<ConnectionMultiplexer> ConnectAsync(string configuration) => throw null!;
                public static ConnectionMultiplexer Connect(string configuration) => throw null!;
                public object GetDatabase() => throw null!;
                public void Dispose() { }
            }
        }

        namespace Microsoft.Azure.Cosmos
        {
            public sealed class CosmosClient(string connection) : IDisposable
            {
                public object GetContainer(string database, string container) => connection;
                public void Dispose() { }
            }
        }

        namespace Azure.Messaging.ServiceBus
        {
            public sealed class ServiceBusClient(string connection) : IAsyncDisposable
            {
                public object CreateSender(string queue) => connection;
                public ValueTask DisposeAsync() => default;
            }
        }

        namespace Grpc.Net.Client
        {
            public sealed class GrpcChannel : IDisposable
            {
                public static GrpcChannel ForAddress(string address) => throw null!;
                public void Dispose() { }
            }
        }
        """;

    private static string Body(string members) =>
        "using Microsoft.Extensions.Configuration;\npublic sealed class Sample(IConfiguration settings)\n{\n    private readonly string queue = \"orders\";\n\n" + members + "\n\n    private void Use(object? value) { }\n\n}\n\npublic static class Start { public static void Main() { } }\n" + Libraries;

    private static Task Warning(string members, TestSettings? settings = null) => Verify.Analyzer(Body(members), settings ?? TestSettings.Default);

    private static Task Suggestion(string members, TestSettings? settings = null) => Verify.Suggestion(Body(members), settings);

    private static Task Silent(string members, TestSettings? settings = null) => Verify.Analyzer(Body(members), settings ?? TestSettings.Default);

    private static string Controller(string members) => "public sealed class PricesController : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n" + members + "\n}\n";

    // Per request

    [Theory]
    [InlineData("using var client = new [|HttpClient|](); return await client.GetStringAsync(url);")]
    [InlineData("var client = new [|HttpClient|](); return await client.GetStringAsync(url);")]
    [InlineData("using (var client = new [|HttpClient|]()) { return await client.GetStringAsync(url); }")]
    [InlineData("using HttpClient client = [|new()|]; return await client.GetStringAsync(url);")]
    [InlineData("return await new [|HttpClient|]().GetStringAsync(url);")]
    [InlineData("using var client = new [|HttpClient|](new HttpClientHandler()); return await client.GetStringAsync(url);")]
    [InlineData("using var client = new [|HttpClient|](new SocketsHttpHandler { AllowAutoRedirect = false }); return await client.GetStringAsync(url);")]
    [InlineData("var handler = new HttpClientHandler(); handler.AllowAutoRedirect = false; using var client = new [|HttpClient|](handler); return await client.GetStringAsync(url);")]
    public Task ClientInAnAction_Reports(string statements) => Verify.Analyzer(Controller($"    public async Task<string> Get(string url)\n    {{\n        {statements}\n    }}"));

    [Fact]
    public Task ClientInARoute_Reports() => Verify.Analyzer(
        """
        public static class Routes
        {
            public static void Map(WebApplication app) => app.MapGet("/price", async (string url) =>
            {
                using var client = new [|HttpClient|]();
                return await client.GetStringAsync(url);
            });
        }
        """, TestSettings.Web);

    [Fact]
    public Task ClientInAServiceOfAWebApplication_Reports() => Verify.Analyzer(
        """
        using Microsoft.AspNetCore.Builder;
        var app = WebApplication.Create(args);
        app.Run();

        public sealed class Prices
        {
            public async Task<string> LoadAsync(string url)
            {
                using var client = new [|HttpClient|]();
                return await client.GetStringAsync(url);
            }
        }
        """, TestSettings.Web);

    /// <summary>Somebody asks for updates now and then.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("namespace System.Windows { public class Application; }")]
    public Task CallInAToolOrWindow_IsSilent(string framework) => Verify.Analyzer("new Updates().ToString();\n" + Service("new HttpClient()", "") + framework, Alone);

    [Theory]
    [InlineData("")]
    [InlineData("namespace System.Windows { public class Application; }")]
    public Task LoopInAToolOrWindow_IsSuggestion(string framework) => Verify.Suggestion("new Updates().ToString();\n" + Service("new [|HttpClient|]()", "foreach (var line in File.ReadLines(url))") + framework, Alone);

    private static string Service(string making, string loop) => $$"""
        public sealed class Updates
        {
            public async Task AskAsync(string url)
            {
                {{loop}}
                {
                    using var client = {{making}};
                    Console.WriteLine(await client.GetStringAsync(url));
                }
            }
        }

        """;

    // Per turn

    [Theory]
    [InlineData("foreach (var url in urls) { using var client = new [|HttpClient|](); Use(await client.GetStringAsync(url)); }")]
    [InlineData("for (var i = 0; i < urls.Count; i++) { using var client = new [|HttpClient|](); Use(await client.GetStringAsync(urls[i])); }")]
    [InlineData("await Task.WhenAll(urls.Select(async url => { using var client = new [|HttpClient|](); return await client.GetStringAsync(url); }));")]
    [InlineData("await Parallel.ForEachAsync(urls, async (url, stop) => { using var client = new [|HttpClient|](); Use(await client.GetStringAsync(url, stop)); });")]
    [InlineData("Parallel.ForEach(urls, url => { using var client = new [|HttpClient|](); Use(client.GetStringAsync(url).Result); });")]
    [InlineData("await Task.Run(async () => { foreach (var url in urls) { using var client = new [|HttpClient|](); Use(await client.GetStringAsync(url)); } });")]
    public Task ClientPerTurn_Reports(string statement) => Warning($$"""
            public async Task RunAsync(List<string> urls)
            {
                {{statement}}
                await Task.Yield();
            }
        """);

    /// <summary>A tool may have few items and runs for itself.</summary>
    [Fact]
    public Task ClientPerTurnInATool_IsSuggestion() => Verify.Suggestion("""
        public static class Program
        {
            public static async Task Main(string[] args)
            {
                foreach (var url in File.ReadLines(args[0])) { using var client = new [|HttpClient|](); Console.WriteLine(await client.GetStringAsync(url)); }
            }
        }
        """, Tool);

    [Theory]
    [InlineData("for (var attempt = 0; attempt < 3; attempt++)")]
    [InlineData("foreach (var host in new[] { \"a\", \"b\" })")]
    public Task FewTurns_IsSuggestion(string loop) => Suggestion($$"""
            public async Task RunAsync(string url)
            {
                {{loop}} { using var client = new [|HttpClient|](); Use(await client.GetStringAsync(url)); }
            }
        """);

    // Per call of somebody

    [Theory]
    [InlineData("using var client = new [|HttpClient|](); return await client.GetStringAsync(url);")]
    [InlineData("var client = new [|HttpClient|](); var text = await client.GetStringAsync(url); client.Dispose(); return text;")]
    public Task ClientInALibrary_IsSuggestion(string statements) => Suggestion($$"""
            public async Task<string> LoadAsync(string url)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("using var client = new [|HttpClient|](); client.DefaultRequestHeaders.Add(\"Accept\", \"text/plain\"); return await client.GetStringAsync(url);")]
    [InlineData("using var client = new [|HttpClient|](); client.Timeout = TimeSpan.FromSeconds(5); return await client.GetStringAsync(url);")]
    [InlineData("using var client = new [|HttpClient|] { BaseAddress = new Uri(url) }; return await client.GetStringAsync(url);")]
    [InlineData("using var client = new [|HttpClient|](); return await Send(client, url);")]
    public Task ClientThatIsConfiguredOrHandedOn_IsSuggestion(string statements) => Verify.Suggestion(Controller($$"""
            public async Task<string> Get(string url)
            {
                {{statements}}
            }

            private static Task<string> Send(HttpClient client, string url) => client.GetStringAsync(url);
        """));

    // Other clients

    [Theory]
    [InlineData("using var redis = StackExchange.Redis.ConnectionMultiplexer.[|Connect|](settings[\"redis\"]!); Use(redis.GetDatabase());")]
    [InlineData("using var redis = await StackExchange.Redis.ConnectionMultiplexer.[|ConnectAsync|](settings.GetConnectionString(\"redis\")!); Use(redis.GetDatabase());")]
    [InlineData("using var cosmos = new [|Microsoft.Azure.Cosmos.CosmosClient|](settings[\"cosmos\"]!); Use(cosmos.GetContainer(\"a\", \"b\"));")]
    [InlineData("await using var bus = new [|Azure.Messaging.ServiceBus.ServiceBusClient|](settings[\"bus\"]!); Use(bus.CreateSender(queue));")]
    [InlineData("var address = settings[\"rates\"]!; using var channel = Grpc.Net.Client.GrpcChannel.[|ForAddress|](address); Use(channel);")]
    [InlineData("await using var source = Npgsql.NpgsqlDataSource.[|Create|](settings[\"orders\"]!); Use(source.CreateCommand(\"select 1\"));")]
    public Task ConnectionPerTurn_Reports(string statement) => Warning($$"""
            public async Task RunAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    {{statement}}
                    await Task.Yield();
                }
            }
        """.Replace("Use(channel);", "channel.ToString();"));

    [Fact]
    public Task Message_NamesOccasionAndRemedy() => Verify.Analyzer(
        Controller("    public async Task<string> Get(string url) => await new {|#0:HttpClient|}().GetStringAsync(url);"),
        Verify.Diagnostic().WithLocation(0).WithMessage("A new 'HttpClient' for each request opens connections of its own, and its ports stay taken for minutes after it is gone; share one instance"));

    [Fact]
    public Task Message_NamesTheFactory() => Verify.Analyzer(
        """
        public sealed class PricesController(IHttpClientFactory clients) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public async Task<string> Get(string url) => await (url == "" ? clients.CreateClient() : new HttpClient()).GetStringAsync(url);

            public async Task<string> Post(string url) => await new {|#0:HttpClient|}().GetStringAsync(url);
        }
        """,
        Verify.Diagnostic().WithLocation(0).WithMessage("A new 'HttpClient' for each request opens connections of its own, and its ports stay taken for minutes after it is gone; 'clients.CreateClient()' takes them from a pool"));

    // Kept, shared, or somebody else's

    [Theory]
    [InlineData("client = new HttpClient(); Use(await client.GetStringAsync(url));")]
    [InlineData("client ??= new HttpClient(); Use(await client.GetStringAsync(url));")]
    [InlineData("if (client is null) { var made = new HttpClient(); client = made; }")]
    [InlineData("if (client is null) { using var probe = new HttpClient(); Use(await probe.GetStringAsync(url)); }")]
    [InlineData("var made = new HttpClient(); clients.Add(made);")]
    [InlineData("var api = new Api(new HttpClient()); Use(await api.LoadAsync(url));")]
    [InlineData("var made = new HttpClient(); var api = new Api(made); Use(await api.LoadAsync(url));")]
    [InlineData("var made = new HttpClient(); Keep(made);")]
    [InlineData("var lazy = new Lazy<HttpClient>(() => new HttpClient()); Use(await lazy.Value.GetStringAsync(url));")]
    public Task KeptClient_IsSilent(string statements) => Silent($$"""
            private readonly List<HttpClient> clients = [];
            private HttpClient? client;

            public async Task RunAsync(string url)
            {
                {{statements}}
                await Task.Yield();
            }

            private void Keep(HttpClient made) => client = made;

            private sealed class Api(HttpClient http) { public Task<string> LoadAsync(string url) => http.GetStringAsync(url); }
        """);

    [Theory]
    [InlineData("public static readonly HttpClient Shared = new();")]
    [InlineData("public HttpClient Make() => new HttpClient();")]
    [InlineData("public HttpClient Make() { var client = new HttpClient(); client.Timeout = TimeSpan.FromSeconds(3); return client; }")]
    [InlineData("public static HttpClient Shared { get; } = new HttpClient();")]
    public Task FieldOrFactoryMethod_IsSilent(string member) => Silent("    " + member);

    [Theory]
    [InlineData("using var client = new HttpClient(shared, disposeHandler: false); Use(await client.GetStringAsync(url));")]
    [InlineData("using var client = new HttpClient(Handlers.Current, false); Use(await client.GetStringAsync(url));")]
    [InlineData("using var client = new HttpClient(handler); Use(await client.GetStringAsync(url));")]
    public Task SharedHandler_IsSilent(string statements) => Silent($$"""
            private static readonly SocketsHttpHandler shared = new();

            public async Task RunAsync(List<string> urls, HttpMessageHandler handler)
            {
                foreach (var url in urls) { {{statements}} }
            }

            private static class Handlers { public static HttpMessageHandler Current => shared; }
        """);

    /// <summary>The instance carries what belongs to one caller.</summary>
    [Theory]
    [InlineData("var handler = new HttpClientHandler(); handler.ClientCertificates.Add(certificate); using var client = new HttpClient(handler); Use(await client.GetStringAsync(url));")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler { Proxy = proxy }); Use(await client.GetStringAsync(url));")]
    [InlineData("using var client = new HttpClient(new HttpClientHandler { Credentials = new System.Net.NetworkCredential(url, url) }); Use(await client.GetStringAsync(url));")]
    [InlineData("var cookies = new System.Net.CookieContainer(); using var client = new HttpClient(new HttpClientHandler { CookieContainer = cookies }); Use(await client.GetStringAsync(url)); Use(cookies.Count);")]
    [InlineData("using var redis = StackExchange.Redis.ConnectionMultiplexer.Connect(url); Use(redis.GetDatabase());")]
    [InlineData("using var channel = Grpc.Net.Client.GrpcChannel.ForAddress(url); Use(channel.ToString());")]
    public Task ClientOfOneCaller_IsSilent(string statements) => Silent($$"""
            public async Task RunAsync(List<string> urls, System.Net.IWebProxy proxy, System.Security.Cryptography.X509Certificates.X509Certificate2 certificate)
            {
                foreach (var url in urls) { {{statements}} await Task.Yield(); }
            }
        """);

    /// <summary>Pooled, cheap or meant for one use: a new one per operation is right.</summary>
    [Theory]
    [InlineData("await using var connection = new Npgsql.NpgsqlConnection(\"Host=db\"); await connection.OpenAsync();")]
    [InlineData("using var mail = new System.Net.Mail.SmtpClient(\"mail\"); mail.Send(\"a\", \"b\", url, url);")]
    [InlineData("using var tcp = new System.Net.Sockets.TcpClient(); await tcp.ConnectAsync(url, 80);")]
    [InlineData("using var socket = new System.Net.WebSockets.ClientWebSocket(); await socket.ConnectAsync(new Uri(url), default);")]
    [InlineData("using var request = new HttpRequestMessage(HttpMethod.Get, url); Use(request);")]
    public Task OnePerOperation_IsSilent(string statements) => Silent($$"""
            public async Task RunAsync(List<string> urls)
            {
                foreach (var url in urls) { {{statements}} await Task.Yield(); }
            }
        """);

    [Fact]
    public Task FactoryClient_IsSilent() => Silent("""
            public async Task RunAsync(List<string> urls, IHttpClientFactory factory)
            {
                foreach (var url in urls) { using var client = factory.CreateClient(); Use(await client.GetStringAsync(url)); }
            }
        """);

    // Once

    [Fact]
    public Task Constructor_IsSilent() => Verify.Analyzer("""
        public sealed class Prices
        {
            public Prices(string url)
            {
                using var client = new HttpClient();
                Version = client.GetStringAsync(url).Result;
            }

            public string Version { get; }
        }
        """);

    [Theory]
    [InlineData("InstallToolAsync")]
    [InlineData("InitializeAsync")]
    [InlineData("ConfigureAsync")]
    [InlineData("StartAsync")]
    [InlineData("SeedAsync")]
    public Task SetUp_IsSilent(string method) => Silent($$"""
            public async Task {{method}}(string url)
            {
                using var client = new HttpClient();
                Use(await client.GetStringAsync(url));
            }
        """);

    [Fact]
    public Task BackgroundServiceOutsideOfItsLoop_IsSilent() => Verify.Analyzer("""
        public sealed class Refresh : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                using var client = new HttpClient();
                while (!stop.IsCancellationRequested) { Console.WriteLine(await client.GetStringAsync("http://prices", stop)); await Task.Delay(1000, stop); }
            }
        }
        """);

    [Fact]
    public Task Main_IsSilent() => Verify.Analyzer("""
        using var client = new HttpClient();
        Console.WriteLine(await client.GetStringAsync(args[0]));
        """);

    [Fact]
    public Task StepOfATool_IsSilent() => Verify.Analyzer("""
        public static class Program
        {
            public static Task Main() => Steps.CheckAsync();
        }

        public static class Steps
        {
            public static async Task CheckAsync()
            {
                using var client = new HttpClient();
                Console.WriteLine(await client.GetStringAsync("http://versions"));
            }
        }
        """, Tool);

    [Fact]
    public Task Registration_IsSilent() => Verify.Analyzer("""
        public static class Services
        {
            public static void Add(IServiceCollection services)
            {
                services.AddSingleton(_ => new HttpClient());
                services.AddSingleton(new HttpClient { Timeout = TimeSpan.FromSeconds(3) });
                services.AddSingleton<Func<string, Task<string>>>(_ => { var client = new HttpClient(); return url => client.GetStringAsync(url); });
            }
        }
        """, TestSettings.Web);

    [Fact]
    public Task FaultPath_IsSilent() => Silent("""
            public async Task RunAsync(List<string> urls)
            {
                try { await Task.Yield(); }
                catch (Exception) { using var client = new HttpClient(); Use(await client.GetStringAsync(urls[0])); }
            }
        """);

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer("""
        public sealed class PricesTests
        {
            [Xunit.Fact]
            public async Task LoadsAsync()
            {
                using var client = new HttpClient();
                Console.WriteLine(await client.GetStringAsync("http://prices"));
            }
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }
        """);

    /// <summary>The browser owns the connections.</summary>
    [Fact]
    public Task Browser_IsSilent() => Verify.Analyzer("""
        Console.WriteLine(typeof(Microsoft.AspNetCore.Components.WebAssembly.Hosting.WebAssemblyHostBuilder));

        public sealed class Prices
        {
            public async Task<string> LoadAsync(string url)
            {
                using var client = new HttpClient();
                return await client.GetStringAsync(url);
            }
        }

        namespace Microsoft.AspNetCore.Components.WebAssembly.Hosting { public sealed class WebAssemblyHostBuilder; }
        """,
        new TestSettings { References = References.Net100InBrowser });

    // Fixes

    [Fact]
    public Task Fix_TakesTheClientFromTheFactory() => Verify.CodeFix(
        """
        public sealed class PricesController(IHttpClientFactory clients) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public async Task<string> Get(string url)
            {
                // one look
                using var client = new [|HttpClient|]();
                return await client.GetStringAsync(url);
            }

            public static async Task<string> Post(string url, IHttpClientFactory others)
            {
                foreach (var part in url.Split('/'))
                {
                    using HttpClient client = [|new()|]; // for the part
                    Console.WriteLine(await client.GetStringAsync(part));
                }

                return url;
            }
        }
        """,
        """
        public sealed class PricesController(IHttpClientFactory clients) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public async Task<string> Get(string url)
            {
                // one look
                using var client = clients.CreateClient();
                return await client.GetStringAsync(url);
            }

            public static async Task<string> Post(string url, IHttpClientFactory others)
            {
                foreach (var part in url.Split('/'))
                {
                    using HttpClient client = others.CreateClient(); // for the part
                    Console.WriteLine(await client.GetStringAsync(part));
                }

                return url;
            }
        }
        """);

    [Fact]
    public Task Fix_OfSettingsTakesAClientFromTheFactory() => Verify.SuggestionFix(
        """
        public sealed class Prices(IHttpClientFactory clients)
        {
            public async Task<string> GetAsync(string url, string key)
            {
                using var client = new [|HttpClient|]();
                client.DefaultRequestHeaders.Add("key", key);
                return await client.GetStringAsync(url);
            }
        }
        """,
        """
        public sealed class Prices(IHttpClientFactory clients)
        {
            public async Task<string> GetAsync(string url, string key)
            {
                using var client = clients.CreateClient();
                client.DefaultRequestHeaders.Add("key", key);
                return await client.GetStringAsync(url);
            }
        }
        """);

    [Fact]
    public Task Fix_AddsOneFieldForTheType() => Verify.CodeFix(
        """
        public sealed class PricesController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private readonly string _root = "http://prices/";

            public async Task<string> Get(string url)
            {
                // one look
                using var client = new [|HttpClient|](); // and no more
                return await client.GetStringAsync(_root + url);
            }

            public async Task<int> Count(string url)
            {
                var count = 0;

                using (var client = new [|HttpClient|]())
                {
                    var text = await client.GetStringAsync(url);
                    // all of it
                    foreach (var c in text)
                    {
                        count += c;
                    }
                }

                return count;
            }

            public async Task<string> Post(string url) => await new [|HttpClient|]().GetStringAsync(url);
        }
        """,
        """
        public sealed class PricesController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            private static readonly HttpClient _sharedClient = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false });
            private readonly string _root = "http://prices/";

            public async Task<string> Get(string url)
            {
                // one look
                // and no more
                return await _sharedClient.GetStringAsync(_root + url);
            }

            public async Task<int> Count(string url)
            {
                var count = 0;

                var text = await _sharedClient.GetStringAsync(url);
                // all of it
                foreach (var c in text)
                {
                    count += c;
                }

                return count;
            }

            public async Task<string> Post(string url) => await _sharedClient.GetStringAsync(url);
        }
        """);

    [Fact]
    public Task Fix_FindsAFreeName() => Verify.CodeFix(
        """
        public class Basis { protected const int SharedClient = 1; }

        public sealed class Prices : Basis
        {
            public async Task GetAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    using var client = new [|HttpClient|]();

                    Console.WriteLine(await client.GetStringAsync(url));
                }
            }
        }
        """,
        """
        public class Basis { protected const int SharedClient = 1; }

        public sealed class Prices : Basis
        {
            private static readonly HttpClient SharedClient2 = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(2), UseCookies = false });

            public async Task GetAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    Console.WriteLine(await SharedClient2.GetStringAsync(url));
                }
            }
        }
        """);

    [Fact]
    public Task Fix_WithoutSocketsHandler() => Verify.CodeFix(
        """
        public sealed class Prices
        {
            public async Task GetAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    using (var client = new [|HttpClient|]())
                    {
                        Console.WriteLine(await client.GetStringAsync(url));
                    }
                }
            }
        }
        """,
        """
        public sealed class Prices
        {
            private static readonly HttpClient SharedClient = new HttpClient(new HttpClientHandler { UseCookies = false });

            public async Task GetAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    Console.WriteLine(await SharedClient.GetStringAsync(url));
                }
            }
        }
        """, TestSettings.Default with { References = References.NetStandard20 });

    /// <summary>Cookies, settings and callees may tie the requests of one client together.</summary>
    [Theory]
    [InlineData("using var client = new [|HttpClient|](); await client.PostAsync(url, null); Use(await client.GetStringAsync(url));")]
    [InlineData("using var client = new [|HttpClient|](new HttpClientHandler { AllowAutoRedirect = false }); Use(await client.GetStringAsync(url));")]
    [InlineData("using (var client = new [|HttpClient|]()) { var text = await client.GetStringAsync(url); Use(text); } { var text = url; Use(text); }")]
    [InlineData("using (var client = new [|HttpClient|]()) /* why */ { Use(await client.GetStringAsync(url)); }")]
    public Task RequestsThatBelongTogether_HaveNoFix(string statements) => Verify.NoCodeFix(Body($$"""
            public async Task RunAsync(List<string> urls)
            {
                foreach (var url in urls) { {{statements}} }
            }
        """));

    [Fact]
    public Task GenericType_HasNoFix() => Verify.NoCodeFix("""
        public sealed class Prices<T>
        {
            public async Task GetAsync(List<string> urls)
            {
                foreach (var url in urls)
                {
                    using var client = new [|HttpClient|]();
                    Console.WriteLine(await client.GetStringAsync(url));
                }
            }
        }
        """);
}
