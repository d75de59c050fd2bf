using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.BlockingIo.BlockingIoAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>Which blocking calls have something to await, and where. Repairs are in <see cref="BlockingIoFixTests"/>.</summary>
public sealed class BlockingIoTests
{
    private const string Usings = """
        using System.Data;
        using System.Data.Common;
        using System.IO.Compression;
        using System.Linq.Expressions;
        using System.Net;
        using System.Net.Sockets;
        using System.Text;
        using Dapper;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Distributed;
        using Npgsql;

        public sealed class Order { public int Id { get; set; } public string Name { get; set; } = ""; public decimal Total { get; set; } }
        public sealed class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

        """;

    private const string Members = """
            private readonly HttpClient http = new();
            private readonly Shop shop = new();
            private readonly NpgsqlConnection connection = new();
            private readonly IDistributedCache cache = null!;
            private readonly string path = "a";
        """;

    private static readonly TestSettings Program = new() { OutputKind = OutputKind.ConsoleApplication };

    /// <summary>Statements of an async method.</summary>
    private static string Body(string body, string parameters = "", string members = "", string modifiers = "public async Task") => Usings + $$"""
        public sealed class Service
        {
        {{Members}}
            {{modifiers}} RunAsync({{parameters}})
            {
                await Task.Yield();
                {{body}}
            }

            private static void Use(params object?[] values) { }
        {{members}}
        }
        """;

    // ---- what blocks ----

    [Theory]
    [InlineData("Use([|File.ReadAllText(path)|]);")]
    [InlineData("Use([|File.ReadAllLines(path)|]);")]
    [InlineData("Use([|File.ReadAllBytes(path)|]);")]
    [InlineData("[|File.WriteAllText(path, path)|];")]
    [InlineData("[|File.AppendAllText(path, path, Encoding.UTF8)|];")]
    public Task Files_IsSuggestion(string body) => Verify.Suggestion(Body(body));

    /// <summary>Most files are small and answered from the system's cache; a window stands still meanwhile, and the file may lie behind a network.</summary>
    [Fact]
    public Task FilesInAWindow_Reports() => Verify.Analyzer("""
        namespace CommunityToolkit.Mvvm.ComponentModel { public class ObservableObject; }
        public sealed class Editor : CommunityToolkit.Mvvm.ComponentModel.ObservableObject
        {
            public async Task SaveAsync(string path, string text)
            {
                await Task.Yield();
                [|File.WriteAllText(path, text)|];
                using var copy = File.Create(path + ".old");
                [|File.OpenRead(path).CopyTo(copy)|];
            }
        }
        """);

    /// <summary>SQLite and the in-memory provider work in the caller's thread in either form; without any provider nobody knows.</summary>
    [Fact]
    public Task QueryWithSqliteOnly_IsSilent() => Verify.Analyzer(OnlyProvider, Provider("Microsoft.EntityFrameworkCore.Sqlite"));

    [Fact]
    public Task QueryWithoutAProviderInSight_IsSuggestion() => Verify.Suggestion(OnlyProvider.Replace("orders.All.First()", "[|orders.All.First()|]"), Provider("Some.Library"));

    [Fact]
    public Task QueryWithSqliteBesideAServersClient_Reports() => Verify.Analyzer(OnlyProvider.Replace("orders.All.First()", "[|orders.All.First()|]"), Provider("Microsoft.EntityFrameworkCore.SqlServer", "Microsoft.EntityFrameworkCore.Sqlite"));

    private const string OnlyProvider = """
        using Microsoft.EntityFrameworkCore;
        public sealed class Order { public int Id { get; set; } }
        public sealed class Orders : DbContext { public DbSet<Order> All => Set<Order>(); }
        public sealed class Desk(Orders orders)
        {
            public async Task<Order> FirstAsync() { await Task.Yield(); return orders.All.First(); }
        }
        """;

    private static TestSettings Provider(params string[] names) => new() { References = References.WithProviders(names) };

    [Fact]
    public Task HttpClientSend_Reports() => Verify.Analyzer(Body("using var answer = [|http.Send(new HttpRequestMessage(HttpMethod.Get, path))|];"));

    [Theory]
    [InlineData("[|connection.Open()|];")]
    [InlineData("using var command = connection.CreateCommand(); Use([|command.ExecuteScalar()|]);")]
    [InlineData("using var command = new NpgsqlCommand(); [|command.ExecuteNonQuery()|];")]
    [InlineData("using var transaction = [|connection.BeginTransaction()|]; [|transaction.Commit()|];")]
    [InlineData("using var command = new NpgsqlCommand(); using var reader = [|command.ExecuteReader()|]; while ([|reader.Read()|]) Use(reader.GetInt32(0));")]
    public Task AdoNet_Reports(string body) => Verify.Analyzer(Body(body));

    [Theory]
    [InlineData("Use([|connection.Query<Order>(\"select 1\")|]);")]
    [InlineData("Use([|connection.QueryFirstOrDefault<Order>(\"select 1\", new { Id = 1 })|]);")]
    [InlineData("[|connection.Execute(\"delete\")|];")]
    public Task Dapper_Reports(string body) => Verify.Analyzer(Body(body));

    [Theory]
    [InlineData("[|shop.SaveChanges()|];")]
    [InlineData("Use([|shop.Orders.Find(1)|]);")]
    [InlineData("Use([|shop.Orders.Where(o => o.Id > 1).ToList()|]);")]
    [InlineData("Use([|shop.Orders.AsNoTracking().ToArray()|]);")]
    [InlineData("Use([|shop.Orders.ToDictionary(o => o.Id)|]);")]
    [InlineData("Use([|shop.Orders.FirstOrDefault(o => o.Id == 1)|]);")]
    [InlineData("Use([|shop.Set<Order>().Count()|]);")]
    [InlineData("var query = shop.Orders.OrderBy(o => o.Id); Use([|query.Any()|]);")]
    [InlineData("Use([|(from o in shop.Orders where o.Id > 1 select o.Name).ToList()|]);")]
    [InlineData("[|shop.Database.EnsureCreated()|];")]
    [InlineData("Use([|shop.Orders.Where(o => o.Id == 1).ExecuteDelete()|]);")]
    public Task EntityFramework_Reports(string body) => Verify.Analyzer(Body(body));

    [Theory]
    [InlineData("shop.Database.UseTransaction(connection.CreateCommand().Transaction);")]
    [InlineData("shop.Database.CloseConnection();")]
    public Task EntityFrameworkThatOnlyHandsOver_IsSilent(string body) => Verify.Analyzer(Body(body) + """

        namespace Microsoft.EntityFrameworkCore
        {
            public static class RelationalDatabaseFacadeExtensions
            {
                public static object? UseTransaction(this Infrastructure.DatabaseFacade database, System.Data.Common.DbTransaction? transaction) => null;
                public static Task<object?> UseTransactionAsync(this Infrastructure.DatabaseFacade database, System.Data.Common.DbTransaction? transaction) => Task.FromResult<object?>(null);
                public static void CloseConnection(this Infrastructure.DatabaseFacade database) { }
                public static Task CloseConnectionAsync(this Infrastructure.DatabaseFacade database) => Task.CompletedTask;
            }
        }
        """);

    [Theory]
    [InlineData("using var client = new TcpClient(); using var reader = new StreamReader(client.GetStream()); Use([|reader.ReadLine()|]);")]
    [InlineData("using var process = System.Diagnostics.Process.Start(path); Use([|process.StandardOutput.ReadToEnd()|]);")]
    public Task StreamsThatLeaveTheMachineOrProcess_Reports(string body) => Verify.Analyzer(Body(body));

    /// <summary>The same disk as behind <c>File.ReadAllText</c>.</summary>
    [Theory]
    [InlineData("using var file = File.OpenRead(path); using var copy = new MemoryStream(); [|file.CopyTo(copy)|];")]
    [InlineData("using var file = new FileStream(path, FileMode.Open); var buffer = new byte[10]; Use([|file.Read(buffer, 0, 10)|]);")]
    [InlineData("using var reader = new StreamReader(path); Use([|reader.ReadToEnd()|]);")]
    [InlineData("using var reader = new StreamReader(File.OpenRead(path)); Use([|reader.ReadToEnd()|]);")]
    [InlineData("using var file = File.Create(path); [|input.CopyTo(file)|];")]
    [InlineData("using var file = File.OpenRead(path); Use([|System.Security.Cryptography.SHA384.HashData(file)|]);")]
    [InlineData("using var file = File.OpenRead(path); Use([|System.Security.Cryptography.SHA384.HashData(source: file, destination: new byte[48])|]);")]
    public Task StreamsOnDisk_IsSuggestion(string body) => Verify.Suggestion(Body(body, "Stream input"));

    [Theory]
    [InlineData("using var reader = new StreamReader(request.Body); Use([|reader.ReadToEnd()|]);")]
    [InlineData("[|request.Body.CopyTo(Stream.Null)|];")]
    [InlineData("using var writer = new StreamWriter(response.Body); [|writer.WriteLine(path)|];")]
    public Task RequestAndResponseBodies_Reports(string body) => Verify.Analyzer(Body(body, "HttpRequest request, HttpResponse response"));

    [Theory]
    [InlineData("Use([|Dns.GetHostEntry(path)|]);")]
    [InlineData("using var client = new TcpClient(); [|client.Connect(path, 80)|];")]
    [InlineData("using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp); var buffer = new byte[10]; Use([|socket.Receive(buffer)|]);")]
    [InlineData("Use([|cache.GetString(path)|]); [|cache.Remove(path)|];")]
    [InlineData("Use([|new WebClient().DownloadString(path)|]);")]
    public Task Network_Reports(string body) => Verify.Analyzer("#pragma warning disable SYSLIB0014\n" + Body(body));

    [Theory]
    [InlineData("using var reader = new StreamReader(Open()); Use([|reader.ReadToEnd()|]); Stream Open() { if (path == \"\") return new TcpClient().GetStream(); return new TcpClient(path, 1).GetStream(); }")]
    [InlineData("using var reader = new StreamReader(Open()); Use([|reader.ReadToEnd()|]); Stream Open() => new BufferedStream(Inner()); Stream Inner() => new TcpClient().GetStream();")]
    public Task StreamThatAMethodReturns_Reports(string body) => Verify.Analyzer(Body(body));

    [Fact]
    public Task StreamFromHereOrThere_IsSuggestion() => Verify.Suggestion(Body("using var reader = new StreamReader(Open()); Use([|reader.ReadToEnd()|]); Stream Open() => path == \"\" ? new MemoryStream() : Inner(); Stream Inner() { return Stream.Null; }"));

    /// <summary>The timeouts of sockets and streams hold for their blocking calls only.</summary>
    [Theory]
    [InlineData("using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveTimeout = 1000 }; Use(socket.Receive(bytes));")]
    [InlineData("using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp); socket.ReceiveTimeout = 1000; Use(socket.Receive(bytes));")]
    [InlineData("using var client = new TcpClient(); client.SendTimeout = 1000; client.GetStream().Write(bytes);")]
    [InlineData("using var client = new TcpClient(); var stream = client.GetStream(); stream.ReadTimeout = 1000; Use(stream.Read(bytes, 0, 10));")]
    [InlineData("using var mail = new System.Net.Mail.SmtpClient(path) { Timeout = 1000 }; mail.Send(path, path, path, path);")]
    [InlineData("var request = (HttpWebRequest)WebRequest.Create(path); request.Timeout = 1000; Use(request.GetResponse());")]
    public Task WithATimeout_IsSilent(string body) => Verify.Analyzer("#pragma warning disable SYSLIB0014\n" + Body(body, "byte[] bytes"));

    [Theory]
    [InlineData("using var mail = new System.Net.Mail.SmtpClient(path); [|mail.Send(path, path, path, path)|];")]
    [InlineData("var request = (HttpWebRequest)WebRequest.Create(path); Use([|request.GetResponse()|]);")]
    [InlineData("connection.ConnectionString = \"Timeout=10\"; using var client = new TcpClient(); [|client.Connect(path, 80)|];")]
    public Task WithoutATimeout_Reports(string body) => Verify.Analyzer("#pragma warning disable SYSLIB0014\n" + Body(body));

    /// <summary>A datagram is sent when the system has it.</summary>
    [Theory]
    [InlineData("using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp); socket.Connect(end); socket.Send(bytes);")]
    [InlineData("using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp); socket.SendTo(bytes, end);")]
    [InlineData("using var client = new UdpClient(); client.Send(bytes, 10, end);")]
    public Task SendsADatagram_IsSilent(string body) => Verify.Analyzer(Body(body, "byte[] bytes, IPEndPoint end"));

    [Fact]
    public Task ReceivesADatagram_Reports() => Verify.Analyzer(Body("using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp); Use([|socket.Receive(bytes)|]);", "byte[] bytes"));

    [Fact]
    public Task StreamOfTheCaller_IsSuggestion() => Verify.Suggestion(Body("[|input.CopyTo(Stream.Null)|];", "Stream input"));

    [Theory]
    [InlineData("public async ValueTask<int> RunAsync() { await Task.Yield(); return [|File.ReadAllText(path)|].Length; }")]
    [InlineData("public async IAsyncEnumerable<string> RunAsync() { await Task.Yield(); yield return [|File.ReadAllText(path)|]; }")]
    [InlineData("public async void Save_Click(object sender, EventArgs e) { await Task.Yield(); [|File.WriteAllText(path, path)|]; }")]
    [InlineData("public void Run() { Func<Task> f = async () => { await Task.Yield(); [|File.WriteAllText(path, path)|]; }; f(); }")]
    [InlineData("public void Run() { async Task Local() { await Task.Yield(); [|File.WriteAllText(path, path)|]; } _ = Local(); }")]
    public Task EveryKindOfAsyncFunction_IsSuggestion(string member) => Verify.Suggestion(Usings + "public sealed class Service { private readonly string path = \"a\"; " + member + " }");

    [Fact]
    public Task AsyncMethodWithoutAnAwaitYet_IsSuggestion() => Verify.Suggestion(
        Usings + "#pragma warning disable CS1998\npublic sealed class Service { public async Task<string> RunAsync(string path) { return [|File.ReadAllText(path)|]; } }");

    [Fact]
    public Task MinimalApi_IsSuggestion() => Verify.Suggestion(
        Usings + """
        public static class Api
        {
            public static void Map(WebApplication app) => app.MapGet("/", async (HttpClient http) => await http.GetStringAsync([|File.ReadAllText("a")|]));
        }
        """);

    // ---- where nothing can be awaited ----

    [Fact]
    public Task InALock_IsSilent() => Verify.Analyzer(Body("lock (http) { Use(File.ReadAllText(path)); }"));

    [Fact]
    public Task InASynchronousLambda_IsSilent() => Verify.Analyzer(Body("Use(new[] { path }.Select(p => File.ReadAllText(p)).ToList());"));

    [Fact]
    public Task InASynchronousLocalFunction_IsSilent() => Verify.Analyzer(Body("Use(new[] { path }.Select(Read)); string Read(string p) => File.ReadAllText(p);"));

    [Fact]
    public Task InAnExpressionTree_IsSilent() => Verify.Analyzer(Body("Expression<Func<string, string>> e = p => File.ReadAllText(p); Use(e); Use([|shop.Orders.Where(o => o.Name == File.ReadAllText(\"a\")).ToList()|]);"));

    [Fact]
    public Task InAQueryClause_IsSilent() => Verify.Analyzer(Body("Use(from p in new[] { path } let text = File.ReadAllText(p) where text != \"\" select text);"));

    [Fact]
    public Task SpanLiveAcross_IsSilent() => Verify.Analyzer(Body("Span<char> span = stackalloc char[4]; path.AsSpan(0, 1).CopyTo(span); var text = File.ReadAllText(path); Use(text, span.ToString());"));

    [Fact]
    public Task BytesOfTheStack_IsSilent() => Verify.Analyzer(Body("using var file = File.OpenRead(path); Span<byte> bytes = stackalloc byte[4]; Use(file.Read(bytes));"));

    [Fact]
    public Task InsideNameof_IsSilent() => Verify.Analyzer(Body("Use(nameof(File.ReadAllText));"));

    /// <summary>What stands behind <c>?.</c> can't be awaited alone, nor bound alone.</summary>
    [Theory]
    [InlineData("file?.Read(bytes, 0, 4);")]
    [InlineData("Use(command?.Connection.ExecuteScalar<int>(\"a\"));")]
    [InlineData("Use(command?.Connection!.Database.Trim().Length); Use(command?.Connection!.ExecuteScalar<int>(\"a\"));")]
    [InlineData("files?[0].Flush(); files?[0]?.BaseStream.Flush();")]
    [InlineData("Use(holder?.Load());")]
    public Task BehindConditionalAccess_IsSilent(string statement) => Verify.Analyzer(Body(
        statement,
        "FileStream? file, byte[] bytes, NpgsqlCommand? command, StreamWriter[]? files, Holder? holder",
        """
            public sealed class Holder
            {
                private readonly StreamReader? reader = null;
                private StreamReader? Reader => reader;
                public int? Load() => this?.Reader?.BaseStream.Read(new byte[4], 0, 4);
            }
        """));

    [Fact]
    public Task InAConstructor_IsSilent() => Verify.Analyzer("public sealed class Settings { public Settings(string path) => Text = File.ReadAllText(path); public string Text { get; } }");

    [Fact]
    public Task InASynchronousMethod_IsSilent() => Verify.Analyzer("public sealed class Settings { public string Load(string path) => File.ReadAllText(path); }");

    /// <summary>Names of helpers that half of the framework has as well: the file writes their type's name, or its interface's.</summary>
    [Fact]
    public Task HelpersWithEverydayNames_Report() => Verify.Analyzer("""
        public interface IStore { string Get(string path); }
        public sealed class Store(HttpClient http) : IStore
        {
            public string Get(string path) => Load(path).ToString();
            private HttpResponseMessage Load(string path) => http.Send(new HttpRequestMessage(HttpMethod.Get, path));
        }
        public sealed class Page(IStore store, HttpClient http)
        {
            public async Task<string> ShowAsync(string path) => [|store.Get(path)|] + await http.GetStringAsync(path);
        }
        """);

    [Fact]
    public Task InASeeder_IsSilent() => Verify.Analyzer("""
        class CatalogSeed
        {
            public async Task FillAsync(string path)
            {
                var text = File.ReadAllText(path);
                await Task.Delay(text.Length);
            }
        }
        """);

    /// <summary>A worker that fills an empty database at its start.</summary>
    [Fact]
    public Task InTheSeedOfAWorker_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Initializer(Shop shop) : Microsoft.Extensions.Hosting.BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop) => await SeedAsync(stop);

            private async Task SeedAsync(CancellationToken stop)
            {
                if (!shop.Orders.Any()) await shop.SaveChangesAsync(stop);
            }

            public async Task WorkAsync(CancellationToken stop)
            {
                if (![|shop.Orders.Any()|]) await shop.SaveChangesAsync(stop);
            }
        }
        """);

    /// <summary>A tool that builds a release reads and writes one file after the other; nothing else wants to run.</summary>
    [Theory]
    [InlineData("File.WriteAllText(path, path);")]
    [InlineData("using var file = File.OpenRead(path); using var copy = File.Create(path); file.CopyTo(copy);")]
    public Task FilesOfAConsoleProgram_IsSilent(string body) => Verify.Analyzer(Tool(body), PlainProgram);

    [Fact]
    public Task ConnectionOfAConsoleProgram_Reports() => Verify.Analyzer(Tool("using var client = new System.Net.Sockets.TcpClient(); [|client.GetStream().Write(new byte[1], 0, 1)|];"), PlainProgram);

    private static readonly TestSettings PlainProgram = new() { OutputKind = OutputKind.ConsoleApplication, References = References.Net100WithoutHosting };

    private static string Tool(string body) => $$"""
        await new Release().BuildAsync("a");
        sealed class Release
        {
            public async Task BuildAsync(string path)
            {
                await Task.Yield();
                {{body}}
            }
        }
        """;

    [Fact]
    public Task InMain_IsSilent() => Verify.Analyzer("await Task.Yield(); Console.WriteLine(File.ReadAllText(\"settings\"));", Program);

    [Fact]
    public Task DualPath_IsSilent() => Verify.Analyzer(
        "public sealed class Reader { public async Task<string> ReadAsync(string path, bool async) => async ? await File.ReadAllTextAsync(path) : File.ReadAllText(path); }");

    [Fact]
    public Task DualPathByStatement_IsSilent() => Verify.Analyzer(
        """
        public sealed class Reader
        {
            public async Task<string> ReadAsync(string path, bool isAsync)
            {
                if (!isAsync) return File.ReadAllText(path);
                return await File.ReadAllTextAsync(path);
            }
        }
        """);

    [Fact]
    public Task InATest_IsSilent() => Verify.Analyzer(
        """
        namespace Xunit { [AttributeUsage(AttributeTargets.Method)] public sealed class FactAttribute : Attribute { } }
        public sealed class ReaderTests { [Xunit.Fact] public async Task Reads() { await Task.Yield(); File.ReadAllText("a"); } }
        """);

    // ---- where the counterpart is not the same operation ----

    [Fact]
    public Task OwnSynchronousForm_IsSilent() => Verify.Analyzer(
        """
        public sealed class Disk : Stream
        {
            public override async Task FlushAsync(CancellationToken stop) { await Task.Yield(); Flush(); }
            public override void Flush() { }
            public override bool CanRead => true; public override bool CanSeek => true; public override bool CanWrite => true; public override long Length => 0; public override long Position { get; set; }
            public override int Read(byte[] buffer, int offset, int count) => 0; public override long Seek(long offset, SeekOrigin origin) => 0; public override void SetLength(long value) { } public override void Write(byte[] buffer, int offset, int count) { }
        }
        """);

    [Fact]
    public Task InterfaceThatOnlyReturnsATask_IsSilent() => Verify.Analyzer(
        """
        public interface IStore { Task<string> LoadAsync(); }
        public sealed class Store : IStore { public Task<string> LoadAsync() => Task.FromResult(File.ReadAllText("a")); }
        """);

    [Fact]
    public Task DbSetAdd_IsSilent() => Verify.Analyzer(Body("shop.Orders.Add(new Order()); shop.AddRange(new Order()); await shop.SaveChangesAsync();"));

    /// <summary>The factory waits for nothing; what it makes does.</summary>
    [Theory]
    [InlineData("await using var own = shops.CreateDbContext(); [|own.SaveChanges()|];")]
    [InlineData("await using var own = await shops.CreateDbContextAsync(); Use([|own.Orders.Find(1)|]);")]
    public Task ContextOfAFactory_Reports(string body) => Verify.Analyzer(Body(body, "IDbContextFactory<Shop> shops"));

    [Fact]
    public Task HelperOverAContextOfAFactory_Reports() => Verify.Analyzer(
        Body("Use([|Add(1)|]);", "", """
            private readonly IDbContextFactory<Shop> shops = null!;
            public int Add(int id) { using var own = shops.CreateDbContext(); own.Orders.Add(new Order { Id = id }); return own.SaveChanges(); }
            public async Task<int> AddAsync(int id) { await using var own = shops.CreateDbContext(); own.Orders.Add(new Order { Id = id }); return await own.SaveChangesAsync(); }
        """));

    [Fact]
    public Task CreateDbContext_IsSilent() => Verify.Analyzer(Body("await using var shop = shops.CreateDbContext(); Use(shop);", "IDbContextFactory<Shop> shops"));

    [Theory]
    [InlineData("using var memory = new MemoryStream(); memory.Write(new byte[1], 0, 1); memory.Flush(); memory.CopyTo(Stream.Null);")]
    [InlineData("Stream memory = new MemoryStream(); memory.Flush();")]
    [InlineData("var reader = new StringReader(path); Use(reader.ReadLine(), reader.ReadToEnd());")]
    [InlineData("TextWriter writer = new StringWriter(); writer.Write(path); writer.Flush();")]
    [InlineData("using var reader = new StreamReader(new MemoryStream()); Use(reader.ReadToEnd());")]
    [InlineData("var bytes = new MemoryStream(); using var zip = new GZipStream(bytes, CompressionMode.Compress); zip.Write(new byte[1], 0, 1); zip.Flush();")]
    [InlineData("var bytes = new MemoryStream(); using var buffered = new BufferedStream(bytes); buffered.Flush();")]
    [InlineData("using var reader = new StreamReader(Open()); Use(reader.ReadToEnd()); Stream Open() => new MemoryStream();")]
    [InlineData("using var reader = new StreamReader(typeof(Service).Assembly.GetManifestResourceStream(path)!); Use(reader.ReadToEnd());")]
    public Task ReceiverInMemory_IsSilent(string body) => Verify.Analyzer(Body(body));

    [Theory]
    [InlineData("using var zone = new MemoryStream(); zone.Position = 0; Use(System.Security.Cryptography.SHA384.HashData(zone));")]
    [InlineData("Stream zone = new MemoryStream(); var hash = new byte[48]; Use(System.Security.Cryptography.SHA384.HashData(source: zone, destination: hash));")]
    [InlineData("Use(System.Xml.Linq.XDocument.Load(new StringReader(path), System.Xml.Linq.LoadOptions.None));")]
    [InlineData("using var page = new StringWriter(); new System.Xml.Linq.XDocument().Save(page, System.Xml.Linq.SaveOptions.None); Use(page);")]
    public Task WorksOnAStreamInMemory_IsSilent(string body) => Verify.Analyzer(Body(body, "CancellationToken token"));

    [Fact]
    public Task ParsesAFile_IsSuggestion() => Verify.Suggestion(Body("using var file = File.OpenText(path); Use([|System.Xml.Linq.XDocument.Load(file, System.Xml.Linq.LoadOptions.None)|]);", "CancellationToken token"));

    [Fact]
    public Task WorksOnAStreamOfTheCaller_IsSuggestion() => Verify.Suggestion(Body("Use([|System.Security.Cryptography.SHA384.HashData(input)|]);", "Stream input"));

    [Theory]
    [InlineData("Console.Out.WriteLine(path); Console.Error.Flush(); Use(Console.In.ReadLine(), Console.ReadLine());")]
    [InlineData("var output = Console.Out; output.Flush();")]
    public Task Console_IsSilent(string body) => Verify.Analyzer(Body(body));

    /// <summary>A buffer takes or has most of them, the system's cache the others.</summary>
    [Theory]
    [InlineData("using var writer = File.CreateText(path); writer.WriteLine(path); writer.Write(path);")]
    [InlineData("using var writer = new StreamWriter(path); foreach (var c in path) writer.WriteLine(c);")]
    [InlineData("using var reader = File.OpenText(path); while (reader.ReadLine() is { } line) Use(line);")]
    public Task LinesOfAFile_IsSilent(string body) => Verify.Analyzer(Body(body));

    [Fact]
    public Task EntryOfAnArchiveOnDisk_SaysWhatWorks() => Verify.Analyzer(
        Body("using var zip = {|#0:ZipFile.OpenRead(path)|}; using var reader = new StreamReader(zip.GetEntry(\"a\")!.Open()); Use({|#1:reader.ReadToEnd()|});"),
        Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithMessage("'ZipFile.OpenRead' keeps its thread while the disk works; 'await ZipFile.OpenReadAsync' gives it back"),
        Verify.Diagnostic().WithLocation(1).WithSeverity(DiagnosticSeverity.Info).WithMessage("'ReadToEnd' keeps its thread while the disk works; 'await ReadToEndAsync' gives it back"));

    [Fact]
    public Task EntryOfAnArchiveInMemory_IsSilent() => Verify.Analyzer(Body("using var zip = new ZipArchive(new MemoryStream()); using var reader = new StreamReader(zip.Entries[0].Open()); Use(reader.ReadToEnd());"));

    [Fact]
    public Task LinesToSomeWriter_IsSilent() => Verify.Analyzer(Body("writer.WriteLine(path); writer.Write(path);", "TextWriter writer"));

    [Fact]
    public Task Sqlite_IsSilent() => Verify.Analyzer(
        """
        using System.Data.Common;
        namespace Microsoft.Data.Sqlite
        {
            public abstract class SqliteConnection : DbConnection { }
            public abstract class SqliteCommand : DbCommand { }
        }
        public sealed class Store
        {
            public async Task RunAsync(Microsoft.Data.Sqlite.SqliteConnection connection, Microsoft.Data.Sqlite.SqliteCommand command)
            {
                await Task.Yield();
                connection.Open();
                command.ExecuteNonQuery();
            }
        }
        """);

    [Fact]
    public Task FieldsOfABufferedRow_IsSilent() => Verify.Analyzer(Body("Use(reader.IsDBNull(0), reader.GetFieldValue<int>(0), reader.GetString(1));", "DbDataReader reader"));

    [Fact]
    public Task InterfaceWithoutAsyncMembers_IsSilent() => Verify.Analyzer(Body("db.Open(); using var command = db.CreateCommand(); command.ExecuteNonQuery();", "IDbConnection db"));

    [Fact]
    public Task NoCounterpartInTheFramework_IsSilent() => Verify.Analyzer(
        "using System.IO; using System.Threading.Tasks; public class Store { public async Task<string> LoadAsync(string path) { await Task.Yield(); return File.ReadAllText(path); } }",
        new TestSettings { References = References.NetStandard20, ImplicitUsings = false, LanguageVersion = Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp8, Nullable = NullableContextOptions.Disable });

    [Fact]
    public Task NoAsynchronousForm_IsSilent() => Verify.Analyzer(Body("File.Copy(path, path); File.Delete(path); Use(Directory.GetFiles(path));"));

    [Fact]
    public Task QueryOverAList_IsSilent() => Verify.Analyzer(Body("var query = new List<Order>().AsQueryable(); Use(query.ToList(), query.FirstOrDefault());"));

    [Theory]
    [InlineData("var orders = await shop.Orders.ToListAsync(); Use(orders.AsQueryable().Select(o => o.Id).ToList());")]
    [InlineData("var page = await new Page<Order>(shop.Orders).LoadAsync(); Use(page.AsQueryable().Where(o => o.Id > 0).ToList(), page.AsQueryable().Count());")]
    public Task QueryOverWhatWasLoaded_IsSilent(string body) => Verify.Analyzer(Body(body, members:
        """
        private sealed class Page<T>(IQueryable<T> source) : List<T>
        {
            public async Task<Page<T>> LoadAsync() { AddRange(await source.ToListAsync()); return this; }
        }
        """));

    [Theory]
    [InlineData("IEnumerable<Order> orders = shop.Orders; Use([|orders.AsQueryable().Where(o => o.Id > 0).ToList()|]);")]
    [InlineData("var query = (IQueryable<Order>)shop.Orders; Use([|query.AsQueryable().ToList()|]);")]
    public Task QueryOfAQuery_Reports(string body) => Verify.Analyzer(Body(body));

    [Fact]
    public Task QueryOfUnknownOrigin_IsSilent() => Verify.Analyzer(Body("Use(query.ToList(), query.Count());", "IQueryable<Order> query"));

    [Fact]
    public Task ObsoleteCounterpart_IsSilent() => Verify.Analyzer(
        """
        public class Files : Stream2 { [Obsolete("slow")] public Task CopyToAsync(Stream target) => Task.CompletedTask; }
        public class Stream2 { public void CopyTo(Stream target) { } }
        public sealed class Service { public async Task RunAsync(Files files) { await Task.Yield(); files.CopyTo(Stream.Null); } }
        """,
        new TestSettings { AdditionalFiles = [new("a.ExecutionCatalogue.txt", "M:Stream2.CopyTo(*) ; blocking write on=network")] });

    [Theory]
    [InlineData("public void LoadAsync(int id) { }")]
    [InlineData("public Task<string> LoadAsync(int id) => Task.FromResult(\"\");")]
    [InlineData("public Task<int> LoadAsync(string id) => Task.FromResult(1);")]
    [InlineData("public Task<int> LoadAsync(int id, int depth = 0) => Task.FromResult(1);")]
    public Task AnotherOperationOfThatName_IsSilent(string counterpart) => Verify.Analyzer(
        $$"""
        public sealed class Api { public int Load(int id) => id; {{counterpart}} }
        public sealed class Service { public async Task<int> RunAsync(Api api) { await Task.Yield(); return api.Load(1); } }
        """,
        new TestSettings { AdditionalFiles = [new("a.ExecutionCatalogue.txt", "M:Api.Load(*) ; blocking read on=network")] });

    [Fact]
    public Task UserCatalogue_Reports() => Verify.Analyzer(
        """
        public interface IApi { int Load(int id); Task<int> LoadAsync(int id, CancellationToken stop = default); }
        public sealed class Service { public async Task<int> RunAsync(IApi api) { await Task.Yield(); return [|api.Load(1)|]; } }
        """,
        new TestSettings { AdditionalFiles = [new("a.ExecutionCatalogue.txt", "M:IApi.Load(*) ; blocking read on=network")] });

    [Fact]
    public Task CertainOnly_DropsSuggestions_IsSilent() => Verify.Analyzer(
        Body("input.CopyTo(Stream.Null);", "Stream input"),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    [Fact]
    public Task MessageNamesWhatWorks_Reports() => Verify.Analyzer(
        Body("Use({|#0:File.ReadAllText(path)|});"),
        Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithMessage("'File.ReadAllText' keeps its thread while the disk works; 'await File.ReadAllTextAsync' gives it back"));

    // ---- through helpers ----

    private static string Helper(string members, string call = "Use([|Load()|]);") => Body(call, members: members).Replace("class Service", "class Service : Microsoft.AspNetCore.SignalR.Hub");

    [Fact]
    public Task PrivateHelper_IsSuggestion() => Verify.Suggestion(Helper("private string Load() => File.ReadAllText(path);"));

    [Fact]
    public Task LocalFunction_IsSuggestion() => Verify.Suggestion(Body("Use([|Read()|]); string Read() => File.ReadAllText(path);").Replace("class Service", "class Service : Microsoft.AspNetCore.SignalR.Hub"));

    [Fact]
    public Task FileReadByAHelperOfALibrary_IsSilent() => Verify.Analyzer(Body("Use(Load());", members: "private string Load() => File.ReadAllText(path);"));

    [Fact]
    public Task HelperOfAHelper_NamesTheWay_Reports() => Verify.Analyzer(
        Helper("private object Load() { return Read(path); } private object Read(string p) => Ask(p); private object Ask(string p) => http.Send(new HttpRequestMessage());", "Use({|#0:Load()|});"),
        Verify.Diagnostic().WithLocation(0).WithMessage("'Load → Read → Ask → Send' keeps its thread while the network answers; 'await SendAsync' gives it back"));

    [Fact]
    public Task FileReadFarDown_IsSilent() => Verify.Analyzer(Helper("private string Load() => Read(path); private static string Read(string p) => File.ReadAllText(p);", "Use(Load());"));

    [Fact]
    public Task HelperThatAsksAServer_Reports() => Verify.Analyzer(Helper("private HttpResponseMessage Load() => http.Send(new HttpRequestMessage());"));

    [Fact]
    public Task HelperThatIsCalledOften_IsNamedOnce_Reports() => Verify.Analyzer(Helper("private HttpResponseMessage Load() => http.Send(new HttpRequestMessage());", "Use([|Load()|]); Use(Load(), Load());"));

    [Fact]
    public Task HelperThatAsksTheDatabase_Reports() => Verify.Analyzer(Helper("private List<Order> Load() { var open = shop.Orders.Where(o => o.Id > 1); return open.ToList(); }"));

    [Fact]
    public Task HelperThatAsksAServerSometimes_IsSuggestion() => Verify.Suggestion(
        Helper("private HttpResponseMessage? Load(int n) { if (n > 3) return null; return http.Send(new HttpRequestMessage()); }", "Use([|Load(4)|]);"));

    [Fact]
    public Task OnlyImplementation_IsSuggestion() => Verify.Suggestion(
        """
        public interface ITexts { string Load(); }
        public sealed class Texts : ITexts { public string Load() => File.ReadAllText("a"); }
        public sealed class Service(ITexts texts) : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task<string> RunAsync() { await Task.Yield(); return [|texts.Load()|]; } }
        """);

    [Fact]
    public Task HelperWithAnAsyncForm_Reports() => Verify.Analyzer(
        """
        public sealed class Texts
        {
            public int Load(HttpClient http) => (int)http.Send(new HttpRequestMessage()).StatusCode;
            public async Task<int> LoadAsync(HttpClient http, CancellationToken stop = default) => (int)(await http.SendAsync(new HttpRequestMessage(), stop)).StatusCode;
        }
        public sealed class Service(Texts texts, HttpClient http) { public async Task<int> RunAsync() { await Task.Yield(); return [|texts.Load(http)|]; } }
        """);

    // A generic name blocks only where its file can mean what blocks.

    private static string InAFileOfItsOwn(string helper, string call) => $$"""
        using Microsoft.Extensions.Caching.Distributed;
        {{helper}}
        public sealed class Service(Helper helper) : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task RunAsync() { await Task.Yield(); {{call}}; } }
        """;

    [Fact]
    public Task HelperThatReadsAFile_IsSuggestion() => Verify.Suggestion(InAFileOfItsOwn("public sealed class Helper { public string Load() => File.ReadAllText(\"a\"); }", "[|helper.Load()|]"));

    [Fact]
    public Task HelperThatAsksAList_IsSilent() => Verify.Analyzer(
        InAFileOfItsOwn("public sealed class Helper { private readonly List<string> names = []; public bool Forget(string name) => names.Remove(name) && !names.Contains(name); }", "helper.Forget(\"a\")"));

    [Theory]
    [InlineData("cache.Get(key)")]
    [InlineData("cache.GetString(key)")]
    [InlineData("cache.Remove(key)")]
    public Task HelperThatAsksAnInjectedCache_Reports(string ask) => Verify.Analyzer(
        InAFileOfItsOwn($$"""public sealed class Helper(IDistributedCache cache) { public void Load(string key) { {{ask}}; } }""", "[|helper.Load(\"a\")|]"));

    [Fact]
    public Task HelperFourCallsDown_IsSilent() => Verify.Analyzer(
        Helper("private string Load() => A(); private string A() => B(); private string B() => C(); private string C() => File.ReadAllText(path);", "Use(Load());"));

    [Theory]
    [InlineData("private string? text; private string Load() => text ??= File.ReadAllText(path);")]
    [InlineData("private string? text; private string Load() { if (text == null) text = File.ReadAllText(path); return text; }")]
    [InlineData("private string? text; private string Load() { if (text != null) return text; text = File.ReadAllText(path); return text; }")]
    [InlineData("private readonly Dictionary<string, string> texts = []; private string Load() { if (texts.TryGetValue(path, out var text)) return text; return texts[path] = File.ReadAllText(path); }")]
    public Task HelperThatRemembers_IsSilent(string members) => Verify.Analyzer(Helper(members, "Use(Load());"));

    [Fact]
    public Task HelperThatBlocksOnFaultsOnly_IsSilent() => Verify.Analyzer(
        Helper("private void Load() { try { Use(); } catch (Exception e) { File.AppendAllText(path, e.Message); } }", "Load();"));

    [Fact]
    public Task HelperInALock_IsSilent() => Verify.Analyzer(Helper("private string Load() { lock (http) return File.ReadAllText(path); }", "Use(Load());"));

    [Fact]
    public Task HelperWithoutAnythingToAwait_IsSilent() => Verify.Analyzer(Helper("private void Load() { File.Delete(path); Use(Directory.GetFiles(path)); }", "Load();"));

    [Fact]
    public Task HelperOverMemory_IsSilent() => Verify.Analyzer(Helper("private string Load() { using var reader = new StreamReader(new MemoryStream()); return reader.ReadToEnd(); }", "Use(Load());"));

    [Fact]
    public Task HelperThatIsLazy_IsSilent() => Verify.Analyzer(Helper("private IEnumerable<string> Load() { yield return File.ReadAllText(path); }", "Use(Load());"));

    [Fact]
    public Task HelperThatAnyoneMayOverride_IsSilent() => Verify.Analyzer(
        "public class Service { public async Task RunAsync() { await Task.Yield(); Load(); } protected virtual void Load() => File.ReadAllText(\"a\"); }");

    [Fact]
    public Task OwnSynchronousFormOfTheMethod_IsSilent() => Verify.Analyzer(
        "public sealed class Texts { public string Load() => File.ReadAllText(\"a\"); public async Task<string> LoadAsync() { await Task.Yield(); return Load(); } }");

    [Fact]
    public Task AsyncFormMadeOfTheBlockingOne_IsSuggestion() => Verify.Suggestion(
        """
        public sealed class Texts { public string Load() => File.ReadAllText("a"); public Task<string> LoadAsync() => Task.Run(() => Load()); }
        public sealed class Service(Texts texts) : Microsoft.AspNetCore.Mvc.ControllerBase { public async Task<string> RunAsync() { await Task.Yield(); return [|texts.Load()|]; } }
        """);

    // ---- other analyzers ----

    private static TestSettings Peer(string peers, params (string Key, string Value)[] options) => new()
    {
        GlobalOptions = new Dictionary<string, string> { ["build_property.ExecutionModelPeers"] = peers },
        Options = options.ToDictionary(o => o.Key, o => o.Value),
    };

    private const string InLambda = "public sealed class Job { public void Run() { Func<Task> f = async () => { await Task.Yield(); BODY; }; f(); } }";

    [Theory]
    [InlineData(" AsyncFixer")]
    [InlineData(" Meziantou.Analyzer")]
    [InlineData(" Microsoft.VisualStudio.Threading.Analyzers AsyncFixer")]
    public Task PeerInTheBuild_IsSilent(string peers) => Verify.Analyzer(Body("Use(File.ReadAllText(path));"), Peer(peers));

    [Fact]
    public Task PeerInTheBuildThatIsOff_IsSuggestion() => Verify.Suggestion(Body("Use([|File.ReadAllText(path)|]);"), Peer(" AsyncFixer", ("dotnet_diagnostic.AsyncFixer02.severity", "none")));

    [Fact]
    public Task PeerInTheBuildWithoutDeference_IsSuggestion() => Verify.Suggestion(Body("Use([|File.ReadAllText(path)|]);"), Peer(" AsyncFixer", ("execution_model.defer_to_peers", "false")));

    [Fact]
    public Task DeferenceWithoutAPeer_IsSilent() => Verify.Analyzer(Body("Use(File.ReadAllText(path));"), Peer("", ("execution_model.defer_to_peers", "true")));

    [Fact]
    public Task PeerThatLooksAtMethodsOnly_IsSuggestion() => Verify.Suggestion(InLambda.Replace("BODY", "[|File.WriteAllText(\"a\", \"b\")|]"), Peer(" AsyncFixer"));

    [Fact]
    public Task PeerThatLooksAtLambdas_IsSilent() => Verify.Analyzer(InLambda.Replace("BODY", "File.WriteAllText(\"a\", \"b\")"), Peer(" Meziantou.Analyzer"));

    [Theory]
    [InlineData(" Meziantou.Analyzer AsyncFixer", "Use([|shop.Orders.Any()|]);")]
    [InlineData(" Meziantou.Analyzer Microsoft.VisualStudio.Threading.Analyzers AsyncFixer", "Use([|shop.Orders.Where(o => o.Id > 1).ToList()|]);")]
    [InlineData(" AsyncFixer", "Use([|shop.Orders.Find(1)|]);")]
    public Task PeerThatDoesNotKnowTheCall_Reports(string peers, string statement) => Verify.Analyzer(Body(statement), Peer(peers));

    [Theory]
    [InlineData(" Meziantou.Analyzer", "Use(shop.Orders.Find(1));")]
    [InlineData(" Microsoft.VisualStudio.Threading.Analyzers", "Use(shop.Orders.Any());")]
    public Task PeerThatKnowsTheCall_IsSilent(string peers, string statement) => Verify.Analyzer(Body(statement), Peer(peers));

    [Fact]
    public Task NoPeerLooksIntoHelpers_Reports() => Verify.Analyzer(Helper("private HttpResponseMessage Load() => http.Send(new HttpRequestMessage());"), Peer(" Meziantou.Analyzer"));

    [Fact]
    public Task Migrations_IsSilent() => Verify.Analyzer(
        "namespace Shop.Migrations.Routines { public sealed class Move { public async Task RunAsync() { await Task.Yield(); File.ReadAllText(\"a\"); } } }");
}
