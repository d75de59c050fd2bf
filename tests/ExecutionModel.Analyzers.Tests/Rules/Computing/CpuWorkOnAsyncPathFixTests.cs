using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath.CpuWorkOnAsyncPathAnalyzer, ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath.CpuWorkOnAsyncPathCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

public sealed class CpuWorkOnAsyncPathFixTests
{
    private const string Heavy = """

        public static class Heavy
        {
            public static byte[] Derive(string password, byte[] salt) => System.Security.Cryptography.Rfc2898DeriveBytes.Pbkdf2(password, salt, 600_000, System.Security.Cryptography.HashAlgorithmName.SHA256, 32);
            public static void Burn(string password) => Derive(password, new byte[16]);
            public static void Fill(Span<byte> target) { for (var i = 0; i < 100_000_000; i++) target[0]++; }
            public static void Out(out int result) { result = 0; for (var i = 0; i < 100_000_000; i++) result++; }
        }
        """;

    private const string Wpf = """

        namespace System.Windows
        {
            public class DependencyObject { }
            public class Window : DependencyObject { public string Title { get; set; } = ""; }
            public class RoutedEventArgs : EventArgs { }
        }

        namespace System.Windows.Controls
        {
            public class Control : DependencyObject { public string Text { get; set; } = ""; }
        }
        """;

    private const string LaneType = """
        /// <summary>
        /// Runs computing on at most all processors but one, so that the thread pool keeps threads for requests that only wait.
        /// Work that finds the lane full waits for its turn without holding a thread.
        /// </summary>
        /// <remarks>
        /// <see cref="Task.Run(Action)"/> would not do: its work stands in the same queue as the requests, and as much of it runs at once as there are threads.
        /// The lane is for computing only: work that waits for I/O, or for other work of the lane, holds a place without using it.
        /// </remarks>
        internal static class CpuLane
        {
            private static readonly TaskScheduler Lane =
                new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler;

            /// <summary>Computes a value. Awaiting gives the value or throws what <paramref name="work"/> threw; a cancelled token takes work that has not begun out of the line.</summary>
            public static Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default) =>
                Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Lane);

            /// <summary>The same for work without a value.</summary>
            public static Task Run(Action work, CancellationToken cancellationToken = default) =>
                Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.DenyChildAttach | TaskCreationOptions.HideScheduler, Lane);

            /// <summary>
            /// Computes the turns of a loop on the places of the lane that are free, one at least. Awaiting throws what a turn threw, the first of several; turns that have
            /// not begun then never do.
            /// </summary>
            public static Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken = default)
            {
                var places = new ParallelOptions { TaskScheduler = Lane, MaxDegreeOfParallelism = Lane.MaximumConcurrencyLevel };
                return Run(Turns, cancellationToken);

                void Turns()
                {
                    try
                    {
                        Parallel.For(from, to, places, turn);
                    }
                    catch (AggregateException faults)
                    {
                        ExceptionDispatchInfo.Capture(faults.InnerExceptions[0]).Throw();
                    }
                }
            }
        }

        """;

    private const string LaneUsings = """
        using System;
        using System.Runtime.ExceptionServices;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    private static readonly TestSettings AddsLane = new() { FixedSources = [new TestFile("CpuLane.cs", LaneUsings + LaneType)] };
    private static readonly TestSettings HasLane = new() { Sources = [new TestFile("Lanes/Lane.cs", LaneUsings + LaneType)] };

    private static string Method(string body, string signature = "Task<int> Post(string text, byte[] salt, CancellationToken stop)", string members = "") => $$"""
        using Microsoft.AspNetCore.Mvc;

        public sealed class Api : ControllerBase
        {
            public async {{signature}}
            {
                {{body}}
            }
        {{members}}
        }
        """ + Heavy;

    private static Task Rewrites(string before, string after, string signature = "Task<int> Post(string text, byte[] salt, CancellationToken stop)", string members = "") =>
        Verify.CodeFix(Method(before, signature, members), Method(after, signature, members), HasLane);

    private static Task Refuses(string body, string signature = "Task<int> Post(string text, byte[] salt, CancellationToken stop)", string members = "") =>
        Verify.NoCodeFix(Method(body, signature, members), HasLane);

    [Fact]
    public Task Fix_AddsTheLaneOnce() => Verify.CodeFix(
        Method("""
            var a = [|Heavy.Derive(text, salt)|];
                    var b = [|Heavy.Derive(text, salt)|];
                    return a.Length + b.Length;
            """),
        Method("""
            var a = await CpuLane.Run(() => Heavy.Derive(text, salt), stop);
                    var b = await CpuLane.Run(() => Heavy.Derive(text, salt), stop);
                    return a.Length + b.Length;
            """),
        AddsLane);

    [Fact]
    public Task Fix_PutsTheLaneIntoTheRootNamespace() => Verify.CodeFix(
        "using Microsoft.AspNetCore.Mvc;\n\nnamespace Shop.Web.Controllers;\n\npublic sealed class Api : ControllerBase\n{\n    public async Task<byte[]> Post(string text) => [|Heavy.Derive(text, [1])|];\n}\n" + Heavy,
        "using Microsoft.AspNetCore.Mvc;\n\nnamespace Shop.Web.Controllers;\n\npublic sealed class Api : ControllerBase\n{\n    public async Task<byte[]> Post(string text) => await CpuLane.Run(() => Heavy.Derive(text, [1]));\n}\n" + Heavy,
        new TestSettings
        {
            GlobalOptions = new Dictionary<string, string> { ["build_property.RootNamespace"] = "Shop.Web" },
            FixedSources = [new TestFile("CpuLane.cs", LaneUsings + "namespace Shop.Web;\n\n" + LaneType)],
        });

    private const string LaneServices = """
        /// <summary>The same lane for code that is given what it needs: <c>services.AddCpuLane()</c>, and a constructor parameter of this type.</summary>
        internal interface ICpuLane
        {
            /// <inheritdoc cref="CpuLane.Run{T}(Func{T}, CancellationToken)"/>
            Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken = default);

            /// <inheritdoc cref="CpuLane.Run(Action, CancellationToken)"/>
            Task Run(Action work, CancellationToken cancellationToken = default);

            /// <inheritdoc cref="CpuLane.For(int, int, Action{int}, CancellationToken)"/>
            Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken = default);
        }

        internal static class CpuLaneServices
        {
            /// <summary>Whoever asks for an <see cref="ICpuLane"/> gets the one lane of the process.</summary>
            public static IServiceCollection AddCpuLane(this IServiceCollection services) => services.AddSingleton<ICpuLane, Shared>();

            private sealed class Shared : ICpuLane
            {
                public Task<T> Run<T>(Func<T> work, CancellationToken cancellationToken) => CpuLane.Run(work, cancellationToken);

                public Task Run(Action work, CancellationToken cancellationToken) => CpuLane.Run(work, cancellationToken);

                public Task For(int from, int to, Action<int> turn, CancellationToken cancellationToken) => CpuLane.For(from, to, turn, cancellationToken);
            }
        }

        """;

    private const string LaneAndServices = "using System;\nusing System.Runtime.ExceptionServices;\nusing System.Threading;\nusing System.Threading.Tasks;\nusing Microsoft.Extensions.DependencyInjection;\n\n" + LaneType + "\n" + LaneServices;

    private const string Registers = """

        public static class Start
        {
            public static void Register(Microsoft.Extensions.DependencyInjection.IServiceCollection services) { }
        }
        """;

    [Fact]
    public Task Fix_AddsTheLaneAsAServiceWhereThereAreServices() => Verify.CodeFix(
        Method("return [|Heavy.Derive(text, salt)|].Length;") + Registers,
        Method("return (await CpuLane.Run(() => Heavy.Derive(text, salt), stop)).Length;") + Registers,
        new TestSettings { FixedSources = [new TestFile("CpuLane.cs", LaneAndServices)] });

    [Theory]
    [InlineData("private readonly ICpuLane _lane = null!;", "_lane")]
    [InlineData("private ICpuLane Lane { get; } = null!;", "Lane")]
    public Task Fix_UsesTheLaneThatItWasGiven(string member, string name) => Verify.CodeFix(
        Method("return [|Heavy.Derive(text, salt)|].Length;", members: member),
        Method($"return (await {name}.Run(() => Heavy.Derive(text, salt), stop)).Length;", members: member),
        new TestSettings { Sources = [new TestFile("CpuLane.cs", LaneAndServices)] });

    [Fact]
    public Task Fix_UsesTheLaneOfAPrimaryConstructor() => Verify.CodeFix(
        "public sealed class Api(ICpuLane lane) : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    public async Task<byte[]> Post(string text) => [|Heavy.Derive(text, [1])|];\n}\n" + Heavy,
        "public sealed class Api(ICpuLane lane) : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    public async Task<byte[]> Post(string text) => await lane.Run(() => Heavy.Derive(text, [1]));\n}\n" + Heavy,
        new TestSettings { Sources = [new TestFile("CpuLane.cs", LaneAndServices.Replace("internal interface", "public interface", StringComparison.Ordinal))] });

    [Fact]
    public Task Fix_OfAStaticFunction_UsesTheSharedLane() => Verify.CodeFix(
        Method("return await Inner(text, salt, stop);", members: "    private readonly ICpuLane _lane = null!;\n    private static async Task<int> Inner(string text, byte[] salt, CancellationToken stop) => [|Heavy.Derive(text, salt)|].Length;"),
        Method("return await Inner(text, salt, stop);", members: "    private readonly ICpuLane _lane = null!;\n    private static async Task<int> Inner(string text, byte[] salt, CancellationToken stop) => (await CpuLane.Run(() => Heavy.Derive(text, salt), stop)).Length;"),
        new TestSettings { Sources = [new TestFile("CpuLane.cs", LaneAndServices)] });

    [Fact]
    public Task Fix_QualifiesTheLaneFromOutside() => Verify.CodeFix(
        "using System;\nusing System.Threading.Tasks;\nusing Microsoft.AspNetCore.Mvc;\n\nnamespace Other\n{\n    public sealed class Api : ControllerBase\n    {\n        public async Task<byte[]> Post(string text) => [|Heavy.Derive(text, new byte[16])|];\n    }\n}\n" + Heavy,
        "using System;\nusing System.Threading.Tasks;\nusing Microsoft.AspNetCore.Mvc;\n\nnamespace Other\n{\n    public sealed class Api : ControllerBase\n    {\n        public async Task<byte[]> Post(string text) => await Shop.Web.CpuLane.Run(() => Heavy.Derive(text, new byte[16]));\n    }\n}\n" + Heavy,
        new TestSettings
        {
            LanguageVersion = LanguageVersion.CSharp9,
            ImplicitUsings = false,
            GlobalOptions = new Dictionary<string, string> { ["build_property.RootNamespace"] = "Shop.Web" },
            FixedSources = [new TestFile("CpuLane.cs", LaneUsings + "namespace Shop.Web\n{\n" + string.Join("\n", LaneType.TrimEnd('\n').Split('\n').Select(l => l.Length == 0 ? l : "    " + l)) + "\n}\n")],
        });

    [Fact]
    public Task Fix_AddsTheLaneOnceForTwoFiles() => Verify.CodeFix(
        Method("return [|Heavy.Derive(text, salt)|].Length;"),
        Method("return (await CpuLane.Run(() => Heavy.Derive(text, salt), stop)).Length;"),
        new TestSettings
        {
            Sources = [new TestFile("Two.cs", "public sealed class Two : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    public async Task<byte[]> Post(string text) => [|Heavy.Derive(text, [1])|];\n}\n")],
            FixedSources =
            [
                new TestFile("Two.cs", "public sealed class Two : Microsoft.AspNetCore.Mvc.ControllerBase\n{\n    public async Task<byte[]> Post(string text) => await CpuLane.Run(() => Heavy.Derive(text, [1]));\n}\n"),
                new TestFile("CpuLane.cs", LaneUsings + LaneType),
            ],
        });

    private static Task Shares(string before, string after, TestSettings? settings = null) =>
        Verify.CodeFix(Method(before), Method(after), (settings ?? HasLane) with { CodeActionIndex = 1 });

    [Fact]
    public Task SecondChoice_TurnsOfALoop_ShareTheLane() => Shares(
        """
        var keys = new byte[4][];
                for (var i = 0; i < keys.Length; i++)
                {
                    keys[i] = [|Heavy.Derive(text + i, salt)|]; // one each
                }

                return keys.Length;
        """,
        """
        var keys = new byte[4][];
                await CpuLane.For(0, keys.Length, i =>
                {
                    keys[i] = Heavy.Derive(text + i, salt); // one each
                }, stop);

                return keys.Length;
        """);

    [Fact]
    public Task SecondChoice_ResultsInAList_KeepTheirOrder() => Shares(
        """
        var keys = new List<byte[]>();
                for (var i = 0; i < 4; i++) keys.Add([|Heavy.Derive(text + i, salt)|]);
                return keys.Count;
        """,
        """
        var keys = new List<byte[]>();
                var keysByTurn = new byte[4][];
                await CpuLane.For(0, 4, i => keysByTurn[i] = Heavy.Derive(text + i, salt), stop);
                keys.AddRange(keysByTurn);
                return keys.Count;
        """);

    [Fact]
    public Task SecondChoice_LoopThatIsTheWork_SharesTheLane() => Shares(
        """
        var sums = new long[200_000_000];
                [|for (var i = 0; i < 200_000_000; i++) sums[i] = i * 7L;|]
                return sums.Length;
        """,
        """
        var sums = new long[200_000_000];
                await CpuLane.For(0, 200_000_000, i => sums[i] = i * 7L, stop);
                return sums.Length;
        """);

    [Fact]
    public Task SecondChoice_AddsTheLane() => Verify.CodeFix(
        Method("var keys = new byte[4][];\n        for (var i = 0; i < 4; i++) keys[i] = [|Heavy.Derive(text, salt)|];\n        return keys.Length;"),
        Method("var keys = new byte[4][];\n        await CpuLane.For(0, 4, i => keys[i] = Heavy.Derive(text, salt), stop);\n        return keys.Length;"),
        AddsLane with { CodeActionIndex = 1 });

    [Fact]
    public Task SecondChoice_LaneThatTheCodeWasGiven() => Verify.CodeFix(
        Method("var keys = new byte[4][];\n        for (var i = 0; i < 4; i++) keys[i] = [|Heavy.Derive(text, salt)|];\n        return keys.Length;", members: "private readonly ICpuLane _lane = null!;"),
        Method("var keys = new byte[4][];\n        await _lane.For(0, 4, i => keys[i] = Heavy.Derive(text, salt), stop);\n        return keys.Length;", members: "private readonly ICpuLane _lane = null!;"),
        new TestSettings { Sources = [new TestFile("CpuLane.cs", LaneAndServices)], CodeActionIndex = 1 });

    private static Task HasNoSecondChoice(string body, TestSettings? settings = null) => Verify.NoCodeFix(Method(body), (settings ?? HasLane) with { CodeActionIndex = 1 });

    [Fact]
    public Task SecondChoice_TurnsThatNeedEachOther_IsNotOffered() => HasNoSecondChoice(
        "var key = salt;\n        for (var i = 0; i < 4; i++) key = [|Heavy.Derive(text, key)|];\n        return key.Length;");

    [Fact]
    public Task SecondChoice_WorkOutsideOfALoop_IsNotOffered() => HasNoSecondChoice("return [|Heavy.Derive(text, salt)|].Length;");

    [Fact]
    public Task SecondChoice_LoopThatAwaits_IsNotOffered() => HasNoSecondChoice(
        "var keys = new byte[4][];\n        for (var i = 0; i < 4; i++)\n        {\n            await Task.Delay(1, stop);\n            keys[i] = [|Heavy.Derive(text, salt)|];\n        }\n\n        return keys.Length;");

    [Fact]
    public Task SecondChoice_OlderLaneWithoutFor_IsNotOffered() => HasNoSecondChoice(
        "var keys = new byte[4][];\n        for (var i = 0; i < 4; i++) keys[i] = [|Heavy.Derive(text, salt)|];\n        return keys.Length;",
        new TestSettings { Sources = [new TestFile("Lanes/Lane.cs", LaneUsings + LaneType.Replace("Task For(", "Task Each(", StringComparison.Ordinal))] });

    [Fact]
    public Task Fix_TaskRunInHandlerBecomesTheLane() => Rewrites(
        "return await Task.Run(() => [|Heavy.Derive(text, salt)|].Length, stop);",
        "return await CpuLane.Run(() => Heavy.Derive(text, salt).Length, stop);");

    [Fact]
    public Task Fix_StatementWithoutResult() => Rewrites(
        "[|Heavy.Burn(text)|]; return 1;",
        "await CpuLane.Run(() => Heavy.Burn(text), stop); return 1;");

    [Fact]
    public Task Fix_AssignmentAndReturn() => Rewrites(
        "byte[] key; key = [|Heavy.Derive(text, salt)|]; return key.Length;",
        "byte[] key; key = await CpuLane.Run(() => Heavy.Derive(text, salt), stop); return key.Length;");

    [Fact]
    public Task Fix_ArgumentOfAnotherCall() => Rewrites(
        "Console.WriteLine(text.Trim(), Convert.ToHexString([|Heavy.Derive(text, salt)|])); return 1;",
        "Console.WriteLine(text.Trim(), Convert.ToHexString(await CpuLane.Run(() => Heavy.Derive(text, salt), stop))); return 1;");

    [Fact]
    public Task Fix_OperandsWithEffectsAreEvaluatedBefore() => Rewrites(
        """
            // the key
                    var key = [|Heavy.Derive(Next(), Request.Path.Value is null ? salt : [])|];
                    return key.Length;
            """,
        """
            // the key
                    var password = Next();
                    var salt2 = Request.Path.Value is null ? salt : [];
                    var key = await CpuLane.Run(() => Heavy.Derive(password, salt2), stop);
                    return key.Length;
            """,
        members: "    private string Next() => Guid.NewGuid().ToString();");

    [Fact]
    public Task Fix_OperandWithoutTypeOfItsOwn() => Rewrites(
        "var key = [|Heavy.Derive(text, [(byte)Next().Length])|];\n        return key.Length;",
        "byte[] salt2 = [(byte)Next().Length];\n        var key = await CpuLane.Run(() => Heavy.Derive(text, salt2), stop);\n        return key.Length;",
        members: "    private string Next() => Guid.NewGuid().ToString();");

    [Fact]
    public Task Fix_NestedWorkIsMovedOneByOne() => Rewrites(
        "var key = [|Heavy.Derive(text, [|Heavy.Derive(text, salt)|])|];\n        return key.Length;",
        "var salt2 = await CpuLane.Run(() => Heavy.Derive(text, salt), stop);\n        var key = await CpuLane.Run(() => Heavy.Derive(text, salt2), stop);\n        return key.Length;");

    [Fact]
    public Task Fix_KeepsConfigureAwaitOfTheMember() => Rewrites(
        "await Task.Delay(1).ConfigureAwait(false); return [|Heavy.Derive(text, salt)|].Length;",
        "await Task.Delay(1).ConfigureAwait(false); return (await CpuLane.Run(() => Heavy.Derive(text, salt), stop).ConfigureAwait(false)).Length;");

    [Fact]
    public Task Fix_PlainMembersOfAParameterStayInTheLambda() => Verify.CodeFix(
        Method("return [|Heavy.Derive(login.Password, login.Salt)|];", "Task<byte[]> Post(Login login)", "    public sealed record Login(string Password, byte[] Salt);"),
        Method("return await CpuLane.Run(() => Heavy.Derive(login.Password, login.Salt));", "Task<byte[]> Post(Login login)", "    public sealed record Login(string Password, byte[] Salt);"),
        HasLane);

    [Fact]
    public Task Fix_MinimalApiLambda() => Verify.CodeFix(
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        app.MapPost("/", async (string text, CancellationToken stop) => [|Heavy.Derive(text, [1])|]);
        app.Run();
        """ + Heavy,
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        app.MapPost("/", async (string text, CancellationToken stop) => await CpuLane.Run(() => Heavy.Derive(text, [1]), stop));
        app.Run();
        """ + Heavy,
        HasLane);

    [Fact]
    public Task Fix_LoopThatFillsAnArray() => Rewrites(
        """
        var table = new int[10_000];
                // the table
                [|for (var i = 0; i < 10_000; i++)
                {
                    for (var j = 0; j < 10_000; j++) table[i] += i ^ j;
                }|]

                return table[0];
        """,
        """
        var table = new int[10_000];
                // the table
                await CpuLane.Run(() =>
                {
                    for (var i = 0; i < 10_000; i++)
                    {
                        for (var j = 0; j < 10_000; j++) table[i] += i ^ j;
                    }
                }, stop);

                return table[0];
        """);

    [Fact]
    public Task Fix_LoopThatWritesALocal_IsRefused() => Refuses("var sum = 0L; [|for (var i = 0; i < 100_000_000; i++) sum += i;|] return (int)sum;");

    [Fact]
    public Task Fix_LoopThatReturns_IsRefused() => Verify.Suggestion(
        Method("[|for (var i = 0; i < 500_000_000; i++) { if (i * 7 == text.Length) return i; }|] return 1;"), HasLane);

    [Fact]
    public Task Fix_OutArgument_IsRefused() => Refuses("[|Heavy.Out(out var result)|]; return result;");

    [Fact]
    public Task Fix_SpanArgument_IsRefused() => Refuses("[|Heavy.Fill(stackalloc byte[1])|]; return 1;");

    [Fact]
    public Task Fix_UnderALock_IsRefused() => Refuses("lock (salt) { [|Heavy.Burn(text)|]; } return 1;");

    [Fact]
    public Task Fix_BehindNullCheck_IsRefused() => Refuses(
        "_ = engine?[|.Render()|]; return 1;",
        members: "    private readonly Engine? engine = new();\n    public sealed class Engine { public byte[] Render() => Heavy.Derive(\"a\", new byte[16]); }");

    [Fact]
    public Task Fix_EffectsBeforeTheCall_IsRefused() => Refuses(
        "Console.WriteLine(Next() + [|Heavy.Derive(Next(), salt)|].Length); return 1;", members: "    private string Next() => Guid.NewGuid().ToString();");

    [Fact]
    public Task Fix_AfterASpanOperand_IsRefused() => Refuses("return System.Security.Cryptography.CryptographicOperations.FixedTimeEquals(salt, [|Heavy.Derive(text, salt)|]) ? 1 : 0;");

    [Fact]
    public Task Fix_InUnsafeBlock_IsRefused() => Refuses("unsafe { [|Heavy.Burn(text)|]; } return 1;");

    [Fact]
    public Task Fix_MethodOfAStruct_IsRefused() => Verify.Analyzer(
        """
        using Microsoft.AspNetCore.Builder;

        var app = WebApplication.Create(args);
        await app.StartAsync();

        public struct Key(string text)
        {
            private readonly string kept = text;
            public async Task<byte[]> Derive() => [|Heavy.Derive(kept, [1])|];
        }
        """ + Heavy);

    [Fact]
    public Task Fix_OtherTypeOfThatName_IsRefused() => Verify.NoCodeFix(
        Method("return [|Heavy.Derive(text, salt)|].Length;"),
        new TestSettings { Sources = [new TestFile("CpuLane.cs", "public enum CpuLane { Fast, Slow }")] });

    private static string Window(string body, string members = "") => $$"""
        public sealed class Main : System.Windows.Window
        {
            private async void Save_Click(object sender, System.Windows.RoutedEventArgs e)
            {
                await Task.Delay(1);
                {{body}}
            }
        {{members}}
        }
        """ + Heavy + Wpf;

    private static Task RewritesUi(string before, string after, string members = "") => Verify.CodeFix(Window(before, members), Window(after, members));

    [Fact]
    public Task Fix_UiComputesWithTaskRun() => RewritesUi(
        "var key = [|Heavy.Derive(\"a\", new byte[16])|];",
        "var key = await Task.Run(() => Heavy.Derive(\"a\", new byte[16]));");

    [Fact]
    public Task Fix_UiReadsControlsBefore() => RewritesUi(
        "var key = [|Heavy.Derive(box.Text, new byte[16])|];\n        Title = key.Length.ToString();",
        "var password = box.Text;\n        var key = await Task.Run(() => Heavy.Derive(password, new byte[16]));\n        Title = key.Length.ToString();",
        "    private readonly System.Windows.Controls.Control box = new();");

    [Fact]
    public Task Fix_UiKeepsTheContext() => RewritesUi(
        "await Task.Delay(1).ConfigureAwait(true); [|Heavy.Burn(\"a\")|]; Title = \"done\";",
        "await Task.Delay(1).ConfigureAwait(true); await Task.Run(() => Heavy.Burn(\"a\")); Title = \"done\";");

    [Fact]
    public Task Fix_UiMethodThatLeavesTheWindowAlone() => RewritesUi(
        "var key = [|Key(\"a\")|];", "var key = await Task.Run(() => Key(\"a\"));", "    private byte[] Key(string text) => Heavy.Derive(text, new byte[16]);");

    [Fact]
    public Task Fix_UiMethodThatTouchesTheWindow_IsRefused() => Verify.NoCodeFix(
        Window("var key = [|Key()|];", "    private byte[] Key() => Heavy.Derive(Title, new byte[16]);"));

    [Fact]
    public Task Fix_UiControlHandedOver_IsRefused() => Verify.NoCodeFix(
        Window("var key = [|Key(box)|];", "    private readonly System.Windows.Controls.Control box = new();\n    private static byte[] Key(System.Windows.Controls.Control box) => Heavy.Derive(box.Text, new byte[16]);"));
}
