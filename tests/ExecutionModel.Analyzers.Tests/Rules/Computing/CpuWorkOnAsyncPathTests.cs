using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath.CpuWorkOnAsyncPathAnalyzer, ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath.CpuWorkOnAsyncPathCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>Who may compute where, and what counts as heavy. Repairs are in <see cref="CpuWorkOnAsyncPathFixTests"/>.</summary>
public sealed class CpuWorkOnAsyncPathTests
{
    private const string Usings = """
        using System.Security.Cryptography;
        using Microsoft.AspNetCore.Builder;
        using Microsoft.AspNetCore.Http;
        using Microsoft.AspNetCore.Mvc;
        using Microsoft.AspNetCore.Routing;
        using Microsoft.AspNetCore.SignalR;
        using Microsoft.Extensions.Hosting;

        """;

    /// <summary>About 120 ms.</summary>
    private const string Passwords = """

        public static class Passwords
        {
            public static byte[] Derive(string password, byte[] salt) => Rfc2898DeriveBytes.Pbkdf2(password, salt, 600_000, HashAlgorithmName.SHA256, 32);
        }
        """;

    private const string Wpf = """

        namespace System.Windows
        {
            public class DependencyObject { }
            public class Window : DependencyObject { }
            public class Application : DependencyObject { }
            public class RoutedEventArgs : EventArgs { }
        }
        """;

    private static readonly TestSettings Program = new() { OutputKind = OutputKind.ConsoleApplication };
    private static readonly TestSettings Desktop = new() { OutputKind = OutputKind.WindowsApplication };
    private static readonly TestSettings Info = new() { Severity = DiagnosticSeverity.Info };

    private static string Handler(string body, string rest = "") => Usings + $$"""
        public sealed class Api : ControllerBase
        {
            public async Task<int> Post(int n, string text, int[] items)
            {
                await Task.Delay(1);
                {{body}}
                return 0;
            }
        {{rest}}
        }
        """ + Passwords;

    // ---- where it computes: an object that is made may do nothing yet ----

    [Theory]
    [InlineData("using var key = RSA.Create(2048); Console.WriteLine(key.KeySize); text = {|EXM201:key.ExportRSAPrivateKeyPem()|} + key.ExportRSAPublicKeyPem();")]
    [InlineData("text = {|EXM201:RSA.Create(2048).ExportRSAPrivateKeyPem()|};")]
    [InlineData("RSA key; key = RSA.Create(3072); text = {|EXM201:key.ExportRSAPrivateKeyPem()|};")]
    [InlineData("using var key = DSA.Create(2048); var signed = {|EXM201:key.SignData(new byte[9], HashAlgorithmName.SHA256)|};")]
    [InlineData("using var derived = new Rfc2898DeriveBytes(text, new byte[16], 600_000, HashAlgorithmName.SHA256); var bytes = {|EXM201:derived.GetBytes(32)|};")]
    public Task FirstUseOfALazyObject_Reports(string body) => Verify.Analyzer(Handler(body).Replace("using System.Security", "#pragma warning disable SYSLIB0060\nusing System.Security", StringComparison.Ordinal));

    [Theory]
    [InlineData("using var key = RSA.Create(2048); Console.WriteLine(key.KeySize);")]
    [InlineData("using var key = RSA.Create(2048); key.ImportFromPem(text); text = key.ExportRSAPrivateKeyPem();")]
    [InlineData("var key = RSA.Create(2048); Console.WriteLine(key);")]
    [InlineData("var key = RSA.Create(2048); Func<string> export = () => key.ExportRSAPrivateKeyPem(); Console.WriteLine(export);")]
    [InlineData("var key = RSA.Create(2048); key.Dispose();")]
    public Task LazyObjectThatIsNotUsedHere_IsSilent(string body) => Verify.Analyzer(Handler(body));

    // ---- who runs it: the truth table ----

    [Theory]
    [InlineData("app.MapGet(\"/key\", Keys.Make);", "public static")]
    [InlineData("app.MapPost(\"/key\", Keys.Make);", "internal static")]
    [InlineData("RouteHandlerBuilder route = app.MapGet(\"/key\", handler: Keys.Make);", "public static")]
    public Task MethodGroupOfARoute_Reports(string map, string modifiers) => Verify.Analyzer(Usings + $$"""
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder app) { {{map}} }
        }

        public static class Keys
        {
            {{modifiers}} string Make(string password) => Convert.ToHexString({|EXM201:Passwords.Derive(password, [1, 2, 3, 4, 5, 6, 7, 8])|});
        }
        """ + Passwords);

    [Fact]
    public Task LocalFunctionOfARoute_Reports() => Verify.Analyzer(Usings + """
        var app = WebApplication.Create(args);
        app.MapGet("/key", Make);
        app.Run();

        static string Make(string password) => Convert.ToHexString({|EXM201:Passwords.Derive(password, [1, 2, 3, 4, 5, 6, 7, 8])|});
        """ + Passwords, Program);

    [Theory]
    [InlineData("Use(Keys.Make);")]
    [InlineData("_ = Keys.Make(\"secret\"); Use(static p => p);")]
    [InlineData("app.MapGet(\"/key\", Other.Make); Use(Keys.Make);")]
    public Task MethodGroupOfSomethingElse_IsSilent(string map) => Verify.Analyzer(Usings + $$"""
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder app) { {{map}} }
            private static void Use(Func<string, string> work) { }
        }

        public static class Keys
        {
            public static string Make(string password) => Convert.ToHexString(Passwords.Derive(password, [1, 2, 3, 4, 5, 6, 7, 8]));
        }

        public static class Other
        {
            public static string Make(string password) => password;
        }
        """ + Passwords);

    [Fact]
    public Task ControllerAction_Reports() => Verify.Analyzer(
        Usings + """
        public sealed class LoginController : ControllerBase
        {
            public async Task<IActionResult> Post(string password, byte[] salt)
            {
                await Task.Delay(1);
                return Ok({|#0:Passwords.Derive(password, salt)|});
            }
        }
        """ + Passwords,
        Verify.Diagnostic().WithLocation(0).WithMessage(
            "'Derive' computes on a thread that serves requests (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): move it to the project's bounded CPU lane"));

    [Fact]
    public Task SynchronousControllerAction_ReportsWithoutFix() => Verify.NoCodeFix(Usings + """
        public sealed class LoginController : ControllerBase
        {
            public IActionResult Post(string password, byte[] salt) => Ok([|Passwords.Derive(password, salt)|]);
        }
        """ + Passwords);

    [Fact]
    public Task PatternFromARequest_Suggests() => Verify.Suggestion(
        Usings + """
        public sealed class SearchController : ControllerBase
        {
            public bool Find(string text, string pattern) => [|System.Text.RegularExpressions.Regex.IsMatch(text, "^" + pattern)|];
        }
        """);

    [Fact]
    public Task KnownPatternOrTimeoutOrHelper_IsSilent() => Verify.Analyzer(
        Usings + """
        public sealed class SearchController : ControllerBase
        {
            private static readonly string Known = "^a+$";
            public bool Find(string text) => Regex.IsMatch(text, "^a+$") || Regex.IsMatch(text, Known) || Matches(text, "b");
            public bool FindInTime(string text, string pattern) => Regex.IsMatch(text, pattern, RegexOptions.None, TimeSpan.FromSeconds(1));
            private static bool Matches(string text, string pattern) => Regex.IsMatch(text, pattern);
        }
        """.Replace("Regex", "System.Text.RegularExpressions.Regex", StringComparison.Ordinal));

    [Fact]
    public Task TypeInsideAController_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class LoginController : ControllerBase
        {
            public sealed class Keys { public byte[] Derive(string password) => Passwords.Derive(password, [1]); }
        }
        """ + Passwords);

    [Fact]
    public Task MinimalApiLambda_Reports() => Verify.Analyzer(Usings + """
        public static class Routes
        {
            public static void Map(IEndpointRouteBuilder app)
            {
                app.MapPost("/a", async (string password) => { await Task.Delay(1); return [|Passwords.Derive(password, [1])|]; });
                app.MapPost("/b", (string password) => [|Passwords.Derive(password, [1])|]);
            }
        }
        """ + Passwords);

    [Fact]
    public Task Middleware_Reports() => Verify.Analyzer(Usings + """
        public sealed class Signing(RequestDelegate next)
        {
            public async Task InvokeAsync(HttpContext context)
            {
                [|Passwords.Derive("a", [1])|];
                await next(context);
            }
        }
        """ + Passwords);

    [Fact]
    public Task Hub_Reports() => Verify.Analyzer(Usings + """
        public sealed class Chat : Hub
        {
            public async Task Send(string password)
            {
                var key = [|Passwords.Derive(password, [1])|];
                await Clients.All.SendAsync("key", key);
            }
        }
        """ + Passwords);

    [Fact]
    public Task MessageHandler_Reports() => Verify.Analyzer(Usings + """
        namespace MediatR
        {
            public interface IRequestHandler<TRequest, TResponse> { Task<TResponse> Handle(TRequest request, CancellationToken stop); }
        }

        public sealed class Derive : MediatR.IRequestHandler<string, byte[]>
        {
            public async Task<byte[]> Handle(string request, CancellationToken stop)
            {
                await Task.Delay(1, stop);
                return [|Passwords.Derive(request, [1])|];
            }
        }
        """ + Passwords);

    private const string Wolverine = "\nnamespace Wolverine { public interface IWolverineHandler; }\n";

    private static string MessageHandler(string type, string method) => Usings + $$"""
        public sealed class {{type}}
        {
            public async Task<byte[]> {{method}}(string message, CancellationToken stop)
            {
                await Task.Delay(1, stop);
                return [|Passwords.Derive(message, [1])|];
            }
        }
        """ + Passwords + Wolverine;

    [Theory]
    [InlineData("DeriveHandler", "Handle")]
    [InlineData("DeriveHandler", "HandleAsync")]
    [InlineData("DeriveConsumer", "Consume")]
    public Task MessageHandlerByItsName_Reports(string type, string method) => Verify.Analyzer(MessageHandler(type, method));

    [Fact]
    public Task FunctionOfTheCloudThatServesOneEventAtATime_IsSilent() => Verify.Analyzer(Usings + """
        namespace Amazon.Lambda.Core { public interface ILambdaContext { string AwsRequestId { get; } } }

        public sealed class Function
        {
            public async Task<byte[]> Handle(string password, Amazon.Lambda.Core.ILambdaContext context)
            {
                await Task.Delay(1);
                return Passwords.Derive(password, [1]);
            }
        }
        """ + Passwords);

    [Fact]
    public Task ServiceOfWebApplication_Reports() => Verify.Analyzer(
        Usings + """
        var app = WebApplication.Create(args);
        app.Run();

        public sealed class Accounts
        {
            public async Task<byte[]> KeyAsync(string password)
            {
                await Task.Delay(1);
                return [|Passwords.Derive(password, [1])|];
            }
        }
        """ + Passwords);

    [Fact]
    public Task SeedOfWebApplication_IsSilent() => Verify.Analyzer(
        Usings + """
        var app = WebApplication.Create(args);
        await AdminSeeder.SeedAsync(app.Services);
        app.Run();

        public static class AdminSeeder
        {
            public static async Task SeedAsync(IServiceProvider services)
            {
                await Task.Yield();
                Console.WriteLine(Passwords.Derive("admin", [1]));
            }
        }
        """ + Passwords);

    // ---- what doubles with an argument ----

    private const string BCrypt = """

        namespace BCrypt.Net
        {
            public static class BCrypt
            {
                public static string HashPassword(string password) => password;
                public static string HashPassword(string password, int workFactor) => password;
            }
        }
        """;

    [Theory]
    [InlineData("Console.WriteLine([|BCrypt.Net.BCrypt.HashPassword(text)|]);")]
    [InlineData("Console.WriteLine([|BCrypt.Net.BCrypt.HashPassword(text, 11)|]);")]
    [InlineData("Console.WriteLine([|BCrypt.Net.BCrypt.HashPassword(workFactor: 12, password: text)|]);")]
    public Task Bcrypt_Reports(string body) => Verify.Analyzer(Handler(body) + BCrypt);

    [Fact]
    public Task BcryptOfUnknownCost_IsSuggestion() => Verify.Suggestion(Handler("Console.WriteLine([|BCrypt.Net.BCrypt.HashPassword(text, n)|]);") + BCrypt);

    [Theory]
    [InlineData("Console.WriteLine(BCrypt.Net.BCrypt.HashPassword(text, 4));")]
    [InlineData("Console.WriteLine(BCrypt.Net.BCrypt.HashPassword(text, workFactor: 7));")] // 6 ms
    public Task BcryptOfLowCost_IsSilent(string body) => Verify.Analyzer(Handler(body) + BCrypt);

    [Fact]
    public Task StartUpOfWebApplication_IsSilent() => Verify.Analyzer(
        Usings + """
        var app = WebApplication.Create(args);
        var key = Passwords.Derive("a", [1]);
        await app.StartAsync();
        """ + Passwords);

    [Fact]
    public Task TaskRunInHandler_ReportsThatItSharesThePool() => Verify.Analyzer(
        Usings + """
        public sealed class LoginController : ControllerBase
        {
            public async Task<byte[]> Post(string password) => await Task.Run(() => {|#0:Passwords.Derive(password, [1])|});
        }
        """ + Passwords,
        Verify.Diagnostic().WithLocation(0).WithMessageContaining("on the pool that serves requests", "Task.Run only moves it within that pool"));

    [Fact]
    public Task CpuLaneInHandler_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class LoginController : ControllerBase
        {
            public async Task<byte[]> Post(string password) => await CpuLane.Run(() => Passwords.Derive(password, [1]));
        }

        internal static class CpuLane
        {
            public static Task<T> Run<T>(Func<T> work) => Task.Run(work);
        }
        """ + Passwords);

    [Fact]
    public Task LaneAsAServiceInHandler_IsSilent() => Verify.Analyzer(Usings + """
        public interface ICpuLane { Task<T> Run<T>(Func<T> work, CancellationToken stop = default); }
        public sealed class LoginController(ICpuLane lane) : ControllerBase
        {
            public async Task<byte[]> Post(string password) => await lane.Run(() => Passwords.Derive(password, [1]));
        }
        """ + Passwords);

    [Fact]
    public Task OwnThreadInHandler_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class LoginController : ControllerBase
        {
            public async Task<byte[]> Post(string password) =>
                await Task.Factory.StartNew(() => Passwords.Derive(password, [1]), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        """ + Passwords);

    [Fact]
    public Task UiEventHandler_Reports() => Verify.Analyzer(
        Usings + """
        public sealed class Main : System.Windows.Window
        {
            private async void Save_Click(object sender, System.Windows.RoutedEventArgs e)
            {
                await Task.Delay(1);
                var key = {|#0:Passwords.Derive("a", [1])|};
            }
        }
        """ + Passwords + Wpf,
        Verify.Diagnostic().WithLocation(0).WithMessageContaining("on the UI thread", "run it with 'await Task.Run' here, in the caller"));

    [Fact]
    public Task SynchronousUiEventHandler_ReportsWithoutFix() => Verify.NoCodeFix(Usings + """
        public sealed class Main : System.Windows.Window
        {
            private void Save_Click(object sender, System.Windows.RoutedEventArgs e)
            {
                var key = [|Passwords.Derive("a", [1])|];
            }
        }
        """ + Passwords + Wpf);

    [Fact]
    public Task SynchronousMethodOfWindow_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Main : System.Windows.Window
        {
            private byte[] Key() => Passwords.Derive("a", [1]);
        }
        """ + Passwords + Wpf);

    [Fact]
    public Task ViewModelOfDesktopProgram_Reports() => Verify.Analyzer(
        Usings + """
        public sealed class LoginModel : System.ComponentModel.INotifyPropertyChanged
        {
            public event System.ComponentModel.PropertyChangedEventHandler? PropertyChanged;

            public async Task LoginAsync()
            {
                await Task.Delay(1);
                var key = [|Passwords.Derive("a", [1])|];
                PropertyChanged?.Invoke(this, new("Key"));
            }
        }

        public static class Start { public static void Main() { } }
        """ + Passwords + Wpf,
        Desktop);

    [Fact]
    public Task TaskRunInUi_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Main : System.Windows.Window
        {
            private async void Save_Click(object sender, System.Windows.RoutedEventArgs e)
            {
                var key = await Task.Run(() => Passwords.Derive("a", [1]));
            }
        }
        """ + Passwords + Wpf);

    [Fact]
    public Task BlazorServerCircuit_Suggests() => Verify.Suggestion(Component("[|Passwords.Derive(\"a\", [1])|]") + Passwords);

    private const string WebAssembly = """

        namespace Microsoft.AspNetCore.Components.WebAssembly.Hosting { public sealed class WebAssemblyHostBuilder { } }
        """;

    [Fact]
    public Task BlazorWebAssembly_SuggestsWithoutFix() => Verify.NoCodeFix(
        Component("[|Passwords.Derive(\"a\", [1])|]").Replace(Usings, "using System.Security.Cryptography;\n") + Passwords + WebAssembly,
        Info with { References = References.Net100InBrowser });

    /// <summary>The server references the client project, and sees its types.</summary>
    [Fact]
    public Task ServerOfABlazorWebAssemblyClient_IsNoBrowser() => Verify.Analyzer(
        Component("{|#0:Passwords.Derive(\"a\", [1])|}") + Passwords + WebAssembly,
        Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info).WithMessage("'Derive' computes inside a turn and holds back the next ones (600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms): move it to the project's bounded CPU lane"));

    private static string Component(string work) => Usings + $$"""
        public sealed class Login : Microsoft.AspNetCore.Components.ComponentBase
        {
            protected override async Task OnInitializedAsync()
            {
                await Task.Delay(1);
                var key = {{work}};
            }
        }
        """;

    [Fact]
    public Task BackgroundServiceFromNet10On_IsSilent() => Verify.Analyzer(Worker("Passwords.Derive(\"a\", [1])") + Passwords);

    [Fact]
    public Task BackgroundServiceBelowNet10_SuggestsForTheSynchronousPrefix() => Verify.NoCodeFix(
        Worker("[|Passwords.Derive(\"a\", [1])|]") + Passwords + """

        namespace Microsoft.Extensions.Hosting
        {
            public abstract class BackgroundService { protected abstract Task ExecuteAsync(CancellationToken stop); }
        }
        """,
        Info);

    [Fact]
    public Task BackgroundServiceBelowNet10AfterItsFirstAwait_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Nightly : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                await Task.Delay(1, stop);
                var key = Passwords.Derive("a", [1]);
            }
        }
        """ + Passwords + """

        namespace Microsoft.Extensions.Hosting
        {
            public abstract class BackgroundService { protected abstract Task ExecuteAsync(CancellationToken stop); }
        }
        """);

    private static string Worker(string work) => Usings + $$"""
        public sealed class Nightly : BackgroundService
        {
            protected override async Task ExecuteAsync(CancellationToken stop)
            {
                var key = {{work}};
                await Task.Delay(1, stop);
            }
        }
        """;

    [Fact]
    public Task LibraryAsyncMethod_SuggestsWithoutFix() => Verify.NoCodeFix(
        Usings + """
        public sealed class Keys
        {
            public async Task<byte[]> DeriveAsync(string password)
            {
                await Task.Yield();
                return [|Passwords.Derive(password, [1])|];
            }
        }
        """ + Passwords,
        Info);

    /// <summary>That is said of the method's signature, by EXM202.</summary>
    [Fact]
    public Task LibraryMethodThatNeverWaits_IsSilent() => Verify.Analyzer(
        Usings + """
        public sealed class Keys
        {
            public Task<byte[]> DeriveAsync(string password) => Task.FromResult(Passwords.Derive(password, [1]));
            public async Task<byte[]> Derive2Async(string password) => await DeriveAsync(password);
        }
        """ + Passwords);

    [Fact]
    public Task LibraryMethodOfAnInterface_IsSilent() => Verify.Analyzer(Usings + """
        public interface IKeys { Task<byte[]> DeriveAsync(string password); }

        public sealed class Keys : IKeys
        {
            public Task<byte[]> DeriveAsync(string password) => Task.FromResult(Passwords.Derive(password, [1]));
        }
        """ + Passwords);

    /// <summary>The service layer of an application: who awaits it is a request's thread.</summary>
    [Theory]
    [InlineData("public interface IKeys { Task<byte[]> DeriveAsync(string password); }", "")]
    [InlineData("public abstract class IKeys { public abstract Task<byte[]> DeriveAsync(string password); }", "override ")]
    public Task ServiceThatWaitsToo_SuggestsWithoutFix(string declaration, string modifier) => Verify.NoCodeFix(
        Usings + declaration + $$"""


        public sealed class Keys : IKeys
        {
            public {{modifier}}async Task<byte[]> DeriveAsync(string password)
            {
                var salt = await System.IO.File.ReadAllBytesAsync("salt");
                return [|Passwords.Derive(password, salt)|];
            }
        }
        """ + Passwords,
        Info);

    [Fact]
    public Task LikelyWorkInAService_IsSilent() => Verify.Analyzer(Usings + """
        public interface IKeys { Task<byte[]> DeriveAsync(string password); }

        public sealed class Keys(int rounds) : IKeys
        {
            public async Task<byte[]> DeriveAsync(string password)
            {
                var salt = await System.IO.File.ReadAllBytesAsync("salt");
                return Rfc2898DeriveBytes.Pbkdf2(password, salt, rounds, HashAlgorithmName.SHA256, 32);
            }
        }
        """);

    [Fact]
    public Task LikelyWorkInLibrary_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Keys(int rounds)
        {
            public async Task<byte[]> DeriveAsync(string password)
            {
                await Task.Yield();
                return Rfc2898DeriveBytes.Pbkdf2(password, new byte[16], rounds, HashAlgorithmName.SHA256, 32);
            }
        }
        """);

    [Fact]
    public Task ConsoleProgram_IsSilent() => Verify.Analyzer(Usings + """
        await Task.Delay(1);
        foreach (var name in args) Passwords.Derive(name, [1]);
        Console.WriteLine(await Batch.RunAsync());

        static class Batch
        {
            public static async Task<int> RunAsync()
            {
                await Task.Delay(1);
                return Passwords.Derive("a", [1]).Length;
            }
        }
        """ + Passwords);

    [Fact]
    public Task SynchronousMethod_IsSilent() => Verify.Analyzer(Usings + """
        public sealed class Keys
        {
            public byte[] Derive(string password) => Passwords.Derive(password, [1]);
        }
        """ + Passwords);

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer(Usings + TestClass("Passwords.Derive(\"a\", [1])") + Passwords);

    [Fact]
    public Task TestMethod_WithAnalyzeTests_Suggests() => Verify.Suggestion(
        Usings + TestClass("[|Passwords.Derive(\"a\", [1])|]") + Passwords,
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.analyze_tests"] = "true" } });

    private static string TestClass(string work) => $$"""
        namespace Xunit { public sealed class FactAttribute : Attribute { } }

        public sealed class KeyTests
        {
            [Xunit.Fact]
            public async Task Key_IsLong()
            {
                await Task.Yield();
                Console.WriteLine({{work}}.Length);
            }
        }
        """;

    // ---- what is heavy ----

    [Fact]
    public Task IterationsInConstantFieldOrLocal_Report() => Verify.Analyzer(Handler(
        """
        const int rounds = 100 * 1000;
        var twice = rounds * 2;
        var a = [|Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, HashAlgorithmName.SHA256, 32)|];
        var b = [|Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], twice, HashAlgorithmName.SHA256, 32)|];
        var c = [|Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], Iterations, HashAlgorithmName.SHA256, 32)|];
        var d = [|Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], Rounds, HashAlgorithmName.SHA256, 32)|];
        """,
        """
            private static readonly int Iterations = 600_000;
            private static int Rounds => 1 << 18;
        """));

    [Fact]
    public Task FewIterations_AreSilent() => Verify.Analyzer(Handler("var a = Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], 1000, HashAlgorithmName.SHA256, 32);"));

    [Fact]
    public Task UnknownIterations_Suggest() => Verify.Suggestion(Handler("var a = [|Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], n, HashAlgorithmName.SHA256, 32)|];"));

    [Fact]
    public Task IterationsPassedThroughAMethod_Report() => Verify.Analyzer(Handler(
        "var a = [|Stretch(text, 600_000)|]; var b = Stretch(text, 1000);",
        "    private static byte[] Stretch(string text, int rounds) => Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], rounds, HashAlgorithmName.SHA256, 32);"));

    [Fact]
    public Task HashOfSmallPayload_IsSilent() => Verify.Analyzer(Handler("var hash = SHA256.HashData(new byte[32]); var other = SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(text));"));

    // ---- documents: small, unless a client uploads them ----

    [Theory]
    [InlineData("using var reader = new StreamReader(file.OpenReadStream()); var rows = [|JsonSerializer.Deserialize<int[]>(await reader.ReadToEndAsync())|];")]
    [InlineData("using var reader = new StreamReader(file.OpenReadStream()); var text = await reader.ReadToEndAsync(); using var rows = [|JsonDocument.Parse(text)|];")]
    [InlineData("using var buffer = new MemoryStream(); await file.CopyToAsync(buffer); var rows = [|JsonSerializer.Deserialize<int[]>(buffer.ToArray())|];")]
    [InlineData("using var buffer = new MemoryStream(); await file.CopyToAsync(buffer); var rows = [|JsonNode.Parse(Encoding.UTF8.GetString(buffer.ToArray()))|];")]
    [InlineData("using var stream = file.OpenReadStream(); var rows = [|XDocument.Load(stream)|];")]
    [InlineData("foreach (var each in Request.Form.Files) { var rows = [|XElement.Load(each.OpenReadStream())|]; }")]
    [InlineData("var rows = [|rowsOfXml.Deserialize(file.OpenReadStream())|];")]
    [InlineData("using var buffer = new MemoryStream(); await file.CopyToAsync(buffer); var hash = [|SHA512.HashData(buffer.ToArray())|];")]
    public Task DocumentThatAClientUploads_Suggests(string body) => Verify.Suggestion(Importing(body));

    [Theory]
    [InlineData("using var reader = new StreamReader(Request.Body); var rows = JsonSerializer.Deserialize<int[]>(await reader.ReadToEndAsync());")]
    [InlineData("var rows = await JsonSerializer.DeserializeAsync<int[]>(file.OpenReadStream());")]
    [InlineData("var rows = JsonSerializer.Deserialize<int[]>(await System.IO.File.ReadAllTextAsync(\"rows.json\"));")]
    [InlineData("var rows = JsonSerializer.Deserialize<int[]>(file.FileName);")]
    [InlineData("var text = \"[]\"; if (file.Length > 0) text = await new StreamReader(file.OpenReadStream()).ReadToEndAsync(); var rows = JsonSerializer.Deserialize<int[]>(text);")]
    [InlineData("var rows = XDocument.Parse(\"<a/>\");")]
    [InlineData("using var buffer = new MemoryStream(); await file.CopyToAsync(buffer); var rows = JsonSerializer.Serialize(buffer.Length);")]
    [InlineData("using var buffer = new MemoryStream(); using var other = new MemoryStream(); await file.CopyToAsync(other); var rows = JsonSerializer.Deserialize<int[]>(buffer.ToArray());")]
    [InlineData("var rows = Read(file); static int[] Read(IFormFile from) => [(int)from.Length];")]
    public Task DocumentThatNobodyUploads_IsSilent(string body) => Verify.Analyzer(Importing(body));

    private static string Importing(string body) => Usings + $$"""
        using System.Text;
        using System.Text.Json;
        using System.Text.Json.Nodes;
        using System.Xml.Linq;
        using System.Xml.Serialization;

        public sealed class Import : ControllerBase
        {
            private static readonly XmlSerializer rowsOfXml = new(typeof(int[]));

            public async Task<IActionResult> Post(IFormFile file)
            {
                await Task.Delay(1);
                {{body}}
                return Ok();
            }
        }
        """;

    // ---- sorting ----

    [Theory]
    [InlineData("var a = new int[1_000_000]; [|Array.Sort(a)|];")]
    [InlineData("var a = Enumerable.Range(0, 1_000_000).Select(i => i * n).ToArray(); [|Array.Sort(a, (x, y) => y.CompareTo(x))|];")]
    [InlineData("var a = Enumerable.Range(0, 1_000_000).ToList(); [|a.Sort()|];")]
    public Task SortingOfLargeData_Reports(string body) => Verify.Analyzer(Handler(body));

    [Theory]
    [InlineData("var a = new int[10_000]; Array.Sort(a);")]
    [InlineData("var a = new int[n]; Array.Sort(a);")]
    [InlineData("Array.Sort(items);")]
    [InlineData("var a = new int[1_000_000]; Array.Sort(a, 0, n);")]
    [InlineData("var a = new int[1]; Array.Sort(a);")]
    [InlineData("var a = Enumerable.Range(0, 1_000_000).Where(i => i % n == 0).ToList(); a.Sort();")]
    [InlineData("var a = Enumerable.Range(0, 1_000_000).ToList(); a.Sort(0, n, null);")]
    public Task SortingOfSmallOrUnknownData_IsSilent(string body) => Verify.Analyzer(Handler(body));

    [Fact]
    public Task Json_IsSilent() => Verify.Analyzer(Handler("var json = System.Text.Json.JsonSerializer.Serialize(items);"));

    [Fact]
    public Task ConstantLoops_Report() => Verify.Analyzer(Handler(
        """
        var sum = 0L;
        [|for (var i = 0; i < 10_000; i++)
        {
            for (var j = 0; j < 10_000; j++) sum += i ^ j;
        }|]
        """));

    [Fact]
    public Task SmallConstantLoops_AreSilent() => Verify.Analyzer(Handler("var sum = 0L; for (var i = 0; i < 1000; i++) for (var j = 0; j < 1000; j++) sum += i ^ j;"));

    [Fact]
    public Task ConstantLoopThatMayEndEarly_Suggests() => Verify.Suggestion(Handler(
        """
        var found = 0;
        [|for (var i = 0; i < 500_000_000; i++)
        {
            if (i * 7 == n) { found = i; break; }
        }|]
        """));

    [Fact]
    public Task HeavyLoopInCallee_Reports() => Verify.Analyzer(Handler(
        "var a = [|Sum()|];",
        """
            private static long Sum()
            {
                var sum = 0L;
                for (var i = 0; i < 100_000_000; i++) sum += i;
                return sum;
            }
        """));

    [Fact]
    public Task ThroughThreeCalls_Reports() => Verify.Analyzer(Handler(
        "var a = [|One(text)|];",
        """
            private static byte[] One(string text) => Two(text);
            private static byte[] Two(string text) => Passwords.Derive(text, [1]);
        """));

    [Fact]
    public Task AsyncCallee_IsReportedInsideItself() => Verify.Analyzer(Handler(
        "var a = await KeyAsync(text);",
        """
            private async Task<byte[]> KeyAsync(string text)
            {
                await Task.Yield();
                return [|Passwords.Derive(text, [1])|];
            }
        """));

    [Fact]
    public Task OneUnknownLoop_IsSilent() => Verify.Analyzer(Handler("var sum = 0; foreach (var item in items) sum += item * n;"));

    [Fact]
    public Task TwoUnknownLoops_AreSilent() => Verify.Analyzer(Handler("var sum = 0; for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) sum += i * j;"));

    [Fact]
    public Task ThreeUnknownLoops_Suggest() => Verify.Suggestion(Handler(
        """
        var sum = 0;
        [|for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                for (var k = 0; k < j; k++) sum += i * j * k;
            }
        }|]
        """));

    [Fact]
    public Task TwoUnknownLoopsAroundAQuadraticCallee_Suggest() => Verify.Suggestion(Handler(
        "var best = 0;\n        [|foreach (var a in items) foreach (var b in items) best = Math.Max(best, Distance(a, b));|]",
        """
            private int Distance(int a, int b)
            {
                var d = 0;
                for (var i = 0; i < a; i++) for (var j = 0; j < b; j++) d += i ^ j;
                return d;
            }
        """));

    [Fact]
    public Task OneLoopAroundACalleeWithTwo_IsSilent() => Verify.Analyzer(Handler(
        "var best = 0;\n        foreach (var a in items) best = Math.Max(best, Distance(a, best));",
        """
            private int Distance(int a, int b)
            {
                var d = 0;
                for (var i = 0; i < a; i++) for (var j = 0; j < b; j++) d += i ^ j;
                return d;
            }
        """));

    [Fact] // a report over a few rows: a guessed amount of plain steps is no evidence
    public Task LoopsThatFillRows_AreSilent() => Verify.Analyzer(Usings + """
        public sealed record Row(List<object> Cells) { public void Add(object cell) => Cells.Add(cell); }
        public sealed record Bill(List<Payment> Payments);
        public sealed record Payment(decimal Amount, string Currency);

        public sealed class Api : ControllerBase
        {
            public async Task<List<Row>> Post(List<Bill> bills, List<string> currencies)
            {
                await Task.Delay(1);
                var rows = new List<Row>();
                foreach (var bill in bills)
                {
                    foreach (var payment in bill.Payments)
                    {
                        var row = new Row([]);
                        foreach (var currency in currencies) row.Add(currency == payment.Currency ? payment.Amount : 0m);
                        rows.Add(row);
                    }
                }
                return rows;
            }
        }
        """);

    [Fact]
    public Task WalkOverATree_IsSilent() => Verify.Analyzer(Usings + """
        public sealed record Order(List<Line> Lines);
        public sealed record Line(List<Part> Parts);
        public sealed record Part(List<int> Prices);

        public sealed class Api : ControllerBase
        {
            public async Task<int> Post(List<Order> orders)
            {
                await Task.Delay(1);
                var sum = 0;
                foreach (var order in orders)
                    foreach (var line in order.Lines)
                        foreach (var part in line.Parts)
                            foreach (var price in part.Prices) sum += price;
                return sum;
            }
        }
        """);

    [Fact]
    public Task RecursionThatDoubles_Suggests() => Verify.Suggestion(Handler("var a = [|Fib(n)|];", "    private static long Fib(int n) => n < 2 ? n : Fib(n - 1) + Fib(n - 2);"));

    [Fact]
    public Task RecursionOverATree_IsSilent() => Verify.Analyzer(Handler(
        "var a = Count(null);",
        """
            private sealed record Node(Node? Left, Node? Right);
            private static int Count(Node? node) => node is null ? 0 : 1 + Count(node.Left) + Count(node.Right);
        """));

    [Fact]
    public Task RememberedRecursion_IsSilent() => Verify.Analyzer(Handler(
        "var a = Fib(n, []);",
        "    private static long Fib(int n, Dictionary<int, long> known) => n < 2 ? n : known.TryGetValue(n, out var k) ? k : known[n] = Fib(n - 1, known) + Fib(n - 2, known);"));

    [Fact]
    public Task LoopWithAwait_IsSilent() => Verify.Analyzer(Handler("for (var i = 0; i < 1_000_000_000; i++) { n += i; await Task.Delay(1); }"));

    [Fact]
    public Task LoopWithIo_IsSilent() => Verify.Analyzer(Handler("for (var i = 0; i < 1_000_000_000; i++) { n += System.IO.File.ReadAllBytes(text).Length; }"));

    [Fact]
    public Task HeavyCallBehindAnInputCheck_Reports() => Verify.Analyzer(Handler(
        "var a = [|Key(text)|];",
        """
            private static byte[] Key(string? text)
            {
                if (string.IsNullOrEmpty(text)) return [];
                ArgumentNullException.ThrowIfNull(text);
                return Passwords.Derive(text, [1]);
            }
        """));

    [Fact]
    public Task HeavyCallBehindACache_Suggests() => Verify.Suggestion(Handler(
        "var a = [|Key(text)|];",
        """
            private readonly Dictionary<string, byte[]> known = [];
            private byte[] Key(string text)
            {
                if (known.TryGetValue(text, out var key)) return key;
                return known[text] = Passwords.Derive(text, [1]);
            }
        """));

    [Fact]
    public Task Iterator_IsSilent() => Verify.Analyzer(Handler(
        "var a = Keys(text);",
        """
            private static IEnumerable<byte[]> Keys(string text)
            {
                yield return Passwords.Derive(text, [1]);
            }
        """));

    [Fact]
    public Task StoredLambda_IsSilent() => Verify.Analyzer(Handler("Func<byte[]> later = () => Passwords.Derive(text, [1]);"));

    [Fact]
    public Task VirtualCall_IsSilent() => Verify.Analyzer(Usings + """
        public abstract class Api : ControllerBase
        {
            public async Task<byte[]> Post(string text)
            {
                await Task.Delay(1);
                return Key(text);
            }

            protected virtual byte[] Key(string text) => Passwords.Derive(text, [1]);
        }
        """ + Passwords);

    [Fact]
    public Task CpuBoundAttribute_Reports() => Verify.Analyzer(Handler(
        "var a = [|Render(text)|]; var b = Cheap(text);",
        """
            [CpuBound] private static int Render(string text) => text.Length;
            [Cheap] private static byte[] Cheap(string text) => Passwords.Derive(text, [1]);
            private sealed class CpuBoundAttribute : Attribute;
            private sealed class CheapAttribute : Attribute;
        """));

    [Fact]
    public Task UserCatalogue_Reports() => Verify.Analyzer(
        Handler("var a = [|Layout.Arrange(n)|];") + "\nnamespace Vendor { }\npublic static class Layout { public static int Arrange(int n) => n; }",
        new TestSettings { AdditionalFiles = [new TestFile("Own.ExecutionCatalogue.txt", "M:Layout.Arrange(*) ; cpu=50ms")] });

    [Fact]
    public Task Threshold_IsAnOption() => Verify.Analyzer(
        Handler("var a = Passwords.Derive(text, [1]);"),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.cpu_threshold_ms"] = "500" } });

    [Fact]
    public Task CertainOnly_LeavesSuggestionsOut() => Verify.Analyzer(
        Handler("var a = Rfc2898DeriveBytes.Pbkdf2(text, new byte[16], n, HashAlgorithmName.SHA256, 32);"),
        new TestSettings { Options = new Dictionary<string, string> { ["execution_model.confidence"] = "certain" } });

    [Fact]
    public Task BrokenCode_DoesNotThrow() => Verify.Analyzer(
        Handler("for (var i = 0; i < ; i++) { missing(i } var a = Passwords.Derive(;"),
        new TestSettings { AllowErrors = true });
}
