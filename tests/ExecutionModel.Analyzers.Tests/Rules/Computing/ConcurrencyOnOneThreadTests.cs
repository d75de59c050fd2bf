using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread.ConcurrencyOnOneThreadAnalyzer, ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread.ConcurrencyOnOneThreadCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>EXM203: which operations can't overlap although they are started together. Repairs are in <see cref="ConcurrencyOnOneThreadFixTests"/>.</summary>
public sealed class ConcurrencyOnOneThreadTests
{
    private static readonly TestSettings Program = new() { OutputKind = OutputKind.ConsoleApplication };

    private static Task Reported(string body, string rest = "") => Verify.Analyzer(SealSource.In(body, rest), Program);

    private static Task Suggested(string body, string rest = "") => Verify.Suggestion(SealSource.In(body, rest), Program);

    private static Task Silent(string body, string rest = "") => Verify.Analyzer(SealSource.In(body, rest), Program);

    // ---- what is started together ----

    [Fact]
    public Task SelectWithALambda_Reports() => Verify.Analyzer(
        SealSource.In("return await Task.{|#0:WhenAll|}(texts.Select(text => SealAsync(text)));"),
        Program,
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "'SealAsync' computes before its first await (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): the operations, one per item of 'texts', run one after the other on one thread, in spite of 'Task.WhenAll'; start each with 'Task.Run'"));

    [Fact]
    public Task SelectWithAMethodGroup_Reports() => Reported("return await Task.[|WhenAll|](texts.Select(SealAsync));");

    [Fact]
    public Task AsyncLambdaWithoutAwait_Reports() => Reported("return await Task.[|WhenAll|](texts.Select(async text => Seals.Of(text)));");

    [Fact]
    public Task FromResultOfTheWork_Reports() => Reported("return await Task.[|WhenAll|](texts.Select(text => Task.FromResult(Seals.Of(text))));");

    [Fact]
    public Task AsyncLambdaThatComputesThenWaits_Reports() => Reported("""
        return await Task.[|WhenAll|](texts.Select(async text =>
        {
            var seal = Seals.Of(text);
            await File.WriteAllTextAsync(text, seal, stop);
            return seal;
        }));
        """);

    [Fact]
    public Task QueryExpression_Reports() => Reported("return await Task.[|WhenAll|](from text in texts select SealAsync(text));");

    [Fact]
    public Task TasksInAList_Reports() => Reported("""
        var tasks = texts.Select(text => SealAsync(text)).ToList();
        return await Task.[|WhenAll|](tasks);
        """);

    [Fact]
    public Task ListFilledInALoop_Reports() => Reported("""
        var tasks = new List<Task<string>>();
        foreach (var text in texts) tasks.Add(SealAsync(text));
        return await Task.[|WhenAll|](tasks);
        """);

    [Fact]
    public Task TwoArguments_Reports() => Verify.Analyzer(
        SealSource.In("""return await Task.{|#0:WhenAll|}(SealAsync("a"), SealAsync("b"));"""),
        Program,
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "'SealAsync' computes before its first await (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): the 2 operations run one after the other on one thread, in spite of 'Task.WhenAll'; start each with 'Task.Run'"));

    [Fact]
    public Task TwoLocals_Reports() => Reported("""
        var a = SealAsync("a");
        var b = SealAsync("b");
        return await Task.[|WhenAll|](a, b);
        """);

    [Fact]
    public Task WhenAny_Reports() => Reported("return [await await Task.[|WhenAny|](texts.Select(SealAsync))];");

    [Fact]
    public Task WhenEach_Reports() => Reported("""
        var seals = new List<string>();
        await foreach (var done in Task.[|WhenEach|](texts.Select(SealAsync))) seals.Add(await done);
        return [.. seals];
        """);

    [Fact]
    public Task WaitAll_Reports() => Reported("""
        await Task.Yield();
        var tasks = texts.Select(SealAsync).ToArray();
        Task.[|WaitAll|](tasks);
        return [];
        """);

    [Fact]
    public Task OneHeavyAmongSeveral_IsSilent() => Silent("""
        await Task.WhenAll(SealAsync("a"), File.WriteAllTextAsync("b", "b", stop));
        return [];
        """);

    [Fact]
    public Task OneItem_IsSilent() => Silent("""return await Task.WhenAll(new[] { "a" }.Select(SealAsync));""");

    [Fact]
    public Task OneAfterTheOther_IsSilent() => Silent("""
        var seals = new List<string>();
        foreach (var text in texts) seals.Add(await SealAsync(text));
        return [.. seals];
        """);

    [Fact]
    public Task TasksOfSomebodyElse_IsSilent() => Silent("""
        Task<string>[] tasks = Started;
        return await Task.WhenAll(tasks);
        """, "public static Task<string>[] Started { get; } = [];");

    // ---- what they compute before they wait ----

    [Fact]
    public Task WorkThroughSourceCalls_Reports() => Reported(
        "return await Task.[|WhenAll|](texts.Select(OuterAsync));",
        """
        private async Task<string> OuterAsync(string text)
        {
            var seal = await InnerAsync(text);
            return seal + text;
        }

        private Task<string> InnerAsync(string text) => SealAsync(text);
        """);

    [Fact]
    public Task AwaitOfAFinishedTask_Reports() => Reported(
        "return await Task.[|WhenAll|](texts.Select(LaterAsync));",
        """
        private async Task<string> LaterAsync(string text)
        {
            await Task.CompletedTask;
            await Task.FromResult(text);
            return Seals.Of(text);
        }
        """);

    [Fact]
    public Task ConstantLoop_Reports() => Reported(
        "return await Task.[|WhenAll|](texts.Select(SumAsync));",
        """
        private async Task<string> SumAsync(string text)
        {
            long sum = text.Length;
            for (var i = 0; i < 100_000_000; i++) sum += i;
            await File.WriteAllTextAsync(text, "sum");
            return sum.ToString();
        }
        """);

    [Fact]
    public Task IterationsFromTheCaller_Reports() => Reported(
        "return await Task.[|WhenAll|](texts.Select(text => RoundsAsync(text, 500_000)));",
        """
        private async Task<string> RoundsAsync(string text, int rounds)
        {
            var key = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
            await File.WriteAllBytesAsync(text, key);
            return text;
        }
        """);

    [Fact]
    public Task UnknownIterations_Suggests() => Suggested(
        "return await Task.[|WhenAll|](texts.Select(text => RoundsAsync(text, texts.Length)));",
        """
        private async Task<string> RoundsAsync(string text, int rounds)
        {
            var key = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
            await File.WriteAllBytesAsync(text, key);
            return text;
        }
        """);

    [Fact]
    public Task GuardInFront_Reports() => Reported(
        "return await Task.[|WhenAll|](texts.Select(CheckedAsync));",
        """
        private async Task<string> CheckedAsync(string text)
        {
            if (text.Length == 0) return "";
            ArgumentNullException.ThrowIfNull(text);
            return Seals.Of(text);
        }
        """);

    [Fact]
    public Task OnlyImplementationBehindAnInterface_Suggests() => Verify.Suggestion(
        SealSource.In("return await Task.[|WhenAll|](texts.Select(text => sealing.SealAsync(text)));", "private readonly ISealing sealing = new Sealing();") + """

        public interface ISealing { Task<string> SealAsync(string text); }

        public sealed class Sealing : ISealing
        {
            public Task<string> SealAsync(string text) => Task.FromResult(Seals.Of(text));
        }
        """,
        Program);

    [Fact]
    public Task ReallyAwaitsFirst_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(ReadAsync));",
        """
        private async Task<string> ReadAsync(string text)
        {
            var content = await File.ReadAllTextAsync(text);
            return Seals.Of(content);
        }
        """);

    [Fact]
    public Task YieldsFirst_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(YieldAsync));",
        """
        private async Task<string> YieldAsync(string text)
        {
            await Task.Yield();
            return Seals.Of(text);
        }
        """);

    [Fact]
    public Task AwaitsWhatIsNotSeenFirst_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(text => LaterAsync(text, gate)));",
        """
        private readonly SemaphoreSlim gate = new(4);

        private async Task<string> LaterAsync(string text, SemaphoreSlim gate)
        {
            await gate.WaitAsync();
            try { return Seals.Of(text); }
            finally { gate.Release(); }
        }
        """);

    [Fact]
    public Task WaitsOnOnePath_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(LaterAsync));",
        """
        private async Task<string> LaterAsync(string text)
        {
            if (text.Length > 3) await Task.Delay(1);
            return Seals.Of(text);
        }
        """);

    [Fact]
    public Task CachedResult_IsSuggestion() => Suggested(
        "return await Task.[|WhenAll|](texts.Select(CachedAsync));",
        """
        private readonly System.Collections.Concurrent.ConcurrentDictionary<string, string> known = new();

        private Task<string> CachedAsync(string text)
        {
            if (known.TryGetValue(text, out var seal)) return Task.FromResult(seal);
            return Task.FromResult(known[text] = Seals.Of(text));
        }
        """);

    [Fact]
    public Task TaskRunPerItem_IsSilent() => Silent("return await Task.WhenAll(texts.Select(text => Task.Run(() => Seals.Of(text))));");

    [Fact]
    public Task TaskRunInside_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(PoolAsync));",
        "private async Task<string> PoolAsync(string text) => await Task.Run(() => Seals.Of(text));");

    [Fact]
    public Task LittleWork_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(HashAsync));",
        """
        private async Task<string> HashAsync(string text)
        {
            var hash = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text)));
            await File.WriteAllTextAsync(text, hash);
            return hash;
        }
        """);

    [Fact]
    public Task BelowTheThreshold_IsSilent() => Verify.Analyzer(
        SealSource.In("return await Task.WhenAll(texts.Select(SealAsync));"),
        Program with { Options = new Dictionary<string, string> { ["execution_model.cpu_threshold_ms"] = "500" } });

    [Fact]
    public Task VirtualOperation_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(OpenAsync));",
        "protected virtual Task<string> OpenAsync(string text) => SealAsync(text);");


    // ---- what they share ----

    [Fact]
    public Task SharedCounter_IsSilent() => Silent("""
        var count = 0;
        await Task.WhenAll(texts.Select(async text => { count += Seals.Of(text).Length; }));
        return [count.ToString()];
        """);

    [Fact]
    public Task SharedList_IsSilent() => Silent("""
        var seals = new List<string>();
        await Task.WhenAll(texts.Select(async text => { seals.Add(Seals.Of(text)); }));
        return [.. seals];
        """);

    [Fact]
    public Task FieldThatEachChanges_IsSilent() => Silent(
        "return await Task.WhenAll(texts.Select(CountedAsync));",
        """
        private int count;

        private async Task<string> CountedAsync(string text)
        {
            count++;
            return Seals.Of(text);
        }
        """);

    [Fact]
    public Task ListOfItsOwn_Reports() => Reported("""
        return await Task.[|WhenAll|](texts.Select(async text =>
        {
            var seals = new List<string>();
            seals.Add(Seals.Of(text));
            return seals[0];
        }));
        """);

    [Fact]
    public Task WorkThatCantBeSeenThrough_Suggests() => Suggested("""
        return await Task.[|WhenAll|](texts.Select(async text =>
        {
            Seen?.Invoke(text);
            return Seals.Of(text);
        }));
        """, "public Action<string>? Seen { get; set; }");

    // ---- who runs them ----

    [Fact]
    public Task Request_SuggestsTheLane() => Verify.Analyzer(
        SealSource.Controller("return await Task.{|#0:WhenAll|}(texts.Select(text => SealAsync(text)));"),
        Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithMessage(
            "'SealAsync' computes before its first await (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): the operations, one per item of the request's 'texts', run one after the other on one thread, in spite of 'Task.WhenAll'; compute on the project's bounded CPU lane, 'Task.Run' would take the threads that serve requests"));

    [Fact]
    public Task Library_SuggestsWithoutFix() => Verify.NoCodeFix(SealSource.In("return await Task.[|WhenAll|](texts.Select(SealAsync));"), new TestSettings { Severity = DiagnosticSeverity.Info });

    [Fact]
    public Task LikelyWorkInALibrary_IsSilent() => Verify.Analyzer(SealSource.In(
        "return await Task.WhenAll(texts.Select(text => RoundsAsync(text, texts.Length)));",
        """
        private async Task<string> RoundsAsync(string text, int rounds)
        {
            var key = System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
            await File.WriteAllBytesAsync(text, key);
            return text;
        }
        """));

    [Fact]
    public Task BackgroundServiceOfAWebApplication_SuggestsTheLane() => Verify.Suggestion(
        """
        using Microsoft.AspNetCore.Builder;
        using Microsoft.Extensions.Hosting;

        var app = WebApplication.Create(args);
        app.Run();

        public sealed class Sealer : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                string[] texts = ["a", "b"];
                await Task.[|WhenAll|](texts.Select(async text => Seals.Of(text)));
            }
        }
        """ + SealSource.Seals,
        Program);

    [Fact]
    public Task Window_Reports() => Verify.Analyzer(SealSource.Window("await Task.[|WhenAll|](texts.Select(text => Task.FromResult(Seals.Of(text))));"), SealSource.Desktop);

    [Fact]
    public Task Test_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class SealTests
        {
            [Xunit.Fact]
            public async Task Seals_Differ()
            {
                string[] texts = ["a", "b"];
                await Task.WhenAll(texts.Select(async text => Seals.Of(text)));
            }
        }
        """ + SealSource.Seals, Program with { AllowErrors = true });
}
