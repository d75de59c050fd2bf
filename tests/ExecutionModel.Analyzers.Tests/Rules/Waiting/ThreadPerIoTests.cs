using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.ThreadPerIo.ThreadPerIoAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.ThreadPerIo.ThreadPerIoCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM106. Bodies that do nothing but wait are warnings; where something else may go on in them they are suggestions or nothing.</summary>
public sealed class ThreadPerIoTests
{
    private static readonly TestSettings Tool = TestSettings.Default with { OutputKind = OutputKind.ConsoleApplication };

    private static readonly TestSettings Info = TestSettings.Default with { Severity = DiagnosticSeverity.Info };

    private static string Body(string members) =>
        "using System.Data.Common;\nusing System.Security.Cryptography;\npublic sealed class Sample(HttpClient http)\n{\n" + members + "\n\n    public static void Main() { }\n}\n";

    private static Task Warning(string members, TestSettings? settings = null) => Verify.Analyzer(Body(members), settings ?? TestSettings.Default);

    private static Task Suggestion(string members, TestSettings? settings = null) => Verify.Suggestion(Body(members), settings);

    private static Task Silent(string members, TestSettings? settings = null) => Verify.Analyzer(Body(members), settings ?? TestSettings.Default);

    // Loops whose bodies only wait

    [Theory]
    [InlineData("Parallel.[|ForEach|](urls, url => http.Send(new HttpRequestMessage(HttpMethod.Get, url)));")]
    [InlineData("Parallel.[|ForEach|](urls, url => http.GetStringAsync(url).Wait());")]
    [InlineData("Parallel.[|ForEach|](urls, url => Console.WriteLine(http.GetStringAsync(url).Result));")]
    [InlineData("Parallel.[|ForEach|](urls, (url, state) => Console.WriteLine(http.GetStringAsync(url).GetAwaiter().GetResult()));")]
    [InlineData("Parallel.[|For|](0, urls.Length, i => Console.WriteLine(http.GetStringAsync(urls[i]).Result));")]
    [InlineData("Parallel.[|Invoke|](() => http.GetStringAsync(urls[0]).Wait(), () => http.GetStringAsync(urls[1]).Wait());")]
    [InlineData("Console.WriteLine(urls.AsParallel().[|Select|](url => http.GetStringAsync(url).Result).ToList().Count);")]
    [InlineData("urls.AsParallel().[|ForAll|](url => http.GetStringAsync(url).Wait());")]
    public Task LoopThatWaits_Reports(string statement) => Warning($$"""
            public async Task RunAsync(string[] urls)
            {
                {{statement}}
                await Task.Yield();
            }
        """);

    /// <summary>A library or tool that reads files in parallel may know its disk: a suggestion.</summary>
    [Fact]
    public Task FilesInALibrary_IsSuggestion() => Suggestion("""
            public async Task RunAsync(string[] paths, string[] texts)
            {
                Parallel.[|For|](0, paths.Length, i => texts[i] = File.ReadAllText(paths[i]));
                await Task.Yield();
            }
        """);

    [Fact]
    public Task UnknownCallBesideTheNetwork_IsSuggestion() => Suggestion("""
            public void Run(string[] urls, IParser parser) => Parallel.[|ForEach|](urls, url => parser.Parse(http.GetStringAsync(url).Result));

            public interface IParser { void Parse(string text); }
        """);

    [Fact]
    public Task LimitInARequest_Reports() => Verify.Analyzer(
        """
        public sealed class PricesController(HttpClient http) : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public void Get(string[] urls) => Parallel.[|ForEach|](urls, new ParallelOptions { MaxDegreeOfParallelism = 4 }, url => http.GetStringAsync(url).Wait());
        }
        """);

    [Fact]
    public Task ThreadThatWaits_IsSuggestion() => Suggestion("""
            public void Run(string url) => new [|Thread|](() => http.GetStringAsync(url).Wait()).Start();
        """);

    // Task.Run around a wait, or around a call that waits by itself

    [Theory]
    [InlineData("await Task.[|Run|](() => http.Send(new HttpRequestMessage()));")]
    [InlineData("await Task.[|Run|](() => http.Send(new HttpRequestMessage())).ConfigureAwait(false);")]
    [InlineData("await Task.[|Run|](() => File.ReadAllText(url));")]
    [InlineData("await Task.[|Run|](() => { http.GetStringAsync(url).Wait(); });")]
    [InlineData("var text = await Task.[|Run|](() => http.GetStringAsync(url).Result);")]
    public Task TaskRunAroundABlockingCall_Reports(string statement) => Warning($$"""
            public async Task RunAsync(string url)
            {
                {{statement}}
            }
        """);

    [Theory]
    [InlineData("await Task.[|Run|](() => http.GetStringAsync(url));")]
    [InlineData("await Task.[|Run|](async () => await http.GetStringAsync(url));")]
    [InlineData("await Task.[|Run|](async () => { await http.GetStringAsync(url).ConfigureAwait(false); });")]
    public Task TaskRunAroundAnAsyncCall_Reports(string statement) => Warning($$"""
            public async Task RunAsync(string url)
            {
                {{statement}}
            }
        """, Tool);

    /// <summary>The caller of a library may have a context that it keeps free.</summary>
    [Fact]
    public Task TaskRunAroundAnAsyncCallInALibrary_IsSuggestion() => Suggestion("""
            public async Task<string> RunAsync(string url) => await Task.[|Run|](() => http.GetStringAsync(url));
        """);

    [Fact]
    public Task TaskRunAroundAVisibleBody_IsSuggestion() => Suggestion("""
            public async Task<string> RunAsync(string url) => await Task.[|Run|](() => LoadAsync(url));

            private async Task<string> LoadAsync(string url)
            {
                var text = await http.GetStringAsync(url);
                return text.Trim();
            }
        """, Tool);

    /// <summary>To extract an archive is to compute, too.</summary>
    [Fact]
    public Task TaskRunAroundAnArchive_IsSilent() => Silent("""
            public async Task RunAsync(string path) => await Task.Run(() => System.IO.Compression.ZipFile.ExtractToDirectory(path, "out"));
        """, Tool);

    /// <summary>Its first await may find the script read already: then the engine would run before the call comes back.</summary>
    [Fact]
    public Task TaskRunAroundABodyThatDoesUnseenThings_IsSilent() => Verify.Analyzer(
        Body("""
            private string? script;

            public async Task<string> RunAsync(string text) => await Task.Run(() => RenderAsync(text));

            private async Task<string> RenderAsync(string text)
            {
                script ??= await http.GetStringAsync("script");
                return new Engines.Engine(script).Run(text);
            }
        """),
        Tool with { Library = "namespace Engines { public sealed class Engine(string script) { public string Run(string text) => script + text; } }" });

    [Fact]
    public Task Message_NamesCallAndRemedy() => Verify.Analyzer(
        Body("public void Run(string[] urls) => Parallel.{|#0:ForEach|}(urls, url => http.Send(new HttpRequestMessage(HttpMethod.Get, url)));"),
        Verify.Diagnostic().WithLocation(0).WithMessage("'Parallel.ForEach' takes a thread per item only to wait for 'Send': 'Parallel.ForEachAsync' with 'SendAsync' waits without one"));

    // Threads that are there for something

    /// <summary>peers.md 41: a gatekeeper, to get out of a context before blocking.</summary>
    [Theory]
    [InlineData("_ = Task.Run(() => http.GetStringAsync(url)).Result;")]
    [InlineData("Task.Run(() => http.GetStringAsync(url)).Wait();")]
    [InlineData("Task.Run(() => http.GetStringAsync(url)).GetAwaiter().GetResult();")]
    public Task Gatekeeper_IsSilent(string statement) => Silent($$"""
            public void Run(string url)
            {
                {{statement}}
            }
        """);

    /// <summary>peers.md 43: fire and forget.</summary>
    [Theory]
    [InlineData("_ = Task.Run(() => http.GetStringAsync(url));")]
    [InlineData("Task.Run(() => File.ReadAllText(url));")]
    [InlineData("ThreadPool.QueueUserWorkItem(_ => File.ReadAllText(url));")]
    [InlineData("var started = Task.Run(() => File.ReadAllText(url)); Console.WriteLine(); await started;")]
    public Task StartedWithoutWaiting_IsSilent(string statement) => Silent($$"""
            public async Task RunAsync(string url)
            {
                {{statement}}
                await Task.Yield();
            }
        """);

    /// <summary>peers.md 74: a tool that limits itself knows what it does.</summary>
    [Theory]
    [InlineData("Parallel.ForEach(urls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, url => http.GetStringAsync(url).Wait());")]
    [InlineData("Parallel.ForEach(urls, new ParallelOptions { MaxDegreeOfParallelism = 8 }, url => Console.WriteLine(File.ReadAllText(url)));")]
    public Task LimitInATool_IsSilent(string statement) => Silent($$"""
            public void Run(string[] urls)
            {
                {{statement}}
            }
        """, Tool);

    [Theory]
    [InlineData("Parallel.ForEach(paths, path => Console.WriteLine(Rfc2898DeriveBytes.Pbkdf2(File.ReadAllText(path), new byte[16], 600_000, HashAlgorithmName.SHA256, 32)));")]
    [InlineData("Parallel.ForEach(paths, path => parser.Parse(File.ReadAllText(path)));")]
    [InlineData("Parallel.ForEach(paths, path => { foreach (var line in File.ReadAllLines(path)) parser.Parse(line); });")]
    [InlineData("Parallel.ForEach(paths, path => parser.Parse(path));")]
    [InlineData("Parallel.ForEach(paths, path => new StringReader(path).ReadToEnd());")]
    [InlineData("await Task.Run(() => parser.Parse(File.ReadAllText(paths[0])));")]
    [InlineData("await Task.Run(() => { var text = File.ReadAllText(paths[0]); parser.Parse(text); });")]
    public Task BodyThatComputes_IsSilent(string statement) => Silent($$"""
            public async Task RunAsync(string[] paths, IParser parser)
            {
                {{statement}}
                await Task.Yield();
            }

            public interface IParser { void Parse(string text); }
        """);

    [Theory]
    [InlineData("await Task.Run(() => api.LoadAsync(url));")]
    [InlineData("await Task.Run(() => http.GetStringAsync(Build(url)));")]
    [InlineData("await Task.Run(async () => { var text = await http.GetStringAsync(url); return text.Length; });")]
    [InlineData("await Task.Run(() => ParseAsync(url));")]
    [InlineData("await Task.Run(() => LoopAsync(url));")]
    [InlineData("await Task.Run(() => Task.Delay(10));")]
    public Task AsyncCallThatMayComputeFirst_IsSilent(string statement) => Silent($$"""
            public async Task RunAsync(string url, IApi api)
            {
                {{statement}}
            }

            private static string Build(string url) => url + "x";

            private async Task<string> ParseAsync(string url)
            {
                var key = Rfc2898DeriveBytes.Pbkdf2(url, new byte[16], 600_000, HashAlgorithmName.SHA256, 32);
                return await http.GetStringAsync(url + key.Length);
            }

            private async Task<string> LoopAsync(string url)
            {
                for (var i = 0; i < 1000; i++) url += i;
                return await http.GetStringAsync(url);
            }

            public interface IApi { Task<string> LoadAsync(string url); }
        """, Tool);

    /// <summary>peers.md 79: a UI keeps its thread free.</summary>
    [Theory]
    [InlineData("await Task.Run(() => File.ReadAllText(url));")]
    [InlineData("await Task.Run(() => http.GetStringAsync(url));")]
    public Task TaskRunInAUi_IsSilent(string statement) => Verify.Analyzer(
        $$"""
        public sealed class Window(HttpClient http) : System.Windows.DependencyObject
        {
            public async void Load_Click(object sender, EventArgs e)
            {
                var url = sender.ToString()!;
                {{statement}}
            }
        }

        namespace System.Windows { public class DependencyObject; }
        """);

    [Fact]
    public Task AsyncLoop_IsSilent() => Silent("""
            public Task RunAsync(string[] urls) => Parallel.ForEachAsync(urls, async (url, stop) => await http.GetStringAsync(url, stop));
        """);

    /// <summary>peers.md 73: slots of their own are safe, and nothing is waited for.</summary>
    [Fact]
    public Task SlotsWithoutIo_IsSilent() => Silent("""
            public void Run(int[] from, long[] to) => Parallel.For(0, from.Length, i => to[i] = (long)from[i] * from[i]);
        """);

    [Fact]
    public Task TestCode_IsSilent() => Silent("""
            [Xunit.Fact]
            public async Task Test() => await Task.Run(() => http.GetStringAsync("a"));
        }

        namespace Xunit { public sealed class FactAttribute : Attribute; }

        public sealed class Rest
        {
        """);

    // Fixes

    [Fact]
    public Task Fix_LoopOverABlockingCall() => Fix(
        """
            public async Task RunAsync(HttpRequestMessage[] requests, CancellationToken stop)
            {
                Parallel.[|ForEach|](requests, request =>
                {
                    using var answer = http.Send(request); // one
                    Console.WriteLine(answer.StatusCode);
                });
                await Task.Yield();
            }
        """,
        """
            public async Task RunAsync(HttpRequestMessage[] requests, CancellationToken stop)
            {
                await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (request, _) =>
                {
                    using var answer = await http.SendAsync(request, stop); // one
                    Console.WriteLine(answer.StatusCode);
                });
                await Task.Yield();
            }
        """);

    [Fact]
    public Task Fix_LoopOverTasks_KeepsOptionsAndContext() => Fix(
        """
            public async Task RunAsync(string[] urls, ParallelOptions limits)
            {
                await Task.Delay(1).ConfigureAwait(false);
                Parallel.[|ForEach|](urls, limits, (string url) => Console.WriteLine(http.GetStringAsync(url).Result.Length));
            }
        """,
        """
            public async Task RunAsync(string[] urls, ParallelOptions limits)
            {
                await Task.Delay(1).ConfigureAwait(false);
                await Parallel.ForEachAsync(urls, limits, async (string url, CancellationToken _) => Console.WriteLine((await http.GetStringAsync(url).ConfigureAwait(false)).Length)).ConfigureAwait(false);
            }
        """);

    [Fact]
    public Task Fix_TaskRunAroundABlockingCall() => Fix(
        """
            public async Task<string> RunAsync(string path, CancellationToken stop)
            {
                return await Task.[|Run|](() => File.ReadAllText(path)).ConfigureAwait(false);
            }
        """,
        """
            public async Task<string> RunAsync(string path, CancellationToken stop)
            {
                return await File.ReadAllTextAsync(path, stop).ConfigureAwait(false);
            }
        """);

    [Fact]
    public Task Fix_TaskRunAroundAWait() => Fix(
        """
            public async Task<string> RunAsync(string url) => (await Task.[|Run|](() => http.GetStringAsync(url).Result)).Trim();
        """,
        """
            public async Task<string> RunAsync(string url) => (await http.GetStringAsync(url)).Trim();
        """);

    [Fact]
    public Task Fix_TaskRunAroundAsyncCalls_InOneDocument() => Verify.CodeFix(
        Body("""
            public async Task<string> RunAsync(string url, CancellationToken stop)
            {
                var left = await Task.[|Run|](() => http.GetStringAsync(url, stop), stop);
                var right = await Task.[|Run|](async () => await http.GetStringAsync(url).ConfigureAwait(false));
                return left + right;
            }
        """),
        Body("""
            public async Task<string> RunAsync(string url, CancellationToken stop)
            {
                var left = await http.GetStringAsync(url, stop);
                var right = await http.GetStringAsync(url);
                return left + right;
            }
        """),
        Tool);

    [Theory]
    [InlineData("Parallel.[|ForEach|](urls, (url, state) => http.GetStringAsync(url).Wait());")]
    [InlineData("var done = Parallel.[|ForEach|](urls, url => http.GetStringAsync(url).Wait()); Console.WriteLine(done.IsCompleted);")]
    [InlineData("try { Parallel.[|ForEach|](urls, url => http.GetStringAsync(url).Wait()); } catch (AggregateException) { }")]
    [InlineData("Parallel.[|ForEach|](urls, url => { lock (urls) { http.GetStringAsync(url).Wait(); } });")]
    [InlineData("lock (urls) { Parallel.[|ForEach|](urls, url => http.GetStringAsync(url).Wait()); }")]
    [InlineData("Parallel.[|Invoke|](() => http.GetStringAsync(urls[0]).Wait());")]
    [InlineData("urls.AsParallel().[|ForAll|](url => http.GetStringAsync(url).Wait());")]
    [InlineData("await Task.[|Run|](/* the disk */ () => File.ReadAllText(urls[0]));")]
    [InlineData("await Task.[|Run|](() => File.ReadAllText(urls[0]), CancellationToken.None);")]
    [InlineData("await Task.[|Run|](() => { File.ReadAllText(urls[0]); File.ReadAllText(urls[1]); });")]
    public Task Shape_HasNoFix(string statement) => Verify.NoCodeFix(Body($$"""
            public async Task RunAsync(string[] urls)
            {
                {{statement}}
                await Task.Yield();
            }
        """));

    [Fact]
    public Task SynchronousMethod_HasNoFix() => Verify.NoCodeFix(Body("public void Run(string[] urls) => Parallel.[|ForEach|](urls, url => http.GetStringAsync(url).Wait());"));

    [Fact]
    public Task LibraryCall_HasAFixMarkedAsSuggestion() => Verify.CodeFix(
        Body("    public async Task<string> RunAsync(string url) => await Task.[|Run|](() => http.GetStringAsync(url));"),
        Body("    public async Task<string> RunAsync(string url) => await http.GetStringAsync(url);"),
        Info);

    private static Task Fix(string before, string after) => Verify.CodeFix(Body(before), Body(after));
}
