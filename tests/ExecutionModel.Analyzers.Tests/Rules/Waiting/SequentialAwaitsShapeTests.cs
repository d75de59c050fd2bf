using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM101: awaits that look independent and must stay in turn, beyond the rows of <see cref="SequentialAwaitsTests"/>. Without what stands between them, or behind them, each pair is reported.</summary>
public sealed class SequentialAwaitsShapeTests
{
    private static Task Body(string body) => Verify.Analyzer($$"""
        using System.Collections.Concurrent;
        using System.Net.WebSockets;
        using Microsoft.EntityFrameworkCore;
        public class User { public int Id { get; set; } public int TeamId { get; set; } }
        public class Team { public int Id { get; set; } }
        public class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); public DbSet<Team> Teams => Set<Team>(); }
        class C(HttpClient http, IDbContextFactory<Db> contexts, WebSocket socket)
        {
            readonly ConcurrentDictionary<string, string> known = new();
            public event Action<string>? Loaded;
            public async Task<string> M(string id, byte[] left, byte[] right, CancellationToken stop)
            {
                {{body}}
                return a + b;
            }
            async Task<string> RememberedAsync(string name)
            {
                if (known.TryGetValue(name, out var text)) return text;
                return known[name] = await http.GetStringAsync(name);
            }
            async Task<string> CheckedAsync(string name) => contexts is null ? name : await http.GetStringAsync(name);
            async Task<string> ListedAsync(string name)
            {
                if (known.ContainsKey(name)) return name;
                return await http.GetStringAsync(name);
            }
            async Task<int> SeedTeamsAsync() { await using var db = contexts.CreateDbContext(); db.Teams.Add(new Team { Id = 1 }); return await db.SaveChangesAsync(); }
            async Task<int> SeedUsersAsync() { await using var db = contexts.CreateDbContext(); db.Users.Add(new User { TeamId = 1 }); return await db.SaveChangesAsync(); }
            public void Raise(string text) => Loaded?.Invoke(text);
        }
        """);

    [Theory]
    [InlineData("ArgumentNullException.ThrowIfNull(id);")]
    [InlineData("if (id is null) throw new ArgumentNullException(nameof(id));")]
    public Task ArgumentCheckedBetween_IsSilent(string check) => Body($"var a = await http.GetStringAsync(\"/a\"); {check} var b = await http.GetStringAsync(\"/b\");");

    [Fact]
    public Task TwoMessagesOfOneSocket_AreSilent() => Body("var first = await socket.ReceiveAsync(left, stop); var b = (await socket.ReceiveAsync(right, stop)).Count; var a = first.MessageType.ToString();");

    [Fact]
    public Task SeedOfParentsThenChildren_IsSilent() => Body("var a = (await SeedTeamsAsync()).ToString(); var b = await SeedUsersAsync();");

    [Fact]
    public Task SeedOfParentsThenChildrenAsStatements_IsSilent() => Body("await SeedTeamsAsync(); await SeedUsersAsync(); var (a, b) = (id, id);");

    [Theory]
    [InlineData("var a = await RememberedAsync(id); var b = await RememberedAsync(id);")]
    [InlineData("var a = await RememberedAsync(id); var b = await RememberedAsync(\"/b\");")]
    public Task ReadsThatAreRemembered_AreSilent(string body) => Body(body);

    [Theory]
    [InlineData("CheckedAsync")]
    [InlineData("ListedAsync")]
    public Task ReadsThatStateDecidesAndNothingRemembers_Report(string method) => Body($"var a = [|await {method}(\"/a\")|]; var b = await {method}(\"/b\");");

    [Theory]
    [InlineData("Loaded?.Invoke(a);")]
    [InlineData("Raise(a);")]
    public Task EventRaisedBetween_IsSilent(string between) => Body($"var a = await http.GetStringAsync(\"/a\"); {between} var b = await http.GetStringAsync(\"/b\");");

    [Theory]
    [InlineData("using var step = new System.Diagnostics.ActivitySource(\"shop\").StartActivity(\"b\");")]
    [InlineData("System.Diagnostics.Activity.Current = null;")]
    [InlineData("Thread.CurrentPrincipal = null;")]
    public Task AmbientStateSetBetween_IsSilent(string between) => Body($"var a = await http.GetStringAsync(\"/a\"); {between} var b = await http.GetStringAsync(\"/b\");");

    [Fact]
    public Task SameReadsWithNothingBetween_Report() => Body("var a = [|await http.GetStringAsync(\"/a\")|]; var b = await http.GetStringAsync(\"/b\");");
}
