using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits.SequentialAwaitsAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>Awaits that don't stand next to each other: what stands between them may stay behind, move up, or forbid the early start.</summary>
public sealed class SequentialAwaitsApartTests
{
    private static Task Silent(string body) => Verify.Analyzer(Client(body));

    private static Task Reports(string body, params (int, int[])[] groups) =>
        Verify.Analyzer(Client(body), [.. groups.Select(g => Verify.Diagnostic().WithLocation(g.Item1).WithPartners(g.Item2))]);

    [Fact]
    public Task ReadOfTheFirstsResultBetween_StaysBehind() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var detail = await http.GetStringAsync(a);
        var b = {|#1:await http.GetStringAsync("/b")|};
        return a + detail + b;
        """, (0, [1]));

    [Fact]
    public Task TwoChains_TheirHeadsGoTogether() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var a2 = await http.GetStringAsync(a);
        var b = {|#1:await http.GetStringAsync("/b")|};
        var b2 = await http.GetStringAsync(b);
        return a2 + b2;
        """, (0, [1]));

    [Fact]
    public Task ReadsOfTheFirstsResult_AreAGroupOfTheirOwn() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var left = {|#1:await http.GetStringAsync(a + "/left")|};
        var right = {|#2:await http.GetStringAsync(a + "/right")|};
        var b = {|#3:await http.GetStringAsync("/b")|};
        return left + right + b;
        """, (0, [3]), (1, [2]));

    [Fact]
    public Task BodyReadFromMemoryBetween_Suggests() => Verify.Suggestion(Client("""
        using var a = new HttpClient();
        var first = [|await http.GetAsync("/a")|];
        var head = await first.Content.ReadAsStringAsync();
        var second = await http.GetAsync("/b");
        var tail = await second.Content.ReadAsStringAsync();
        return head + tail;
        """));

    [Fact]
    public Task QueriesOfOneContext_EachGoesWithAnother() => Verify.Analyzer("""
        using Microsoft.EntityFrameworkCore;
        class Db(DbContextOptions<Db> o) : DbContext(o) { public DbSet<User> Users => Set<User>(); }
        public class User { public int Id { get; set; } }
        class C(Db db, HttpClient http)
        {
            public async Task<string> M()
            {
                var users = {|#0:await db.Users.CountAsync()|};
                var first = await db.Users.FirstAsync();
                var text = {|#1:await http.GetStringAsync("/a")|};
                return text + users + first.Id;
            }
        }
        """, Verify.Diagnostic().WithLocation(0).WithPartners(1));

    [Fact]
    public Task ConditionalReadBetween_StaysBehind() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var more = a.Length > 3 ? await http.GetStringAsync(a) : "";
        var b = {|#1:await http.GetStringAsync("/b")|};
        return a + more + b;
        """, (0, [1]));

    [Fact]
    public Task LoopOfReadsBetween_StaysBehind() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var found = "";
        foreach (var part in a.Split(','))
        {
            if (part.Length == 0) continue;
            found = await http.GetStringAsync(part);
            if (found.Length > 0) break;
        }

        var b = {|#1:await http.GetStringAsync("/b")|};
        return found + b;
        """, (0, [1]));

    [Fact]
    public Task WriteInALoopBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        foreach (var part in a.Split(',')) await http.PostAsync(part, null);
        var b = await http.GetStringAsync("/b");
        return a + b;
        """);

    [Fact]
    public Task WriteBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        await http.PostAsync(a, null);
        var b = await http.GetStringAsync("/b");
        return a + b;
        """);

    [Fact]
    public Task WriteOfAFileBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        await File.WriteAllTextAsync("a.txt", a);
        var b = await http.GetStringAsync("/b");
        return a + b;
        """);

    [Fact]
    public Task DelayBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        await Task.Delay(100);
        var b = await http.GetStringAsync("/b");
        return a + b;
        """);

    [Fact]
    public Task GateEnteredBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        await gate.WaitAsync();
        var b = await http.GetStringAsync("/b");
        gate.Release();
        return a + b;
        """);

    [Fact]
    public Task RunningTaskAwaitedBetween_IsSilent() => Silent("""
        var task = http.GetStringAsync("/t");
        var a = await http.GetStringAsync("/a");
        var t = await task;
        var b = await http.GetStringAsync("/b");
        return a + t + b;
        """);

    [Fact]
    public Task UnknownCallBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        var seen = await unknown.LookAsync(a);
        var b = await http.GetStringAsync("/b");
        return a + seen + b;
        """);

    [Fact]
    public Task CheckOfTheFirstsResultBetween_IsSilent() => Silent("""
        var a = await http.GetAsync("/a");
        var body = await a.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        var b = await http.GetStringAsync("/b");
        return body + b;
        """);

    [Fact]
    public Task UnknownCallInAnOperand_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        var b = await http.GetStringAsync(unknown.Next());
        return a + b;
        """);

    [Fact]
    public Task CheckInAnOperand_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        var b = await http.GetStringAsync(id ?? throw new ArgumentNullException(nameof(id)));
        return a + b;
        """);

    [Fact]
    public Task ReturnInALoopBetween_IsSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        foreach (var part in a.Split(',')) if (part == id) return part;
        var b = await http.GetStringAsync("/b");
        return a + b;
        """);

    [Fact]
    public Task NullFallbackThatThrowsBetween_IsSilent() => Silent("""
        var a = (await http.GetStringAsync("/a")) ?? throw new InvalidOperationException();
        var b = await http.GetStringAsync("/b");
        return a + b;
        """);

    [Fact]
    public Task LambdaThatReturnsBetween_Reports() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var parts = a.Split(',').Where(p => { return p.Length > 1; }).ToList();
        var b = {|#1:await http.GetStringAsync("/b")|};
        return parts.Count + b;
        """, (0, [1]));

    [Fact]
    public Task LeftBehindReadChangesWhatTheNextNeeds_IsSilent() => Verify.Analyzer("""
        class C(HttpClient http)
        {
            string name = "";
            async Task<string> FindNameAsync(string a) { name = await http.GetStringAsync(a); return name; }
            public async Task<string> M()
            {
                var a = await http.GetStringAsync("/a");
                var n = await FindNameAsync(a);
                var b = await http.GetStringAsync("/b/" + name);
                return a + n + b;
            }
        }
        """);

    [Fact]
    public Task DeclarationThatOnlyTheThirdNeeds_MovesUp() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        {|#3:var url = "/c/" + id;|}
        var b = {|#1:await http.GetStringAsync("/b")|};
        var c = {|#2:await http.GetStringAsync(url)|};
        return a + b + c;
        """, (0, [1, 2, 3]));

    [Fact]
    public Task DeclarationFromTheFirstsResult_DoesNotMoveUp() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var b = {|#1:await http.GetStringAsync("/b")|};
        var url = "/c/" + a;
        var c = await http.GetStringAsync(url);
        return b + c;
        """, (0, [1]));

    [Fact]
    public Task OperandOfAnOperation_IsNoPartner() => Silent("""
        return await http.GetStringAsync(await http.GetStringAsync("/a"));
        """);

    [Fact]
    public Task OperandAndTheReadAfterIt_Report() => Reports("""
        var b = await http.GetStringAsync({|#0:await http.GetStringAsync("/a")|});
        var c = {|#1:await http.GetStringAsync("/c")|};
        return b + c;
        """, (0, [1]));

    [Fact]
    public Task ConditionOfAnIf_Reports() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        if ({|#1:await http.GetStringAsync("/b")|} == a) return "";
        return a;
        """, (0, [1]));

    [Fact]
    public Task IfThatLeavesBetween_IsSilent() => Silent("""
        if (await http.GetStringAsync("/a") == id) return "";
        return await http.GetStringAsync("/b");
        """);

    [Fact]
    public Task CollectionOfAForeach_Reports() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        foreach (var part in {|#1:await http.GetStringAsync("/b")|}) a += part;
        return a;
        """, (0, [1]));

    [Fact]
    public Task PlainBlocks_BelongToTheLine() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        {
            var b = {|#1:await http.GetStringAsync("/b")|};
            a += b;
        }

        return a;
        """, (0, [1]));

    [Fact]
    public Task UsingDeclarationsInAPlainBlock_AreSilent() => Silent("""
        var a = await http.GetStringAsync("/a");
        {
            using var hold = new MemoryStream();
            a += await http.GetStringAsync("/b");
        }

        return a;
        """);

    [Fact]
    public Task OneInATryBlockOneAfter_IsSilent() => Silent("""
        var b = "";
        try
        {
            b = await http.GetStringAsync("/a");
        }
        finally
        {
            GC.KeepAlive(b);
        }

        return b + await http.GetStringAsync("/b");
        """);

    [Fact]
    public Task ManyReadsOfWhichTwoDepend_AreOneGroup() => Reports("""
        var a = {|#0:await http.GetStringAsync("/a")|};
        var a2 = await http.GetStringAsync(a);
        var b = {|#1:await http.GetStringAsync("/b")|};
        var ab = await http.GetStringAsync(a + b);
        var c = {|#2:await http.GetStringAsync("/c")|};
        return a2 + ab + c;
        """, (0, [1, 2]));

    private static string Client(string body) => $$"""
        public interface IUnknown { Task<string> LookAsync(string a); string Next(); }
        class C(HttpClient http, IUnknown unknown, SemaphoreSlim gate)
        {
            public async Task<string> M(string id)
            {
                {{body.ReplaceLineEndings("\n").Replace("\n", "\n        ", StringComparison.Ordinal)}}
            }

            public object Kept => (unknown, gate);
        }
        """;
}
