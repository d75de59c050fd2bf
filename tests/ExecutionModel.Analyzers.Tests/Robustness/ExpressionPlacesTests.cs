using ExecutionModel.Analyzers.Tests.Conventions;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Tests.Robustness;

/// <summary>
/// Every expression that a rule looks for, in every place that the language has for one. No analyzer and no fix throws; what compiles before FixAll compiles
/// after it.
/// </summary>
public sealed class ExpressionPlacesTests
{
    private const string Hole = "@";

    /// <summary>Each gives a value; <c>v()</c> makes one of what has none.</summary>
    private static readonly string[] Expressions =
    [
        "await Get(1)",
        "await http.GetStringAsync(\"a\").ConfigureAwait(false)",
        "await http.GetStringAsync(requestUri: \"a\", cancellationToken: cancellationToken)",
        "await Task.WhenAll(ids.Select(id => http.GetStringAsync($\"a/{id}\", cancellationToken: cancellationToken)))",
        "await GetValue()",
        "(await Get(1))?.Trim()",
        "await shop.Orders.CountAsync()",
        "await Task.WhenAll(ids.Select(id => Get(id)))",
        "await Task.WhenAll(ids.Select(async id => await http.GetStringAsync($\"a/{id}\")))",
        "await Task.WhenAll(shop.Orders.CountAsync(), shop.Orders.CountAsync(o => o.Id > 1))",
        "await Task.Run(() => Heavy(bytes))",
        "await Task.Run(async () => await Get(1))",
        "Get(1).Result",
        "Get(1).GetAwaiter().GetResult()",
        "tasks?[0].Result",
        "holder?.Task.Result",
        "holder?.Reader.ReadToEnd()",
        "holder?.Reader?.BaseStream.ReadByte()",
        "File.ReadAllText(path)",
        "connection.ExecuteScalar<int>(\"a\")",
        "shop.Orders.Where(o => o.Id > 1).ToList()",
        "shop.SaveChanges()",
        "new StreamReader(path).ReadToEnd()",
        "new HttpClient().GetStringAsync(\"a\")",
        "new SemaphoreSlim(4).WaitAsync()",
        "gate.WaitAsync()",
        "gate.Wait(100)",
        "Parallel.For(0, 100_000, i => { numbers[i] = i; })",
        "Channel.CreateUnbounded<int>()",
        "Heavy(bytes)",
        "SHA256.HashData(new byte[50_000_000])",
        "ids.AsParallel().Select(id => list.IndexOf(id) + count++).ToArray()",
        "Parallel.ForEach(ids, id => { list.Add(id); count += id; })",
        "Task.Run(() => { Thread.Sleep(1000); count++; list.Add(1); })",
        "new Thread(() => { Get(1).Wait(); })",
        "new Func<Task>(async () => { foreach (var id in ids) { list.Add((await Get(id)).Length); } })",
    ];

    private static readonly string[] Statements =
    [
        "Use(@);",
        "Use(@, @);",
        "var a = @; var b = @; Use(a, b);",
        "object? a = null; a = @; a ??= @; Use(a ?? @);",
        "var (a, b) = (@, @); Use(a, b);",
        "_ = @; _ = @;",
        "if (Is(@)) Use(@); else if (Is(@)) Use(@);",
        "Use(flag ? @ : @);",
        "Use(flag && Is(@) || Is(@));",
        "switch (@) { case string when Is(@): Use(@); break; case null when !Is(@): case int: Use(@); goto default; default: break; }",
        "Use(Any(@) switch { string when Is(@) => @, int => (object?)@, _ => null });",
        "for (var i = Number(@); Is(@); i += Number(@)) Use(@);",
        "foreach (var item in Sequence(@)) { Use(@); if (Is(item)) continue; Use(@); }",
        "await foreach (var item in Stream(@)) Use(item, @);",
        "while (Is(@)) Use(@);",
        "do Use(@); while (Is(@));",
        "foreach (var id in ids) list.Add(Number(@));",
        "foreach (var id in ids) { await http.GetStringAsync(requestUri: $\"{id}\", cancellationToken: cancellationToken); Use(@); }",
        "foreach (var id in ids) await http.GetStringAsync($\"{id}\", cancellationToken: cancellationToken);",
        "for (var i = 0; i < ids.Length; i++) { numbers[i] = Number(@); }",
        "using (Open(@)) Use(@);",
        "using var opened = Open(@); Use(@);",
        "await using var opened = Open(@); Use(@);",
        "lock (list) { Use(@); }",
        "try { Use(@); } catch (Exception e) when (Is(@)) { Use(e, @); } finally { Use(@); }",
        "throw new Exception(Text(@));",
        "Use(flag ? 1 : throw new Exception(Text(@)));",
        "Use($\"{@} and {Any(@),4:x}\");",
        "Use(new Order { Id = Number(@), Name = Text(@) }, new { A = @, B = @ });",
        "Use(new Dictionary<string, object?> { [Text(@)] = @, { Text(@), @ } }, new object?[] { @, @ });",
        "object?[] all = [@, .. Sequence(@)]; Use(all);",
        "Use(new Point(1, 2) with { X = Number(@) });",
        "Use(numbers[Number(@)], ids[^Number(@)], ids[Number(@)..]); numbers[Number(@)] = Number(@); numbers[Number(@)] += Number(@);",
        "Use(holder?.With(@)?.With(@).Name); holder!.With(@)!.Name = Text(@);",
        "Use(Any(@) is string { Length: > 3 } text && Is(@) ? text : @);",
        "Use(Any(@) is null || @ is not null);",
        "Use(from item in Sequence(@) let more = @ where Is(@) orderby @ select Any(@));",
        "Action run = () => Use(@); run(); Func<object?> get = () => @; Use(get());",
        "Func<Task> run = async () => Use(@); await run(); Func<Task<object?>> get = async () => @; Use(await get());",
        "Use(ids.Select(id => Any(@)).ToList()); await Task.WhenAll(ids.Select(async id => Any(@)));",
        "object? Local() { return @; } Use(Local()); async Task<object?> LocalAsync() => @; Use(await LocalAsync());",
        "Expression<Func<object?>> tree = () => Any(@); Use(tree);",
        "checked { Use(Number(@) + Number(@)); } unchecked { Use((long)Number(@)); }",
        "again: Use(@); if (flag) goto again;",
        "Span<byte> few = stackalloc byte[4]; Use(few.Length, @); few[0] = 1; Use(@);",
        "{ Use(@); { Use(@); } } ; Use(@);",
        "fixed (byte* p = bytes) { Use(@); }",
        "ref var slot = ref numbers[Number(@)]; slot = Number(@); Use(slot);",
        "var old = numbers[0]++ + Number(@); Use(-Number(@), !Is(@), old);",
        "Use(nameof(Use), typeof(int), default(int), (object?)@, (@) as string, Any(@)!);",
        "Parallel.ForEach(ids, id => { Use(@); }); Parallel.For(0, 4, i => Use(@));",
        "await Parallel.ForEachAsync(ids, async (id, token) => { Use(@); await Task.Yield(); });",
        "var tasks = new List<Task>(); foreach (var id in ids) { tasks.Add(Task.Run(() => Use(@))); } await Task.WhenAll(tasks);",
        "var results = new List<string>(); foreach (var id in ids) { var text = await Get(id); results.Add(text + Text(@)); } Use(results);",
        "var map = new Dictionary<int, string>(); foreach (var id in ids) map[id] = await http.GetStringAsync(requestUri: $\"{id}\", cancellationToken) + Text(@); Use(map);",
        "var total = 0; foreach (var id in ids) total += (await Get(id)).Length + Number(@); Use(total);",
        "foreach (var (id, i) in ids.Select((id, i) => (id, i))) { var text = await Get(id); numbers[i] = text.Length + Number(@); }",
        "for (int i = 0, n = ids.Length; i < n; i++) { numbers[i] = (await Get(i)).Length; if (Is(@)) break; }",
        "foreach (var id in ids) { if (id == 2) continue; var text = await Get(id); if (text == \"\") return; Use(text, @); }",
        "var (x, y) = (await Get(1), await Get(2)); Use(x, y, @);",
        "if (await Get(1) is { Length: > 3 } text && await Get(2) is var other) Use(text, other, @);",
        "using var first = await http.GetAsync(\"a\", cancellationToken: cancellationToken); using var second = await http.GetAsync(requestUri: \"b\", cancellationToken); Use(first, second, @);",
        "var a = await Get(1); var b = await Get(a.Length); var c = await Get(3); Use(a, b, c, @);",
        "string a, b; a = await Get(1); b = await Get(2); Use(a, b, @);",
        "try { var a = await Get(1); var b = await Get(2); Use(a, b, @); } catch (HttpRequestException e) { Use(e); }",
        "var a = await Get(1); // why\n        var b = await Get(2); /* and */ Use(a, b, @);",
        "foreach (var line in File.ReadLines(path)) { _ = Get(line.Length); Use(@); }",
        "Array.ForEach(ids, async id => { await Get(id); Use(@); });",
        "foreach (var line in File.ReadLines(path)) new Thread(() => Use(line, @)).Start();",
        "var lines = await File.ReadAllLinesAsync(path); Use(await Task.WhenAll(lines.Select(async line => { await Get(line.Length); return Any(@); })));",
        "var started = ids.Select(id => Get(id)).ToList(); foreach (var one in started) Use(await one, @);",
        "var queue = Channel.CreateUnbounded<object?>(); Use(Task.Run(async () => { await foreach (var item in queue.Reader.ReadAllAsync()) Use(item); })); foreach (var line in File.ReadLines(path)) queue.Writer.TryWrite(@);",
        "var own = new SemaphoreSlim(2); await own.WaitAsync(); try { Use(@); } finally { own.Release(); }",
        "foreach (var line in File.ReadLines(path)) { var order = await own.Orders.FindAsync(line.Length); Use(order, @); }",
        "var sum = Heavy(bytes); var text = await Get(2); Use(sum, text, @);",
        "await gate.WaitAsync(); Use(@); gate.Release();",
        "var timer = new Timer(_ => Use(@)); Use(timer);",
        "#if true\n Use(@); // one\n#endif\n Use(@); /* two */",
    ];

    private static readonly string[] Members =
    [
        "private static object? field = Any(@);",
        "public object? Property { get; set; } = Any(@);",
        "public object? Getter => Any(@);",
        "public object? Accessors { get { return Any(@); } set { Use(value, @); } }",
        "public object? this[int i] { get => Any(@); }",
        "public event Action Happened { add { Use(@); } remove => Use(@); }",
        "public async Task<object?> ArrowAsync() => @;",
        "public async ValueTask<object?> ValueAsync() { Use(@); return @; }",
        "public async void Forget() { Use(@); Use(@); }",
        "public Task<object?> Passes() => Task.FromResult<object?>(@);",
        "public async IAsyncEnumerable<object?> StreamAsync() { yield return @; yield return @; }",
        "public IEnumerable<object?> Yields() { yield return @; yield break; }",
        "public static implicit operator string(@T t) => Text(@);",
        "static @T() { Use(@); }",
        "~@T() => Use(@);",
        "public @T() : this(@) { Use(@); } public @T(object? value) { Use(value); }",
        "public object? Default(object? value = null) => value ?? Any(@);",
        "[Obsolete(Text(@))] public void Attributed() { }",
        "public sealed class Inner(object? value) : Exception(Text(@)) { public object? Value => value ?? Any(@); }",
    ];

    private const string Usings = """
        using System.Linq.Expressions;
        using System.Security.Cryptography;
        using System.Threading.Channels;
        using Dapper;
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        public sealed class Order { public int Id { get; set; } public string Name { get; set; } = ""; }
        public sealed class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }
        public record struct Point(int X, int Y);
        public sealed class Holder { public Task<string> Task = null!; public StreamReader Reader = null!; public string Name = ""; public Holder? With(object? value) => this; }
        public abstract class Parts
        {
            protected static readonly HttpClient http = new();
            protected static readonly Shop shop = new();
            protected static readonly NpgsqlConnection connection = new();
            protected static readonly SemaphoreSlim gate = new(4);
            protected static readonly List<int> list = [];
            protected static readonly int[] ids = [1, 2, 3];
            protected static readonly int[] numbers = [1, 2, 3];
            protected static readonly byte[] bytes = [1, 2, 3];
            protected static readonly Task<string>[]? tasks = null;
            protected static readonly Holder? holder = null;
            protected static readonly string path = "a";
            protected static readonly CancellationToken cancellationToken;
            protected readonly Shop own = new();
            protected static int count;
            protected static bool flag;
            protected static Task<string> Get(int id) => http.GetStringAsync($"a/{id}");
            protected static async ValueTask<string> GetValue() => await http.GetStringAsync("a");
            protected static int Heavy(byte[] data) { var sum = 0; for (var i = 0; i < 50_000_000; i++) sum = unchecked(sum * 31 + data[i % data.Length]); return sum; }
            protected static void Use(params object?[] values) => Console.WriteLine(values.Length);
            protected static object? Any(object? value) => value;
            protected static bool Is(object? value) => value is not null;
            protected static int Number(object? value) => value is null ? 0 : 1;
            protected static string Text(object? value) => value?.ToString() ?? "";
            protected static IEnumerable<object?> Sequence(object? value) => [value];
            protected static FileStream Open(object? value) => new(Text(value), FileMode.Open);
            protected static async IAsyncEnumerable<object?> Stream(object? value) { await Task.Yield(); yield return value; }
        }

        """;

    public static TheoryData<string> Places => new(Statements.Concat(Members));

    [Theory]
    [MemberData(nameof(Places))]
    public async Task NothingThrows_NothingBreaks(string place)
    {
        var isMember = Members.Contains(place);
        var types = Expressions.Select((e, i) => Filled(place, isMember, $"Place{i}", e)).ToList();
        var errors = (await Create(types).GetCompilationAsync())!.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.Location.SourceSpan.Start).ToList();
        var unsound = Indices(types, errors);
        await Analysis.Run(Create([.. types.Where((_, i) => unsound.Contains(i))]), RuleRoom.Analyzers);

        var sound = Create([.. types.Where((_, i) => !unsound.Contains(i))]);
        var analysis = await Analysis.Run(sound, RuleRoom.Analyzers);
        Assert.Empty(analysis.Errors);
        foreach (var rule in RuleRoom.All)
        {
            if (rule.CreateCodeFix() is not { } fix) continue;
            var run = new FixRun(rule.Analyzer, fix);
            var keys = new HashSet<string>(StringComparer.Ordinal);
            foreach (var diagnostic in analysis.Rules.Where(d => d.Id == rule.Id))
            {
                foreach (var action in await run.Offered(sound, diagnostic)) keys.Add(action.EquivalenceKey!);
            }

            foreach (var key in keys)
            {
                var repaired = await run.All(sound, key);
                var broken = (await Analysis.Compile(repaired)).Where(d => d.Severity == DiagnosticSeverity.Error).ToList();
                if (broken.Count > 0) Assert.Fail($"{rule.Id}, {key}:\n" + string.Join("\n", broken.Select(d => d + "\n" + Around(d))));
            }
        }
    }

    /// <summary>The places would show nothing if the expressions were wrong or nobody cared for them.</summary>
    [Fact]
    public async Task Expressions_CompileAndMatter()
    {
        var plain = Expressions.Select((e, i) => Filled("Use(@); Use(@);", isMember: false, $"Plain{i}", e));
        Assert.Empty((await Analysis.Run(Create([.. plain]), RuleRoom.Analyzers)).Errors);
        var everywhere = Statements.SelectMany((s, n) => Expressions.Select((e, i) => Filled(s, isMember: false, $"Place{n}_{i}", e)));
        var spoken = (await Analysis.Run(Create([.. everywhere]), RuleRoom.Analyzers)).Rules.Select(d => d.Id).ToHashSet();
        string[] others = ["EXM001", "EXM002", "EXM204", "EXM304"]; // options, catalogues, tools; queues that last
        Assert.Equal(others, RuleRoom.All.Select(r => r.Id).Where(id => !spoken.Contains(id)).ToArray());
    }

    private static string Filled(string place, bool isMember, string type, string expression)
    {
        var text = place.Replace("@T", type).Replace(Hole, expression);
        return isMember ? $"public class {type} : Parts\n{{\n    {text}\n}}\n" : $"public class {type} : Parts\n{{\n    public {(place.StartsWith("fixed", StringComparison.Ordinal) ? "unsafe " : "")}async Task RunAsync(CancellationToken cancellationToken)\n    {{\n        {text}\n    }}\n}}\n";
    }

    private static Project Create(IReadOnlyList<string> types) =>
        TestProject.Create(Usings + string.Concat(types), TestSettings.Default with { AllowErrors = true }).Project;

    /// <summary>The types in which the places lie.</summary>
    private static HashSet<int> Indices(List<string> types, List<int> places)
    {
        var found = new HashSet<int>();
        var start = Usings.Length;
        for (var i = 0; i < types.Count; start += types[i++].Length)
        {
            if (places.Any(p => p >= start && p < start + types[i].Length)) found.Add(i);
        }

        return found;
    }

    private static string? Around(Diagnostic diagnostic) =>
        diagnostic.Location.SourceTree?.GetRoot().FindNode(diagnostic.Location.SourceSpan).FirstAncestorOrSelf<MemberDeclarationSyntax>()?.ToString();
}
