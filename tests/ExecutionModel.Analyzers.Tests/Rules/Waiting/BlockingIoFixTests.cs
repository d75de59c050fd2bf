using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.BlockingIo.BlockingIoAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.BlockingIo.BlockingIoCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>What the fix of EXM104 writes.</summary>
public sealed class BlockingIoFixTests
{
    private const string Usings = """
        using Microsoft.EntityFrameworkCore;
        using Npgsql;

        public sealed class Order { public int Id { get; set; } public string Name { get; set; } = ""; }
        public sealed class Shop : DbContext { public DbSet<Order> Orders => Set<Order>(); }

        """;

    private static string Method(string body, string parameters = "string path", string result = "Task") => Usings + $$"""
        public sealed class Service(Shop shop)
        {
            public async {{result}} RunAsync({{parameters}})
            {
                {{body}}
            }

            private static void Use(params object?[] values) { }
            private Shop Shop => shop;
        }
        """;

    private static Task Fix(string before, string after, string parameters = "string path", string result = "Task") => Verify.CodeFix(Started(before, parameters, result), Started(after, parameters, result));

    private static Task FixOfFile(string before, string after, string parameters = "string path", string result = "Task") => Verify.SuggestionFix(Started(before, parameters, result), Started(after, parameters, result));

    private static string Started(string body, string parameters, string result) => Method("await Task.Yield();\n        " + body, parameters, result);

    [Fact]
    public Task Fix_AwaitsTheCounterpart() => FixOfFile("var text = [|File.ReadAllText(path)|]; Use(text);", "var text = await File.ReadAllTextAsync(path); Use(text);");

    [Fact]
    public Task Fix_PassesTheTokenInScope() => FixOfFile("var text = [|File.ReadAllText(path)|]; Use(text);", "var text = await File.ReadAllTextAsync(path, stop); Use(text);", "string path, CancellationToken stop");

    [Fact]
    public Task Fix_NamesTheTokenWhereParametersAreLeftOut() => Fix(
        "using var client = new HttpClient(); using var answer = [|client.Send(new HttpRequestMessage())|]; Use(answer);",
        "using var client = new HttpClient(); using var answer = await client.SendAsync(new HttpRequestMessage(), stop); Use(answer);",
        "string path, CancellationToken stop");

    [Fact]
    public Task Fix_DoesNotHandTheTokenToAListOfKeys() => Fix(
        "Use([|shop.Orders.Find(1)|]);",
        "Use(await shop.Orders.FindAsync(1));",
        "string path, CancellationToken stop");

    [Fact]
    public Task Fix_ConfiguresAsTheMethodDoes() => Verify.SuggestionFix(
        Method("await Task.Yield();\n        await Task.Delay(1).ConfigureAwait(false);\n        Use([|File.ReadAllText(path)|]);").Replace("await Task.Yield();\n        ", ""),
        Method("await Task.Delay(1).ConfigureAwait(false);\n        Use(await File.ReadAllTextAsync(path).ConfigureAwait(false));"));

    [Theory]
    [InlineData("Use([|File.ReadAllText(path)|].Length);", "Use((await File.ReadAllTextAsync(path)).Length);")]
    [InlineData("Use([|File.ReadAllLines(path)|][0]);", "Use((await File.ReadAllLinesAsync(path))[0]);")]
    [InlineData("Use([|File.ReadAllText(path)|]?.Trim());", "Use((await File.ReadAllTextAsync(path))?.Trim());")]
    [InlineData("Use([|File.ReadAllText(path)|]!.Trim());", "Use((await File.ReadAllTextAsync(path))!.Trim());")]
    [InlineData("Use((object)[|File.ReadAllText(path)|]);", "Use((object)await File.ReadAllTextAsync(path));")]
    [InlineData("Use([|File.ReadAllText(path)|] + path, $\"{[|File.ReadAllText(path)|]}\");", "Use(await File.ReadAllTextAsync(path) + path, $\"{await File.ReadAllTextAsync(path)}\");")]
    [InlineData("Use([|File.ReadAllText(path)|] is \"\" ? 1 : 2);", "Use(await File.ReadAllTextAsync(path) is \"\" ? 1 : 2);")]
    [InlineData("Use(path ?? [|File.ReadAllText(path)|]);", "Use(path ?? await File.ReadAllTextAsync(path));")]
    [InlineData("foreach (var line in [|File.ReadAllLines(path)|]) Use(line);", "foreach (var line in await File.ReadAllLinesAsync(path)) Use(line);")]
    public Task Fix_KeepsTheExpressionAround(string before, string after) => FixOfFile(before, after);

    [Fact]
    public Task Fix_NestedInArguments() => FixOfFile(
        "[|File.WriteAllText(path, [|File.ReadAllText([|File.ReadAllText(path)|])|])|];",
        "await File.WriteAllTextAsync(path, await File.ReadAllTextAsync(await File.ReadAllTextAsync(path)));");

    [Fact]
    public Task Fix_KeepsComments() => FixOfFile(
        """
        // first
                [|File.WriteAllText(
                    path, // where
                    "x" /* what */)|]; // last
        """,
        """
        // first
                await File.WriteAllTextAsync(
                    path, // where
                    "x" /* what */); // last
        """);

    [Fact]
    public Task Fix_TokenGetsItsOwnLine() => FixOfFile(
        """
        [|File.WriteAllText(
                    path,
                    "x")|];
        """,
        """
        await File.WriteAllTextAsync(
                    path,
                    "x",
                    stop);
        """,
        "string path, CancellationToken stop");

    [Fact]
    public Task Fix_Query() => Fix(
        "Use([|Shop.Orders.Where(o => o.Name == path).Select(o => o.Id).ToList()|]);",
        "Use(await Shop.Orders.Where(o => o.Name == path).Select(o => o.Id).ToListAsync(stop));",
        "string path, CancellationToken stop");

    [Fact]
    public Task Fix_KeepsTypeArguments() => Fix("Use([|shop.Find<Order>(1)|]);", "Use(await shop.FindAsync<Order>(1));");

    [Fact]
    public Task Fix_ExpressionBody() => Verify.SuggestionFix(
        "#pragma warning disable CS1998\npublic sealed class Reader { public async Task<string> ReadAsync(string path) => [|File.ReadAllText(path)|]; }",
        "#pragma warning disable CS1998\npublic sealed class Reader { public async Task<string> ReadAsync(string path) => await File.ReadAllTextAsync(path); }");

    [Fact]
    public Task Fix_TokenOfTheOuterFunction() => Verify.SuggestionFix(
        """
        public sealed class Reader
        {
            public void Start(string path, CancellationToken stop)
            {
                Func<Task> read = async () => [|File.WriteAllText(path, path)|];
                Func<Task> alone = static async () => [|File.WriteAllText("a", "b")|];
                _ = (read, alone);
            }
        }
        """,
        """
        public sealed class Reader
        {
            public void Start(string path, CancellationToken stop)
            {
                Func<Task> read = async () => await File.WriteAllTextAsync(path, path, stop);
                Func<Task> alone = static async () => await File.WriteAllTextAsync("a", "b");
                _ = (read, alone);
            }
        }
        """);

    [Fact]
    public Task Fix_TokenOfTheEnumeration() => Verify.SuggestionFix(
        """
        using System.Runtime.CompilerServices;
        public sealed class Reader
        {
            public async IAsyncEnumerable<string> ReadAsync(string[] paths, [EnumeratorCancellation] CancellationToken stop = default)
            {
                foreach (var path in paths) yield return [|File.ReadAllText(path)|];
                await Task.Yield();
            }
        }
        """,
        """
        using System.Runtime.CompilerServices;
        public sealed class Reader
        {
            public async IAsyncEnumerable<string> ReadAsync(string[] paths, [EnumeratorCancellation] CancellationToken stop = default)
            {
                foreach (var path in paths) yield return await File.ReadAllTextAsync(path, stop);
                await Task.Yield();
            }
        }
        """);

    [Fact]
    public Task Fix_AwaitsTheDisposalThatWaits() => Fix(
        """
        using var command = new NpgsqlCommand(path);
                // rows
                using var reader = [|command.ExecuteReader()|];
                using (var other = [|command.ExecuteReader()|]) Use(reader, other);
        """,
        """
        using var command = new NpgsqlCommand(path);
                // rows
                await using var reader = await command.ExecuteReaderAsync();
                await using (var other = await command.ExecuteReaderAsync()) Use(reader, other);
        """);

    [Fact]
    public Task Fix_KeepsTheUsingWhereAwaitsAreConfigured() => Verify.CodeFix(
        Method("await Task.Delay(1).ConfigureAwait(false);\n        using var command = new NpgsqlCommand(path);\n        using var reader = [|command.ExecuteReader()|];"),
        Method("await Task.Delay(1).ConfigureAwait(false);\n        using var command = new NpgsqlCommand(path);\n        using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);"));

    [Fact]
    public Task Fix_KeepsTheUsingOfWhatHasNothingToAwait() => Fix("using var client = new HttpClient(); using var answer = [|client.Send(new HttpRequestMessage())|];", "using var client = new HttpClient(); using var answer = await client.SendAsync(new HttpRequestMessage());");
}
