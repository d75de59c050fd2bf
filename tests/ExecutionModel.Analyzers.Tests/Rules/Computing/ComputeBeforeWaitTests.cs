using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait.ComputeBeforeWaitAnalyzer, ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait.ComputeBeforeWaitCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>Which reads could have waited while the code computed. Repairs are in <see cref="ComputeBeforeWaitFixTests"/>.</summary>
public sealed class ComputeBeforeWaitTests
{
    private const string Usings = """
        using System.Security.Cryptography;
        using Microsoft.EntityFrameworkCore;
        using Microsoft.Extensions.Caching.Memory;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        """;

    /// <summary>About 120 ms.</summary>
    internal const string Passwords = """

        public static class Passwords
        {
            public static byte[] Derive(string password, byte[] salt) => System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, 600_000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
            public static byte[] Hash(string password, int iterations) => System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], iterations, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
            public static void EnsureKnown(byte[] key) { if (key.Length == 0) throw new ArgumentException("key"); }
            public static byte[] Checked(string password, byte[] salt) { if (salt.Length == 0) throw new ArgumentException("salt"); return Derive(password, salt); }
        }
        """;

    private static string Method(string body, string rest = "", string parameters = "string password, byte[] salt, int id") => Usings + $$"""
        public sealed class Accounts(HttpClient http)
        {
            private byte[]? last;

            public async Task<object?> LoadAsync({{parameters}})
            {
                {{body}}
            }
        {{rest}}
        }
        """ + Passwords;

    private static Task Reports(string body, string rest = "") => Verify.Analyzer(Method(body, rest));

    private static Task Suggests(string body, string rest = "") => Verify.Suggestion(Method(body, rest));

    private static Task IsSilent(string body, string rest = "") => Verify.Analyzer(Method(body, rest));

    // ---- reports ----

    [Fact]
    public Task KeyBeforeRequest_Reports() => Verify.Analyzer(
        Method("""
            var key = Passwords.Derive(password, salt);
            var orders = {|#0:await http.GetStringAsync("orders")|};
            return (key, orders);
            """),
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "'GetStringAsync' starts only when 'Derive' has computed (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms), of which it needs nothing: started before, it waits meanwhile"));

    [Fact]
    public Task KeyInTheSameExpression_Reports() => Reports("""return (Passwords.Derive(password, salt), [|await http.GetStringAsync("orders")|]);""");

    [Fact]
    public Task KeyAsEarlierArgument_Reports() => Reports(
        """return Join(Passwords.Derive(password, salt), [|await http.GetStringAsync("orders")|]);""",
        "private static string Join(byte[] key, string text) => text + key.Length;");

    [Fact]
    public Task DeclarationForTheRequestInBetween_Reports() => Reports("""
        var key = Passwords.Derive(password, salt);
        var url = $"orders/{id}";
        var orders = [|await http.GetStringAsync(url)|];
        return (key, orders);
        """);

    [Fact]
    public Task CountedLoop_Reports() => Reports("""
        long sum = 0;
        for (var i = 0; i < 1_000_000_000; i++) sum += i;
        var orders = [|await http.GetStringAsync("orders")|];
        return (sum, orders);
        """);

    [Fact]
    public Task TwoPiecesOfComputing_ReportOnce() => Reports("""
        var key = Passwords.Derive(password, salt);
        var other = Passwords.Derive(password + 1, salt);
        var orders = [|await http.GetStringAsync("orders")|];
        return (key, other, orders);
        """);

    [Fact]
    public Task FirstPieceIsNeeded_SecondIsNot_Reports() => Reports("""
        var key = Passwords.Derive(password, salt);
        var name = Convert.ToHexString(key);
        var other = Passwords.Derive(password + 1, salt);
        var orders = [|await http.GetStringAsync(name)|];
        return (other, orders);
        """);

    [Fact]
    public Task TaskRunBeforeRequest_Reports() => Reports("""
        var key = await Task.Run(() => Passwords.Derive(password, salt));
        var orders = [|await http.GetStringAsync("orders")|];
        return (key, orders);
        """);

    [Fact]
    public Task LaneBeforeRequest_Reports() => Verify.Analyzer(Method("""
        var key = await CpuLane.Run(() => Passwords.Derive(password, salt)).ConfigureAwait(false);
        var orders = [|await http.GetStringAsync("orders").ConfigureAwait(false)|];
        return (key, orders);
        """) + """

        internal static class CpuLane
        {
            public static Task<T> Run<T>(Func<T> work, CancellationToken stop = default) => Task.Factory.StartNew(work, stop);
        }
        """);

    [Fact]
    public Task AfterAnotherAwait_Reports() => Reports("""
        var user = await http.GetStringAsync("user");
        var key = Passwords.Derive(user, salt);
        var orders = [|await http.GetStringAsync(user)|];
        return (key, orders);
        """);

    [Fact]
    public Task LogLineInBetween_Reports() => Verify.Analyzer(Usings + """
        public sealed class Accounts(HttpClient http, ILogger<Accounts> log)
        {
            public async Task<object?> LoadAsync(string password, byte[] salt)
            {
                var key = Passwords.Derive(password, salt);
                log.LogInformation("derived");
                var orders = [|await http.GetStringAsync("orders")|];
                return (key, orders);
            }
        }
        """ + Passwords);

    [Fact]
    public Task ReadThroughSource_Reports() => Reports(
        """
        var key = Passwords.Derive(password, salt);
        var orders = [|await OrdersAsync(id)|];
        return (key, orders);
        """,
        """    private async Task<string> OrdersAsync(int id) => (await http.GetStringAsync($"orders/{id}")).Trim();""");

    [Fact]
    public Task BackgroundService_Reports() => Verify.Analyzer(Usings + """
        public sealed class Nightly(HttpClient http) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                var key = Rfc2898DeriveBytes.Pbkdf2("a", new byte[16], 600_000, HashAlgorithmName.SHA256, 32);
                var rates = [|await http.GetStringAsync("rates", stop)|];
                Console.WriteLine(key.Length + rates.Length);
            }
        }
        """);

    /// <summary>The key is made when it is first used, and that is behind the read.</summary>
    [Fact]
    public Task KeyThatIsUsedLater_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Nightly(HttpClient http) : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                var key = RSA.Create(2048);
                var rates = await http.GetStringAsync("rates", stop);
                Console.WriteLine(key.ExportRSAPrivateKeyPem() + rates.Length);
            }
        }
        """);

    [Fact]
    public Task DatabaseQuery_ReportsWithoutFix() => Verify.NoCodeFix(Usings + """
        public sealed class User { public int Id { get; set; } }
        public sealed class Db(DbContextOptions<Db> options) : DbContext(options) { public DbSet<User> Users => Set<User>(); }
        public sealed class Accounts(Db db)
        {
            public async Task<object?> LoadAsync(string password, byte[] salt)
            {
                var key = Passwords.Derive(password, salt);
                return (key, [|await db.Users.CountAsync()|]);
            }
        }
        """ + Passwords);

    // ---- suggestions ----

    [Fact]
    public Task UnknownIterations_Suggests() => Suggests("""
        var key = Passwords.Hash(password, id);
        var orders = [|await http.GetStringAsync("orders")|];
        return (key, orders);
        """);

    [Fact]
    public Task ComputingOnOnePath_Suggests() => Suggests("""
        byte[] key = [];
        if (id > 0) key = Passwords.Derive(password, salt);
        var orders = [|await http.GetStringAsync("orders")|];
        return (key, orders);
        """);

    [Fact]
    public Task LocalFile_Suggests() => Suggests("""
        var key = Passwords.Derive(password, salt);
        var orders = [|await File.ReadAllTextAsync("orders")|];
        return (key, orders);
        """);

    [Fact]
    public Task ReadByItsName_Suggests() => Verify.Suggestion(Usings + """
        public interface IWeather { Task<string> GetWeatherAsync(string place); }
        public sealed class Weather(HttpClient http, Func<string, string> parse) : IWeather { public async Task<string> GetWeatherAsync(string place) => parse(await http.GetStringAsync(place)); }
        public sealed class Accounts(IWeather weather)
        {
            public async Task<object?> LoadAsync(string password, byte[] salt)
            {
                var key = Passwords.Derive(password, salt);
                var today = [|await weather.GetWeatherAsync("Oslo")|];
                return (key, today);
            }
        }
        """ + Passwords);

    // ---- silent: the read needs the computing ----

    [Fact]
    public Task ResultIsUsedByTheRequest_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        return await http.GetStringAsync(Convert.ToHexString(key));
        """);

    [Fact]
    public Task ResultIsUsedThroughALocal_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        var name = Convert.ToHexString(key);
        return await http.GetStringAsync(name);
        """);

    [Fact]
    public Task ResultIsAnArgumentOfTheRequest_IsSilent() => IsSilent("""return await http.GetStringAsync(Convert.ToHexString(Passwords.Derive(password, salt)));""");

    [Fact]
    public Task ResultGoesThroughAField_IsSilent() => IsSilent(
        """
        last = Passwords.Derive(password, salt);
        return await OrdersAsync();
        """,
        "    private async Task<string> OrdersAsync() => await http.GetStringAsync(last!.Length.ToString());");

    [Fact]
    public Task ComputingFillsWhatTheRequestSends_IsSilent() => IsSilent("""
        var buffer = new byte[32];
        for (var i = 0; i < 1_000_000_000; i++) buffer[i % 32]++;
        return await http.GetStringAsync(Convert.ToHexString(buffer));
        """);

    [Fact]
    public Task LaneWhoseResultTheRequestNeeds_IsSilent() => IsSilent("""
        var key = await Task.Run(() => Passwords.Derive(password, salt));
        return await http.GetStringAsync(Convert.ToHexString(key));
        """);

    // ---- silent: the computing decides whether the read is made ----

    [Fact]
    public Task ReturnInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        if (key[0] == 0) return null;
        return await http.GetStringAsync("orders");
        """);

    [Fact]
    public Task ThrowInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        if (key[0] == 0) throw new InvalidOperationException();
        return await http.GetStringAsync("orders");
        """);

    [Fact]
    public Task CheckInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        Passwords.EnsureKnown(key);
        return await http.GetStringAsync("orders");
        """);

    [Fact]
    public Task ComputingThatChecks_IsSilent() => IsSilent("""
        var key = Passwords.Checked(password, salt);
        return (key, await http.GetStringAsync("orders"));
        """);

    [Fact]
    public Task RequestUnderACondition_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        if (key[0] == 0) return await http.GetStringAsync("orders");
        return key;
        """);

    [Fact]
    public Task RequestBehindAnd_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        return key[0] == 0 && (await http.GetStringAsync("orders")).Length > 0;
        """);

    // ---- silent: what is awaited is no read, or no wait ----

    [Fact]
    public Task Write_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        await http.PostAsync("orders", null);
        return key;
        """);

    [Fact]
    public Task Delay_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        await Task.Delay(100);
        return key;
        """);

    [Fact]
    public Task CompletedTask_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        return (key, await Task.FromResult(id));
        """);

    [Fact]
    public Task UnknownCall_IsSilent() => Verify.Analyzer(Usings + """
        public interface IThing { Task<string> Frobnicate(); }
        public sealed class Accounts(IThing thing)
        {
            public async Task<object?> LoadAsync(string password, byte[] salt)
            {
                var key = Passwords.Derive(password, salt);
                return (key, await thing.Frobnicate());
            }
        }
        """ + Passwords);

    [Fact]
    public Task CacheInMemory_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Accounts(IMemoryCache cache, HttpClient http)
        {
            public async Task<object?> LoadAsync(string password, byte[] salt)
            {
                var key = Passwords.Derive(password, salt);
                return (key, await cache.GetOrCreateAsync("orders", _ => http.GetStringAsync("orders")));
            }
        }
        """ + Passwords);

    [Fact]
    public Task StartedTask_IsSilent() => IsSilent("""
        var task = http.GetStringAsync("orders");
        var key = Passwords.Derive(password, salt);
        return (key, await task);
        """);

    // ---- silent: order, regions, places ----

    [Fact]
    public Task Cheap_IsSilent() => IsSilent("""
        var key = SHA256.HashData(salt);
        return (key, await http.GetStringAsync("orders"));
        """);

    [Fact]
    public Task WriteInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        File.WriteAllBytes("key", key);
        return await http.GetStringAsync("orders");
        """);

    [Fact]
    public Task ConsoleLineInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        Console.WriteLine("derived");
        return (key, await http.GetStringAsync("orders"));
        """);

    [Fact]
    public Task HeaderOfTheClientInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        http.DefaultRequestHeaders.Authorization = new("Bearer", Convert.ToHexString(key));
        return await http.GetStringAsync("orders");
        """);

    [Fact]
    public Task HeaderAddedInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        http.DefaultRequestHeaders.Add("key", Convert.ToHexString(key));
        return await http.GetStringAsync("orders");
        """);

    [Fact]
    public Task StopwatchInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var orders = await http.GetStringAsync("orders");
        return (key, orders, watch.Elapsed);
        """);

    [Fact]
    public Task TimeoutOfTheRequestInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        using var time = new CancellationTokenSource(1000);
        return (key, await http.GetStringAsync("orders", time.Token));
        """);

    [Fact]
    public Task SerialisedArgumentThatTheComputingFills_IsSilent() => IsSilent("""
        var parts = new List<string>();
        for (var i = 0; i < 1_000_000_000; i++) if (i % 100_000_000 == 0) parts.Add(i.ToString());
        return await http.GetStringAsync(string.Join(",", parts));
        """);

    [Fact]
    public Task ComputingThatMovesTheClientsFields_IsSilent() => IsSilent(
        """
        Prepare(password, salt);
        return await http.GetStringAsync(last![0].ToString());
        """,
        "    private void Prepare(string password, byte[] salt) => last = Passwords.Derive(password, salt);");

    [Fact]
    public Task DelegateInBetween_IsSilent() => Verify.Analyzer(Method(
        """
        var key = Passwords.Derive(password, salt);
        done();
        return (key, await http.GetStringAsync("orders"));
        """,
        parameters: "string password, byte[] salt, Action done"));

    [Fact]
    public Task AnotherAwaitInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        await http.PostAsync("keys", null);
        return (key, await http.GetStringAsync("orders"));
        """);

    [Fact]
    public Task ConditionalAwaitInBetween_IsSilent() => IsSilent("""
        var key = Passwords.Derive(password, salt);
        if (id > 0) await http.PostAsync("keys", null);
        return (key, await http.GetStringAsync("orders"));
        """);

    [Fact]
    public Task ComputingBehindTheRead_IsSilent() => IsSilent("""
        var orders = await http.GetStringAsync("orders");
        return (orders, Passwords.Derive(password, salt));
        """);

    [Fact]
    public Task HeldSemaphore_IsSilent() => Verify.Analyzer(Method(
        """
        await gate.WaitAsync();
        var key = Passwords.Derive(password, salt);
        var orders = await http.GetStringAsync("orders");
        gate.Release();
        return (key, orders);
        """,
        parameters: "string password, byte[] salt, SemaphoreSlim gate"));

    [Fact]
    public Task ComputingInAnotherRegion_IsSilent() => IsSilent("""
        byte[] key = [];
        try { key = Passwords.Derive(password, salt); }
        catch (CryptographicException) { return null; }
        return (key, await http.GetStringAsync("orders"));
        """);

    [Fact]
    public Task InCatch_IsSilent() => IsSilent("""
        try { return await http.GetStringAsync("orders"); }
        catch (HttpRequestException)
        {
            var key = Passwords.Derive(password, salt);
            return (key, await http.GetStringAsync("orders"));
        }
        """);

    [Fact]
    public Task SetUpCode_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class UserSeed(HttpClient http)
        {
            public async Task<object?> SeedAsync(string password, byte[] salt)
            {
                var key = Passwords.Derive(password, salt);
                return (key, await http.GetStringAsync("orders"));
            }
        }
        """ + Passwords);

    [Fact]
    public Task Test_IsSilent() => Verify.Analyzer(Usings + """
        namespace Xunit { public sealed class FactAttribute : Attribute; }
        public sealed class AccountTests
        {
            [Xunit.Fact]
            public async Task Loads()
            {
                var http = new HttpClient();
                var key = Passwords.Derive("a", [1]);
                Console.WriteLine(await http.GetStringAsync("orders") + key);
            }
        }
        """ + Passwords);

    [Fact]
    public Task Orchestrator_IsSilent() => Verify.Analyzer(Usings + """
        namespace Microsoft.DurableTask { public abstract class TaskOrchestrationContext { } }
        public sealed class Flow(HttpClient http)
        {
            public async Task<object?> Run(Microsoft.DurableTask.TaskOrchestrationContext context)
            {
                var key = Passwords.Derive("a", [1]);
                return (key, await http.GetStringAsync("orders"));
            }
        }
        """ + Passwords);

    [Fact]
    public Task Threshold_IsRead() => Verify.Analyzer(
        Method("""
            var key = Passwords.Derive(password, salt);
            return (key, await http.GetStringAsync("orders"));
            """),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.cpu_threshold_ms"] = "1000" } });

    [Fact]
    public Task CertainOnly_LeavesSuggestionsOut() => Verify.Analyzer(
        Method("""
            var key = Passwords.Hash(password, id);
            return (key, await http.GetStringAsync("orders"));
            """),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });
}
