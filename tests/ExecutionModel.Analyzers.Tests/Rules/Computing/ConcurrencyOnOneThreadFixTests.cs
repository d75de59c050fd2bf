using ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread;
using ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread.ConcurrencyOnOneThreadAnalyzer, ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread.ConcurrencyOnOneThreadCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>What EXM203's fix writes, and where it writes nothing.</summary>
public sealed class ConcurrencyOnOneThreadFixTests
{
    private static readonly TestSettings Program = new() { OutputKind = OutputKind.ConsoleApplication };

    private static readonly TestSettings HasLane = new()
    {
        Sources = [new TestFile("CpuLane.cs", "internal static class CpuLane\n{\n    public static Task<T> Run<T>(Func<T> work, CancellationToken stop = default) => Task.Run(work, stop);\n}\n")],
    };

    private static Task Fixed(string before, string after, string rest = "") => Verify.CodeFix(SealSource.In(before, rest), SealSource.In(after, rest), Program);

    private static Task Unfixed(string body, string rest = "") => Verify.NoCodeFix(SealSource.In(body, rest), Program with { Severity = DiagnosticSeverity.Info });

    [Fact]
    public Task Lambda_StartsOnThePool() => Fixed(
        "return await Task.[|WhenAll|](texts.Select(text => SealAsync(text)));",
        "return await Task.WhenAll(texts.Select(text => Task.Run(() => SealAsync(text))));");

    [Fact]
    public Task MethodGroup_BecomesALambda() => Fixed(
        "return await Task.[|WhenAll|](texts.Select(SealAsync));",
        "return await Task.WhenAll(texts.Select(item => Task.Run(() => SealAsync(item))));");

    [Fact]
    public Task FromResult_BecomesItsValue() => Fixed(
        "return await Task.[|WhenAll|](texts.Select(text => Task.FromResult(Seals.Of(text))));",
        "return await Task.WhenAll(texts.Select(text => Task.Run(() => Seals.Of(text))));");

    [Fact]
    public Task AsyncLambdaWithoutAwait_LosesItsAsync() => Fixed(
        "return await Task.[|WhenAll|](texts.Select(async text => Seals.Of(text)));",
        "return await Task.WhenAll(texts.Select(text => Task.Run(() => Seals.Of(text))));");

    [Fact]
    public Task BlockWithoutAwait_KeepsItsLines() => Fixed(
        """
        return await Task.[|WhenAll|](texts.Select(async text =>
        {
            // one key per text
            var seal = Seals.Of(text);
            return seal;
        }));
        """,
        """
        return await Task.WhenAll(texts.Select(text => Task.Run(() =>
        {
            // one key per text
            var seal = Seals.Of(text);
            return seal;
        })));
        """);

    [Fact]
    public Task BlockThatAwaitsLater_StaysAsync() => Fixed(
        """
        return await Task.[|WhenAll|](texts.Select(async text =>
        {
            var seal = Seals.Of(text);
            await File.WriteAllTextAsync(text, seal, stop).ConfigureAwait(false);
            return seal;
        }));
        """,
        """
        return await Task.WhenAll(texts.Select(text => Task.Run(async () =>
        {
            var seal = Seals.Of(text);
            await File.WriteAllTextAsync(text, seal, stop).ConfigureAwait(false);
            return seal;
        })));
        """);

    [Fact]
    public Task Query_StartsOnThePool() => Fixed(
        "return await Task.[|WhenAll|](from text in texts select SealAsync(text));",
        "return await Task.WhenAll(from text in texts select Task.Run(() => SealAsync(text)));");

    [Fact]
    public Task Arguments_StartOnThePool() => Fixed(
        """return await Task.[|WhenAll|](SealAsync("a"), SealAsync("b"), Task.FromResult("c"));""",
        """return await Task.WhenAll(Task.Run(() => SealAsync("a")), Task.Run(() => SealAsync("b")), Task.FromResult("c"));""");

    [Fact]
    public Task Locals_StartOnThePool() => Fixed(
        """
        var a = SealAsync("a");
        var b = SealAsync("b");
        return await Task.[|WhenAll|](a, b);
        """,
        """
        var a = Task.Run(() => SealAsync("a"));
        var b = Task.Run(() => SealAsync("b"));
        return await Task.WhenAll(a, b);
        """);

    [Fact]
    public Task ForeachLoop_StartsOnThePool() => Fixed(
        """
        var tasks = new List<Task<string>>();
        foreach (var text in texts)
        {
            tasks.Add(SealAsync(text)); // all at once
        }
        return await Task.[|WhenAll|](tasks);
        """,
        """
        var tasks = new List<Task<string>>();
        foreach (var text in texts)
        {
            tasks.Add(Task.Run(() => SealAsync(text))); // all at once
        }
        return await Task.WhenAll(tasks);
        """);

    [Fact]
    public Task TwoJoins_AreBothRepaired() => Fixed(
        """
        var first = await Task.[|WhenAll|](texts.Select(SealAsync));
        var second = await Task.[|WhenAll|](first.Select(SealAsync));
        return second;
        """,
        """
        var first = await Task.WhenAll(texts.Select(item => Task.Run(() => SealAsync(item))));
        var second = await Task.WhenAll(first.Select(item2 => Task.Run(() => SealAsync(item2))));
        return second;
        """);

    [Fact]
    public Task CounterOfALoop_IsReadInItsTurn() => Fixed(
        """
        var tasks = new List<Task<string>>();
        for (var i = 0; i < texts.Length; i++)
        {
            // the seal of one text
            tasks.Add(SealAsync(texts[i]));
        }
        return await Task.[|WhenAll|](tasks);
        """,
        """
        var tasks = new List<Task<string>>();
        for (var i = 0; i < texts.Length; i++)
        {
            // the seal of one text
            var text = texts[i];
            tasks.Add(Task.Run(() => SealAsync(text)));
        }
        return await Task.WhenAll(tasks);
        """);

    [Fact]
    public Task CounterOfALoopWithoutBraces_HasNoFix() => Verify.NoCodeFix(SealSource.In("""
        var tasks = new List<Task<string>>();
        for (var i = 0; i < texts.Length; i++) tasks.Add(SealAsync(texts[i]));
        return await Task.[|WhenAll|](tasks);
        """), Program);

    [Fact]
    public Task RaceOfOperations_HasNoFix() => Verify.NoCodeFix(SealSource.In("return [await await Task.[|WhenAny|](texts.Select(SealAsync))];"), Program);

    [Fact]
    public Task CatchAroundTheStart_HasNoFix() => Verify.NoCodeFix(
        SealSource.In("""
            var tasks = new List<Task<string>>();
            foreach (var text in texts)
            {
                try
                {
                    tasks.Add(SealAsync(text));
                }
                catch (ArgumentException)
                {
                    break;
                }
            }
            return await Task.[|WhenAll|](tasks);
            """),
        Program);

    [Fact]
    public Task CatchAroundTheJoin_IsNoObstacle() => Fixed(
        """
        try
        {
            return await Task.[|WhenAll|](texts.Select(text => SealAsync(text)));
        }
        catch (ArgumentException)
        {
            return [];
        }
        """,
        """
        try
        {
            return await Task.WhenAll(texts.Select(text => Task.Run(() => SealAsync(text))));
        }
        catch (ArgumentException)
        {
            return [];
        }
        """);

    [Fact]
    public Task HeavyOperand_HasNoFix() => Unfixed("""
        var tasks = new List<Task<string>>();
        foreach (var text in texts)
        {
            tasks.Add(SealAsync(Seals.Of(text)));
        }
        return await Task.[|WhenAll|](tasks);
        """);

    [Fact]
    public Task VariableThatChanges_IsKept() => Fixed(
        """
        var tasks = new List<Task<string>>();
        var last = "";
        foreach (var text in texts)
        {
            tasks.Add(SealAsync(last + text));
            last = text;
        }
        return await Task.[|WhenAll|](tasks);
        """,
        """
        var tasks = new List<Task<string>>();
        var last = "";
        foreach (var text in texts)
        {
            var text2 = last + text;
            tasks.Add(Task.Run(() => SealAsync(text2)));
            last = text;
        }
        return await Task.WhenAll(tasks);
        """);

    [Fact]
    public Task VariableThatChangesUnderALambda_HasNoFix() => Unfixed("""
        var last = "";
        var tasks = texts.Select(async text => Seals.Of(last + text)).ToList();
        last = "b";
        return await Task.[|WhenAll|](tasks);
        """);

    [Fact]
    public Task OperandThatIsComputed_HasNoFix() => Unfixed("""
        var tasks = new List<Task<string>>();
        foreach (var text in texts) tasks.Add(SealAsync(Console.ReadLine() + text));
        return await Task.[|WhenAll|](tasks);
        """);

    [Fact]
    public Task FileWrittenWhileItComputes_HasNoFix() => Unfixed(
        "return await Task.[|WhenAll|](texts.Select(LoggedAsync));",
        """
        private async Task<string> LoggedAsync(string text)
        {
            File.AppendAllText("log.txt", text);
            return Seals.Of(text);
        }
        """);

    [Fact]
    public Task Request_MovesComputingToTheLane() => Verify.SuggestionFix(
        SealSource.Controller("return await Task.[|WhenAll|](texts.Select(async text => Seals.Of(text)));"),
        SealSource.Controller("return await Task.WhenAll(texts.Select(text => CpuLane.Run(() => Seals.Of(text))));"),
        HasLane);

    [Fact]
    public Task OperationOfARequestThatGoesOnToWait_HasNoFix() =>
        Verify.NoCodeFix(SealSource.Controller("return await Task.[|WhenAll|](texts.Select(SealAsync));"), TestSettings.Default with { Severity = DiagnosticSeverity.Info });

    [Fact]
    public Task Window_StartsOnThePool() => Verify.CodeFix(
        SealSource.Window("await Task.[|WhenAll|](texts.Select(text => Task.FromResult(Seals.Of(text))));"),
        SealSource.Window("await Task.WhenAll(texts.Select(text => Task.Run(() => Seals.Of(text))));"),
        SealSource.Desktop);

    [Fact]
    public Task WindowWhoseControlsAreTouched_HasNoFix() => Verify.NoCodeFix(
        SealSource.Window("await Task.[|WhenAll|](texts.Select(async text => Seals.Of(text + Title)));"),
        SealSource.Desktop with { Severity = DiagnosticSeverity.Info });

    // ---- beside the rule that reports the computing itself ----

    public static TheoryData<string, bool> Shared => new()
    {
        { SealSource.Controller("return await Task.WhenAll(texts.Select(async text => Seals.Of(text)));", ""), true },
        { SealSource.Controller("return await Task.WhenAll(texts.Select(async text => Seals.Of(text)));", ""), false },
        { SealSource.Window("await Task.WhenAll(texts.Select(async text => Seals.Of(text)));"), true },
        { SealSource.Window("await Task.WhenAll(texts.Select(async text => Seals.Of(text)));"), false },
    };

    [Theory]
    [MemberData(nameof(Shared))]
    public async Task EitherFix_TakesBothReportsAway(string source, bool whereItComputes)
    {
        DiagnosticAnalyzer[] rules = [new ConcurrencyOnOneThreadAnalyzer(), new CpuWorkOnAsyncPathAnalyzer()];
        var project = TestProject.Create(source, HasLane with { OutputKind = source.Contains("Main", StringComparison.Ordinal) ? OutputKind.WindowsApplication : null }).Project;
        Assert.Equal(["EXM201", "EXM203"], (await Analysis.Run(project, rules)).Rules.Select(d => d.Id).Order());

        var rule = rules[whereItComputes ? 1 : 0];
        var fix = new FixRun(rule, whereItComputes ? new CpuWorkOnAsyncPathCodeFix() : new ConcurrencyOnOneThreadCodeFix());
        project = await fix.StepByStep(project, await Analysis.Run(project, rule));
        Assert.Empty((await Analysis.Run(project, rules)).Rules);
    }
}
