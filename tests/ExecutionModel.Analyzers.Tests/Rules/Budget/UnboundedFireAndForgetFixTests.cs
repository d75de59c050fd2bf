using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedFireAndForget.UnboundedFireAndForgetAnalyzer, ExecutionModel.Analyzers.Rules.Budget.UnboundedFireAndForget.UnboundedFireAndForgetCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>The fix of EXM302: the tasks are kept, pass a gate and are waited for behind the loop.</summary>
public sealed class UnboundedFireAndForgetFixTests
{
    private static string Body(string members) => "public sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n";

    private static Task Fix(string before, string after) => Verify.SuggestionFix(Body(before), Body(after));

    private static Task NoFix(string members) => Verify.NoCodeFix(Body(members), TestSettings.Default with { Severity = DiagnosticSeverity.Info });

    [Fact]
    public Task Fix_ForEach() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await Task.Yield();

                // One per address.
                foreach (var url in urls)
                {
                    _ = http.[|GetStringAsync|](url, stop); // not waited for
                }

                Console.WriteLine(urls.Count);
            }
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await Task.Yield();

                var started = new List<Task>();
                using var gate = new SemaphoreSlim(20);
                async Task<string> GetStringInGateAsync(string? requestUri)
                {
                    await gate.WaitAsync(stop);
                    try
                    {
                        return await http.GetStringAsync(requestUri, stop);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                // One per address.
                foreach (var url in urls)
                {
                    started.Add(GetStringInGateAsync(url)); // not waited for
                }

                await Task.WhenAll(started);

                Console.WriteLine(urls.Count);
            }
        """);

    [Fact]
    public Task Fix_PlainStatementWithoutBraces() => Verify.CodeFix(
        "using System.Data;\n" + Body("""
            public async Task RunAsync(string path, int started)
            {
                var lines = await File.ReadAllLinesAsync(path).ConfigureAwait(false);
                foreach (var line in lines) _ = http.[|GetStringAsync|](line);
            }
        """),
        "using System.Data;\n" + Body("""
            public async Task RunAsync(string path, int started)
            {
                var lines = await File.ReadAllLinesAsync(path).ConfigureAwait(false);
                var started2 = new List<Task>();
                using var gate = new SemaphoreSlim(20);
                async Task<string> GetStringInGateAsync(string? requestUri)
                {
                    await gate.WaitAsync().ConfigureAwait(false);
                    try
                    {
                        return await http.GetStringAsync(requestUri).ConfigureAwait(false);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var line in lines) started2.Add(GetStringInGateAsync(line));

                await Task.WhenAll(started2).ConfigureAwait(false);
            }
        """));

    [Fact]
    public Task Fix_TwoStartsShareTheGate() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                await Task.Yield();
                foreach (var url in urls)
                {
                    Console.WriteLine(url);
                    _ = http.[|GetStringAsync|](url);
                    _ = http.PostAsync(url, null);
                }
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                await Task.Yield();
                var started = new List<Task>();
                var gate = new SemaphoreSlim(20);
                async Task<string> GetStringInGateAsync(string? requestUri)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(requestUri);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                async Task<HttpResponseMessage> PostInGateAsync(string? requestUri2)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.PostAsync(requestUri2, null);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var url in urls)
                {
                    Console.WriteLine(url);
                    started.Add(GetStringInGateAsync(url));
                    started.Add(PostInGateAsync(url));
                }

                await Task.WhenAll(started);
            }
        """);

    [Fact]
    public Task Fix_TwoLoops_FixAll() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                await Task.Yield();
                foreach (var url in urls) _ = http.[|GetStringAsync|](url);
            }

            public async Task AgainAsync(List<string> urls)
            {
                await Task.Yield();
                for (var i = 0; i < urls.Count; i++) _ = http.[|GetStringAsync|](urls[i]);
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                await Task.Yield();
                var started = new List<Task>();
                using var gate = new SemaphoreSlim(20);
                async Task<string> GetStringInGateAsync(string? requestUri)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(requestUri);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var url in urls) started.Add(GetStringInGateAsync(url));

                await Task.WhenAll(started);
            }

            public async Task AgainAsync(List<string> urls)
            {
                await Task.Yield();
                var started = new List<Task>();
                using var gate = new SemaphoreSlim(20);
                async Task<string> GetStringInGateAsync(string? requestUri)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(requestUri);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                for (var i = 0; i < urls.Count; i++) started.Add(GetStringInGateAsync(urls[i]));

                await Task.WhenAll(started);
            }
        """);

    [Fact]
    public Task Title_SaysThatTheMethodWaits() => Verify.SuggestionFix(
        Body("""
            public async Task RunAsync(List<string> urls)
            {
                await Task.Yield();
                foreach (var url in urls) _ = http.[|DeleteAsync|](url);
            }
        """),
        Body("""
            public async Task RunAsync(List<string> urls)
            {
                await Task.Yield();
                var started = new List<Task>();
                using var gate = new SemaphoreSlim(4);
                async Task<HttpResponseMessage> DeleteInGateAsync(string? requestUri)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.DeleteAsync(requestUri);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var url in urls) started.Add(DeleteInGateAsync(url));

                await Task.WhenAll(started);
            }
        """),
        TestSettings.Default with { CodeActionTitle = "Wait for all of them, 4 at a time: SemaphoreSlim gate, faults are thrown here", Options = new Dictionary<string, string> { ["execution_model.max_concurrency"] = "4" } });

    [Theory]
    [InlineData("public void Run(List<string> urls) { foreach (var url in urls) _ = http.[|GetStringAsync|](url); }")]
    [InlineData("public async Task RunAsync(List<string> urls) { await Task.Yield(); urls.ForEach(url => _ = http.[|GetStringAsync|](url)); }")]
    [InlineData("public async Task RunAsync(List<string> urls) { await Task.Yield(); foreach (var url in urls) _ = http.[|GetStringAsync|](url).ContinueWith(t => Console.WriteLine(t.Exception)); }")]
    [InlineData("public async Task RunAsync(List<string> urls) { await Task.Yield(); foreach (var url in urls) { if (url.Length == 0) return; _ = http.[|GetStringAsync|](url); } }")]
    [InlineData("private int sent; public int Sent => sent; public async Task RunAsync(List<string> urls) { await Task.Yield(); foreach (var url in urls) _ = Task.[|Run|](async () => { sent++; await http.GetStringAsync(url); }); }")]
    [InlineData("public async Task RunAsync(List<string> urls) { await Task.Yield(); lock (urls) { foreach (var url in urls) _ = http.[|GetStringAsync|](url); } }")]
    public Task NoFix_WhereTheMethodCanNotWait(string member) => NoFix(member);
}
