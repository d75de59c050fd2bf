using ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath;
using ExecutionModel.Analyzers.Rules.Computing.FakeAsync;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Computing.FakeAsync.FakeAsyncAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>EXM202: which tasks are only a signature, and who chose it.</summary>
public sealed class FakeAsyncTests
{
    private static readonly TestSettings Program = new() { OutputKind = OutputKind.ConsoleApplication };

    private static string Library(string members, string rest = "") => $$"""
        public sealed class Keys
        {
        {{members}}
        }

        {{rest}}
        """ + SealSource.Seals;

    private static Task Reported(string members, string rest = "") => Verify.Suggestion(Library(members, rest));

    private static Task Silent(string members, string rest = "") => Verify.Analyzer(Library(members, rest));

    // ---- what only computes ----

    [Fact]
    public Task FromResult_Reports() => Verify.Analyzer(
        Library("    public Task<string> {|#0:DeriveAsync|}(string text) => Task.FromResult(Seals.Of(text));"),
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "'DeriveAsync' returns a task but only computes (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): its caller's thread is held all the while; a synchronous method says so, and the caller knows where to compute"));

    [Fact]
    public Task AsyncWithoutAwait_Reports() => Reported("    public async Task<string> [|DeriveAsync|](string text) { var seal = Seals.Of(text); return seal; }");

    [Fact]
    public Task ValueTask_Reports() => Reported("""
            public ValueTask<string> [|DeriveAsync|](string text) => new(Seals.Of(text));
            public ValueTask<string> [|Derive2Async|](string text) => ValueTask.FromResult(Seals.Of(text));
        """);

    [Fact]
    public Task CompletedTask_Reports() => Reported("""
            private string seal = "";

            public Task [|DeriveAsync|](string text)
            {
                seal = Seals.Of(text);
                return Task.CompletedTask;
            }
        """);

    [Fact]
    public Task AwaitOfFinishedTasks_Reports() => Reported("""
            public async Task<string> [|DeriveAsync|](string text)
            {
                await Task.CompletedTask;
                return Seals.Of(text + await SaltAsync());
            }

            private Task<string> SaltAsync() => Task.FromResult("salt");
        """);

    /// <summary>Once the inner one is honest, the outer one is seen to compute.</summary>
    [Fact]
    public Task MethodThatOnlyPassesOn_IsSilent() => Reported("""
            public async Task<string> DeriveAsync(string text) => await InnerAsync(text);

            private Task<string> [|InnerAsync|](string text) => Task.FromResult(Seals.Of(text));
        """);

    [Fact]
    public Task ConstantLoop_Reports() => Reported("""
            public async Task<long> [|SumAsync|]()
            {
                long sum = 0;
                for (var i = 0; i < 100_000_000; i++) sum += i;
                return sum;
            }
        """);

    [Fact]
    public Task TaskRunOfAPublicLibraryMethod_Reports() => Verify.Analyzer(
        Library("    public Task<string> {|#0:DeriveAsync|}(string text) => Task.Run(() => Seals.Of(text));"),
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "'DeriveAsync' returns a task but only computes (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): it takes a thread of the pool that its caller can't see; offer the synchronous method, the caller knows where to compute"));

    [Fact]
    public Task AwaitedTaskRunOfAPublicLibraryMethod_Reports() => Reported("    public async Task<string> [|DeriveAsync|](string text) => await Task.Run(() => Seals.Of(text)).ConfigureAwait(false);");

    [Fact]
    public Task ConsoleProgram_Reports() => Verify.Suggestion(Library("    public static void Main() { }\n    public Task<string> [|DeriveAsync|](string text) => Task.FromResult(Seals.Of(text));"), Program);

    [Fact]
    public Task ServiceOfADesktopProgram_Reports() => Verify.Suggestion(
        SealSource.Window("Title = await new Keys().DeriveAsync(texts[0]);") + "\npublic sealed class Keys\n{\n    public Task<string> [|DeriveAsync|](string text) => Task.FromResult(Seals.Of(text));\n}\n",
        SealSource.Desktop);

    [Fact]
    public Task TaskRunOfAnInternalMethod_IsSilent() => Silent("    internal Task<string> DeriveAsync(string text) => Task.Run(() => Seals.Of(text));");

    [Fact]
    public Task TaskRunOfAnInternalType_IsSilent() => Silent("", "internal sealed class Inner\n{\n    public Task<string> DeriveAsync(string text) => Task.Run(() => Seals.Of(text));\n}\n");

    [Fact]
    public Task TaskRunInAProgram_IsSilent() => Verify.Analyzer(Library("    public static void Main() { }\n    public Task<string> DeriveAsync(string text) => Task.Run(() => Seals.Of(text));"), Program);

    [Fact]
    public Task TaskRunAmongOtherThings_IsSilent() => Silent("""
            public async Task<string> DeriveAsync(string file)
            {
                var text = await File.ReadAllTextAsync(file);
                return await Task.Run(() => Seals.Of(text));
            }
        """);

    [Fact]
    public Task RealAwait_IsSilent() => Silent("""
            public async Task<string> DeriveAsync(string file)
            {
                var seal = Seals.Of(file);
                await File.WriteAllTextAsync(file, seal);
                return seal;
            }
        """);

    [Fact]
    public Task RealAwaitOnOnePath_IsSilent() => Silent("""
            public async Task<string> DeriveAsync(string? file)
            {
                if (file is null) await Task.Delay(10);
                return Seals.Of(file ?? "");
            }
        """);

    [Fact]
    public Task Yield_IsSilent() => Silent("""
            public async Task<string> DeriveAsync(string text)
            {
                await Task.Yield();
                return Seals.Of(text);
            }
        """);

    [Fact]
    public Task AwaitOfSomethingUnseen_IsSilent() => Silent("""
            public async Task<string> DeriveAsync(string text, Func<Task> check)
            {
                await check();
                return Seals.Of(text);
            }
        """);

    [Fact]
    public Task AwaitForeach_IsSilent() => Silent("""
            public async Task<string> DeriveAsync(IAsyncEnumerable<string> texts)
            {
                var seal = Seals.Of("");
                await foreach (var text in texts) seal += text;
                return seal;
            }
        """);

    [Fact]
    public Task BlockingIo_IsSilent() => Silent("    public Task<string> DeriveAsync(string file) => Task.FromResult(Seals.Of(File.ReadAllText(file)));");

    [Fact]
    public Task LittleWork_IsSilent() => Silent("    public Task<int> LengthAsync(string text) => Task.FromResult(text.Length);");

    [Fact]
    public Task LikelyWorkInAProgram_Reports() => Verify.Suggestion(Library("""
            public static void Main() { }

            public Task<byte[]> [|DeriveAsync|](string text, int rounds) =>
                Task.FromResult(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, System.Security.Cryptography.HashAlgorithmName.SHA256, 32));
        """), Program);

    [Fact]
    public Task LikelyWorkInALibrary_IsSilent() => Silent("""
            public Task<byte[]> DeriveAsync(string text, int rounds) =>
                Task.FromResult(System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, System.Security.Cryptography.HashAlgorithmName.SHA256, 32));
        """);

    [Fact]
    public Task OnOnePathOnly_IsSilent() => Silent("""
            private readonly Dictionary<string, string> known = [];

            public Task<string> DeriveAsync(string text)
            {
                if (known.TryGetValue(text, out var seal)) return Task.FromResult(seal);
                return Task.FromResult(known[text] = Seals.Of(text));
            }
        """);

    // ---- who chose the signature ----

    [Fact]
    public Task InterfaceMember_IsSilent() => Verify.Analyzer("""
        public interface IKeys { Task<string> DeriveAsync(string text); }

        public sealed class Keys : IKeys
        {
            public Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));
        }
        """ + SealSource.Seals);

    [Fact]
    public Task ExplicitInterfaceMember_IsSilent() => Verify.Analyzer("""
        public interface IKeys { Task<string> DeriveAsync(string text); }

        public sealed class Keys : IKeys
        {
            Task<string> IKeys.DeriveAsync(string text) => Task.FromResult(Seals.Of(text));
        }
        """ + SealSource.Seals);

    [Fact]
    public Task Override_IsSilent() => Silent("", """
        public abstract class Deriver { public abstract Task<string> DeriveAsync(string text); }

        public sealed class LocalDeriver : Deriver
        {
            public override Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));
        }
        """);

    [Fact]
    public Task VirtualMember_IsSilent() => Silent("", """
        public class Deriver
        {
            public virtual Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));
        }
        """);

    [Fact]
    public Task MethodTakenAsADelegate_IsSilent() => Silent("""
            public void Start(Action<Func<string, Task<string>>> register) => register(DeriveAsync);

            public Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));
        """);

    [Fact]
    public Task MethodTakenAsADelegateElsewhere_IsSilent() => Silent(
        "    public static Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));",
        """
        public sealed class Start
        {
            public Func<string, Task<string>> Derive { get; } = Keys.DeriveAsync;
        }
        """);

    [Fact]
    public Task MethodNamedInNameof_Reports() => Reported("""
            public string Name => nameof(DeriveAsync);

            public Task<string> [|DeriveAsync|](string text) => Task.FromResult(Seals.Of(text));
        """);

    [Fact]
    public Task EventHandler_IsSilent() => Silent("    public Task OnChangedAsync(object sender, EventArgs e) { Seals.Of(\"\"); return Task.CompletedTask; }");

    [Fact]
    public Task MethodWithAnAttribute_IsSilent() => Silent(
        "    [Command] public Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));",
        "public sealed class CommandAttribute : Attribute;");

    [Fact]
    public Task Lambda_IsSilent() => Silent("    public Func<string, Task<string>> Derive { get; } = text => Task.FromResult(Seals.Of(text));");

    [Fact]
    public Task Main_IsSilent() => Verify.Analyzer("""
        public static class Start
        {
            public static async Task Main() { await Task.CompletedTask; Console.WriteLine(Seals.Of("a")); }
        }
        """ + SealSource.Seals, Program);

    [Fact]
    public Task Test_IsSilent() => Verify.Analyzer("""
        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class SealTests
        {
            [Xunit.Fact]
            public void Seals_Differ() { }

            private Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text));
        }
        """ + SealSource.Seals);

    [Fact]
    public Task RequestHandler_IsSilent() => Verify.Analyzer(SealSource.Controller("return [await KeyAsync(texts[0])];\n}\n\nprivate Task<string> KeyAsync(string text)\n{\n    return Task.FromResult(Seals.Of(text));"));

    // ---- one report per place ----

    [Fact]
    public async Task MethodThatOnlyComputes_IsReportedOnce_Reports()
    {
        var project = TestProject.Create(Library("""
                public Task<string> DeriveAsync(string text) => Task.FromResult(Seals.Of(text) + Seals.Of(text));

                public async Task<string> WriteAsync(string file)
                {
                    var seal = Seals.Of(file);
                    await File.WriteAllTextAsync(file, seal);
                    return seal;
                }

                public Task<string> RunAsync(string text) => Task.Run(() => Seals.Of(text));
            """), TestSettings.Default).Project;
        var analysis = await Analysis.Run(project, [new FakeAsyncAnalyzer(), new CpuWorkOnAsyncPathAnalyzer()]);
        Assert.Equal(["EXM202 DeriveAsync", "EXM201 Seals.Of(file)", "EXM202 RunAsync"], analysis.Rules.OrderBy(d => d.Location.SourceSpan.Start).Select(d => $"{d.Id} {d.Location.SourceTree!.GetText().ToString(d.Location.SourceSpan)}"));
    }
}
