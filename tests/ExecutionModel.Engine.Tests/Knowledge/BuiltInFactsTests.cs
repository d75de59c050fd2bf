using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>What the built-in text says of calls as people write them: overloads, derived types and extension methods included.</summary>
public sealed class BuiltInFactsTests
{
    private const string Scope = """
        using System; using System.Collections.Concurrent; using System.Collections.Generic; using System.Data.Common; using System.IO; using System.IO.Compression; using System.Linq;
        using System.Net.Http; using System.Net.Http.Json; using System.Security.Cryptography; using System.Text; using System.Text.Json; using System.Threading; using System.Threading.Channels;
        using System.Threading.Tasks; using Dapper; using Microsoft.EntityFrameworkCore; using Microsoft.Extensions.Caching.Distributed; using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.Logging; using Npgsql;

        class Order { public int Id { get; set; } }
        class ShopContext : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        class OrderList : List<Order> { public int Reloaded() => Count; }
        class TypedClient : HttpClient { }

        class Calls
        {
            HttpClient http = null!; TypedClient typed = null!; IHttpClientFactory clients = null!; HttpResponseMessage response = null!; ShopContext db = null!; IDbContextFactory<ShopContext> contexts = null!; NpgsqlConnection sql = null!;
            NpgsqlCommand command = null!; DbDataReader reader = null!; NpgsqlDataSource source = null!; Stream stream = null!; FileStream file = null!; MemoryStream memory = null!; StringReader text = null!;
            StreamReader lines = null!; List<Order> list = null!; OrderList orders = null!; Dictionary<int, Order> map = null!; ConcurrentDictionary<int, Order> shared = null!; IReadOnlyList<Order> seen = null!; HashSet<int> ids = null!;
            StringBuilder builder = null!; IMemoryCache cache = null!; IDistributedCache remote = null!; ILogger<Calls> log = null!; IServiceScopeFactory scopes = null!; SemaphoreSlim gate = null!;
            Channel<Order> channel = null!; GZipStream zip = null!; byte[] bytes = null!; string name = null!; CancellationToken token; StackExchange.Redis.IDatabase redis = null!; Polly.ResiliencePipeline pipeline = null!;
            Amazon.S3.IAmazonS3 s3 = null!; Azure.Storage.Blobs.Specialized.BlobBaseClient blob = null!; Orders.OrdersClient grpc = null!; IQueryable<Order> query = null!; TimeProvider time = null!;
            void M() { _ = 
        """;

    [Theory]
    [InlineData("http.GetStringAsync(name)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("http.GetAsync(name, token)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("typed.GetByteArrayAsync(name)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("http.GetFromJsonAsync<Order>(name)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("http.PostAsJsonAsync(name, 1)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("http.SendAsync(null!)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("http.Send(null!)", Waiting.BlockingIo, Touch.Write, Channel.Network)]
    [InlineData("response.Content.ReadAsStringAsync()", Waiting.Memory, Touch.Write, Channel.Receiver)]
    [InlineData("File.ReadAllTextAsync(name)", Waiting.AsyncIo, Touch.Read, Channel.File)]
    [InlineData("File.WriteAllTextAsync(name, name)", Waiting.AsyncIo, Touch.Write, Channel.File)]
    [InlineData("File.ReadAllBytes(name)", Waiting.BlockingIo, Touch.Read, Channel.File)]
    [InlineData("File.Exists(name)", Waiting.Unstated, Touch.Read, Channel.File)]
    [InlineData("Path.Combine(name, name)", Waiting.Unstated, Touch.Pure, Channel.Receiver)]
    [InlineData("stream.ReadAsync(bytes, 0, 1)", Waiting.AsyncIo, Touch.Write, Channel.Receiver)]
    [InlineData("file.ReadAsync(bytes, 0, 1)", Waiting.AsyncIo, Touch.Write, Channel.Receiver)]
    [InlineData("stream.ReadExactlyAsync(bytes, 0, 1)", Waiting.AsyncIo, Touch.Write, Channel.Receiver)]
    [InlineData("memory.WriteAsync(bytes, 0, 1)", Waiting.Memory, Touch.Write, Channel.Receiver)]
    [InlineData("memory.CopyToAsync(stream)", Waiting.Memory, Touch.Write, Channel.Receiver)]
    [InlineData("text.ReadToEndAsync()", Waiting.Memory, Touch.Write, Channel.Receiver)]
    [InlineData("lines.ReadLineAsync()", Waiting.AsyncIo, Touch.Write, Channel.Receiver)]
    [InlineData("db.SaveChangesAsync()", Waiting.AsyncIo, Touch.Write, Channel.Database)]
    [InlineData("db.SaveChanges()", Waiting.BlockingIo, Touch.Write, Channel.Database)]
    [InlineData("db.Orders.FindAsync(1)", Waiting.AsyncIo, Touch.Read, Channel.Database)]
    [InlineData("db.Orders.Where(o => o.Id > 1).ToListAsync()", Waiting.AsyncIo, Touch.Read, Channel.Database)]
    [InlineData("db.Orders.CountAsync()", Waiting.AsyncIo, Touch.Read, Channel.Database)]
    [InlineData("db.Orders.ExecuteDeleteAsync()", Waiting.AsyncIo, Touch.Write, Channel.Database)]
    [InlineData("db.Orders.AddAsync(null!)", Waiting.Memory, Touch.Write, Channel.Receiver)]
    [InlineData("db.Orders.Add(null!)", Waiting.Unstated, Touch.Write, Channel.Receiver)]
    [InlineData("contexts.CreateDbContextAsync()", Waiting.Memory, Touch.Pure, Channel.Receiver)]
    [InlineData("sql.OpenAsync()", Waiting.AsyncIo, Touch.Write, Channel.Database)]
    [InlineData("command.ExecuteReaderAsync()", Waiting.AsyncIo, Touch.Read, Channel.Database)]
    [InlineData("command.ExecuteScalarAsync()", Waiting.AsyncIo, Touch.Write, Channel.Database)]
    [InlineData("reader.ReadAsync()", Waiting.AsyncIo, Touch.Write, Channel.Receiver)]
    [InlineData("reader.IsDBNull(0)", Waiting.Unstated, Touch.Read, Channel.Receiver)]
    [InlineData("sql.QueryAsync<Order>(name)", Waiting.AsyncIo, Touch.Read, Channel.Database)]
    [InlineData("sql.ExecuteAsync(name)", Waiting.AsyncIo, Touch.Write, Channel.Database)]
    [InlineData("cache.TryGetValue(name, out _)", Waiting.Memory, Touch.Read, Channel.Cache)]
    [InlineData("cache.GetOrCreateAsync(name, _ => Task.FromResult(1))", Waiting.Memory, Touch.Write, Channel.Cache)]
    [InlineData("remote.GetStringAsync(name)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("remote.SetStringAsync(name, name)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("redis.StringGetAsync(name)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("redis.StringSetAsync(name)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("s3.GetObjectAsync(name, name)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("s3.PutObjectAsync(null!)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("blob.DownloadContentAsync(null!)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("blob.DeleteAsync(null!)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("grpc.GetOrderAsync(null!)", Waiting.AsyncIo, Touch.Read, Channel.Network)]
    [InlineData("grpc.PlaceOrderAsync(null!)", Waiting.AsyncIo, Touch.Write, Channel.Network)]
    [InlineData("log.LogInformation(name)", Waiting.Unstated, Touch.Write, Channel.Log)]
    [InlineData("Task.Delay(1)", Waiting.Delay, Touch.Unstated, Channel.Receiver)]
    [InlineData("Task.FromResult(1)", Waiting.Memory, Touch.Pure, Channel.Receiver)]
    [InlineData("Task.WhenAll(Task.CompletedTask)", Waiting.OtherWork, Touch.Unstated, Channel.Receiver)]
    [InlineData("channel.Reader.ReadAsync()", Waiting.OtherWork, Touch.Write, Channel.Queue)]
    [InlineData("DateTime.Parse(name)", Waiting.Unstated, Touch.Pure, Channel.Receiver)]
    [InlineData("Guid.NewGuid()", Waiting.Unstated, Touch.Read, Channel.Clock)]
    [InlineData("time.GetUtcNow()", Waiting.Unstated, Touch.Read, Channel.Clock)]
    [InlineData("name.Split(',')", Waiting.Unstated, Touch.Pure, Channel.Receiver)]
    [InlineData("string.Join(name, name)", Waiting.Unstated, Touch.Pure, Channel.Receiver)]
    [InlineData("builder.Append(name)", Waiting.Unstated, Touch.Write, Channel.Receiver)]
    [InlineData("builder.ToString()", Waiting.Unstated, Touch.Read, Channel.Receiver)]
    [InlineData("list.Contains(null!)", Waiting.Unstated, Touch.Read, Channel.Receiver)]
    [InlineData("map.TryGetValue(1, out _)", Waiting.Unstated, Touch.Read, Channel.Receiver)]
    [InlineData("map.Remove(1)", Waiting.Unstated, Touch.Write, Channel.Receiver)]
    [InlineData("ids.Add(1)", Waiting.Unstated, Touch.Write, Channel.Receiver)]
    [InlineData("shared.TryAdd(1, null!)", Waiting.Unstated, Touch.Write, Channel.Receiver)]
    [InlineData("list.Select(o => o.Id).ToList()", Waiting.Unstated, Touch.Read, Channel.Receiver)]
    [InlineData("query.Count()", Waiting.BlockingIo, Touch.Read, Channel.Database)]
    [InlineData("scopes.CreateScope()", Waiting.Unstated, Touch.Pure, Channel.Receiver)]
    public void Call_HasTheseFacts(string call, Waiting waiting, Touch touch, Channel channel)
    {
        var facts = Of(call);
        Assert.NotNull(facts);
        Assert.Equal((waiting, touch, channel), (facts.Waiting, facts.Touch, facts.Channel));
    }

    [Theory]
    [InlineData("http", Sharing.Safe)]
    [InlineData("typed", Sharing.Safe)]
    [InlineData("clients", Sharing.Safe)]
    [InlineData("contexts", Sharing.Safe)]
    [InlineData("source", Sharing.Safe)]
    [InlineData("cache", Sharing.Safe)]
    [InlineData("remote", Sharing.Safe)]
    [InlineData("log", Sharing.Safe)]
    [InlineData("redis", Sharing.Safe)]
    [InlineData("s3", Sharing.Safe)]
    [InlineData("grpc", Sharing.Safe)]
    [InlineData("shared", Sharing.Safe)]
    [InlineData("gate", Sharing.Safe)]
    [InlineData("pipeline", Sharing.Safe)]
    [InlineData("name", Sharing.Safe)]
    [InlineData("seen", Sharing.Safe)]
    [InlineData("db", Sharing.UnitOfWork)]
    [InlineData("db.Orders", Sharing.UnitOfWork)]
    [InlineData("db.Database", Sharing.UnitOfWork)]
    [InlineData("db.Orders.Where(o => o.Id > 1)", Sharing.Unsafe)]
    [InlineData("sql", Sharing.UnitOfWork)]
    [InlineData("command", Sharing.UnitOfWork)]
    [InlineData("sql.BeginTransaction()", Sharing.UnitOfWork)]
    [InlineData("reader", Sharing.Unsafe)]
    [InlineData("stream", Sharing.Unsafe)]
    [InlineData("file", Sharing.Unsafe)]
    [InlineData("memory", Sharing.Unsafe)]
    [InlineData("lines", Sharing.Unsafe)]
    [InlineData("zip", Sharing.Unsafe)]
    [InlineData("list", Sharing.Unsafe)]
    [InlineData("map", Sharing.Unsafe)]
    [InlineData("builder", Sharing.Unsafe)]
    [InlineData("response", Sharing.Unsafe)]
    public void Value_MayBeSharedSo(string expression, Sharing sharing)
    {
        var (model, node) = Bind(expression);
        Assert.Equal(sharing, CatalogueReferences.Catalogue().Of(model.GetTypeInfo(node).Type)?.Sharing);
    }

    [Theory]
    [InlineData("Rfc2898DeriveBytes.Pbkdf2(bytes, bytes, 100_000, HashAlgorithmName.SHA256, 32)", CpuUnit.ArgumentValue, 2)]
    [InlineData("Rfc2898DeriveBytes.Pbkdf2(name, bytes, 100_000, HashAlgorithmName.SHA256, 32)", CpuUnit.ArgumentValue, 2)]
    [InlineData("new Rfc2898DeriveBytes(name, bytes, 100_000, HashAlgorithmName.SHA256)", CpuUnit.ArgumentValue, 2)]
    [InlineData("new Rfc2898DeriveBytes(bytes, bytes, 100_000, HashAlgorithmName.SHA256)", CpuUnit.ArgumentValue, 2)]
    [InlineData("Microsoft.AspNetCore.Cryptography.KeyDerivation.KeyDerivation.Pbkdf2(name, bytes, default, 100_000, 32)", CpuUnit.ArgumentValue, 3)]
    [InlineData("RSA.Create(2048)", CpuUnit.Call, -1)]
    [InlineData("BCrypt.Net.BCrypt.HashPassword(name)", CpuUnit.Call, -1)]
    public void Call_IsHeavy(string call, CpuUnit unit, int argument) => Assert.Equal((unit, argument), (Of(call)!.Cpu!.Unit, Of(call)!.Cpu!.Argument));

    [Theory]
    [InlineData("SHA256.HashData(stream)")]
    [InlineData("RSA.Create()")]
    [InlineData("JsonSerializer.Serialize(list)")]
    [InlineData("name.Split(',')")]
    public void Call_IsNotHeavy(string call) => Assert.Null(Of(call)?.Cpu);

    [Theory]
    [InlineData("File.ReadLines(name)")]
    [InlineData("File.ReadAllLinesAsync(name)")]
    [InlineData("Directory.EnumerateFiles(name)")]
    [InlineData("Directory.GetFiles(name)")]
    [InlineData("db.Orders.ToListAsync()")]
    [InlineData("sql.QueryAsync<Order>(name)")]
    [InlineData("channel.Reader.ReadAllAsync()")]
    public void Result_IsHuge(string call) => Assert.Equal(Size.Huge, Of(call)!.Size);

    [Theory]
    [InlineData("sql.QuerySingleAsync<Order>(name)")]
    [InlineData("db.Orders.FirstAsync()")]
    [InlineData("File.ReadAllTextAsync(name)")]
    public void Result_IsNotHuge(string call) => Assert.Equal(Size.Unstated, Of(call)!.Size);

    [Theory]
    [InlineData("contexts.CreateDbContext()")]
    [InlineData("source.OpenConnectionAsync()")]
    [InlineData("scopes.CreateScope()")]
    [InlineData("File.OpenRead(name)")]
    [InlineData("list.ToList()")]
    public void Result_IsFresh(string call) => Assert.True(Of(call)!.Fresh);

    [Theory]
    [InlineData("sql.BeginTransaction()")]
    [InlineData("sql.CreateCommand()")]
    [InlineData("clients.CreateClient(name)")]
    [InlineData("db.Set<Order>()")]
    public void Result_BelongsToItsReceiver(string call) => Assert.False(Of(call)!.Fresh);

    [Theory]
    [InlineData("gate.WaitAsync()")]
    [InlineData("pipeline.ExecuteAsync(async t => await Task.Yield())")]
    [InlineData("Parallel.ForEachAsync(list, new ParallelOptions(), (o, t) => default)")]
    public void Call_IsAGate(string call) => Assert.True(Of(call)!.Gate);

    [Theory]
    [InlineData("sql.OpenAsync()")]
    [InlineData("db.Database.BeginTransactionAsync()")]
    [InlineData("db.Database.MigrateAsync()")]
    [InlineData("response.EnsureSuccessStatusCode()")]
    [InlineData("gate.WaitAsync()")]
    public void Call_IsAGuard(string call) => Assert.True(Of(call)!.Guard);

    [Theory]
    [InlineData("Task.Run(() => 1)", 0)]
    [InlineData("Parallel.ForEach(list, o => { })", 1)]
    [InlineData("Parallel.ForEach(list, new ParallelOptions(), o => { })", 2)]
    [InlineData("Parallel.For(0, 9, i => { })", 2)]
    [InlineData("Parallel.ForEachAsync(list, (o, t) => default)", 1)]
    public void Call_HandsItsDelegateToThePool(string call, int argument) => Assert.Equal((true, argument), (Of(call)!.Offloads, Of(call)!.Invokes));

    [Theory]
    [InlineData("list.Select(o => o.Id)", 1)]
    [InlineData("list.Where(o => o.Id > 1)", 1)]
    public void Operator_RunsItsDelegateLater(string call, int argument) => Assert.Equal((true, argument, Touch.Pure), (Of(call)!.Deferred, Of(call)!.Invokes, Of(call)!.Touch));

    [Theory]
    [InlineData("new Func<OrderList, int>(o => o.Count)(orders)")]
    [InlineData("orders.Reloaded()")]
    [InlineData("typed.GetType().GetMethod(name)!.Invoke(null, null)")]
    public void NothingIsPromised_OfUsersMembersDelegatesAndReflection(string call) => Assert.Null(Of(call));

    [Fact]
    public void ServiceLocator_IsNotSafe() => Assert.Null(CatalogueReferences.Catalogue().Of(CatalogueReferences.Empty.GetTypeByMetadataName("System.IServiceProvider")));

    [Theory]
    [InlineData("System.Globalization.CultureInfo", "CurrentCulture")]
    [InlineData("System.Threading.AsyncLocal`1", "Value")]
    [InlineData("System.Diagnostics.Activity", "Current")]
    [InlineData("System.Transactions.Transaction", "Current")]
    public void AmbientSetter_WritesForEverybody(string type, string property)
    {
        var symbol = CatalogueReferences.Empty.GetTypeByMetadataName(type)!.GetMembers(property).OfType<IPropertySymbol>().Single();
        var read = CatalogueReferences.Catalogue().Of(symbol)!;
        var write = CatalogueReferences.Catalogue().Of(symbol.SetMethod!)!;
        Assert.Equal((Touch.Read, Channel.Ambient, Touch.Write, Channel.Ambient), (read.Touch, read.Channel, write.Touch, write.Channel));
    }

    [Theory]
    [InlineData("Microsoft.AspNetCore.Mvc.ControllerBase", Host.Web)]
    [InlineData("Microsoft.AspNetCore.SignalR.Hub", Host.Web)]
    [InlineData("Microsoft.AspNetCore.Mvc.RazorPages.PageModel", Host.Web)]
    [InlineData("Microsoft.AspNetCore.Http.IMiddleware", Host.Web)]
    [InlineData("Microsoft.AspNetCore.Components.ComponentBase", Host.Turn)]
    [InlineData("Microsoft.Extensions.Hosting.BackgroundService", Host.Worker)]
    [InlineData("MassTransit.IConsumer`1", Host.Handler)]
    [InlineData("MediatR.IRequestHandler`2", Host.Handler)]
    [InlineData("Xunit.FactAttribute", Host.Test)]
    [InlineData("NUnit.Framework.TestAttribute", Host.Test)]
    [InlineData("Microsoft.VisualStudio.TestTools.UnitTesting.TestMethodAttribute", Host.Test)]
    [InlineData("BenchmarkDotNet.Attributes.BenchmarkAttribute", Host.Benchmark)]
    [InlineData("Microsoft.EntityFrameworkCore.Migrations.Migration", Host.Migration)]
    [InlineData("System.Windows.DependencyObject", Host.Ui)]
    [InlineData("System.Windows.Forms.Control", Host.Ui)]
    public void Type_IsRunBy(string type, Host host) => Assert.Equal(host, CatalogueReferences.Catalogue().Of(CatalogueReferences.WithUnverified.GetTypeByMetadataName(type))!.Host);

    private static ApiFacts? Of(string call)
    {
        var (model, node) = Bind(call);
        var symbol = model.GetSymbolInfo(node).Symbol;
        if (symbol is null) return null;
        var receiver = node is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } ? model.GetTypeInfo(access.Expression).Type : null;
        return CatalogueReferences.Catalogue().Of(symbol, receiver);
    }

    private static (SemanticModel Model, ExpressionSyntax Node) Bind(string expression)
    {
        var tree = CSharpSyntaxTree.ParseText($"{Scope} {expression}; }} }}");
        var model = CatalogueReferences.WithUnverified.AddSyntaxTrees(tree).GetSemanticModel(tree);
        var node = tree.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Single(m => m.Identifier.Text == "M").DescendantNodes().OfType<AssignmentExpressionSyntax>().First().Right;
        Assert.True(model.GetTypeInfo(node).Type is { TypeKind: not TypeKind.Error }, $"'{expression}' does not compile: {string.Join(", ", model.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error))}");
        return (model, node);
    }
}
