using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Budget.UnboundedFanOut.UnboundedFanOutAnalyzer, ExecutionModel.Analyzers.Rules.Budget.UnboundedFanOut.UnboundedFanOutCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Budget;

/// <summary>The fix of EXM301: a gate around each operation; everything else stays.</summary>
public sealed class UnboundedFanOutFixTests
{
    private static readonly TestSettings Parallel = TestSettings.Default with { CodeActionIndex = 1 };

    private static string Body(string members) => "public sealed class Sample(HttpClient http)\n{\n" + members + "\n}\n";

    private static Task Fix(string before, string after, TestSettings? settings = null) => Verify.SuggestionFix(Body(before), Body(after), settings);

    private static Task NoFix(string members) => Verify.NoCodeFix(Body(members), TestSettings.Default with { Severity = DiagnosticSeverity.Info });

    [Fact]
    public Task Fix_LambdaWithResult_GetsAGate() => Fix(
        """
            public async Task<string[]> RunAsync(List<string> urls)
            {
                var texts = await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
                return texts;
            }
        """,
        """
            public async Task<string[]> RunAsync(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                var texts = await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
                return texts;
            }
        """);

    [Fact]
    public Task Fix_WaitAll_DoesNotNeedTheThreadThatItHolds() => Fix(
        """
            public void Run(List<string> urls)
            {
                [|Task.WaitAll(urls.Select(url => http.GetStringAsync(url)).ToArray())|];
            }
        """,
        """
            public void Run(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                Task.WaitAll(urls.Select(async url =>
                {
                    await gate.WaitAsync().ConfigureAwait(false);
                    try
                    {
                        return await http.GetStringAsync(url).ConfigureAwait(false);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }).ToArray());
            }
        """);

    [Fact]
    public Task Fix_WhenEach_KeepsTheGate() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                await foreach (var done in [|Task.WhenEach(urls.Select(url => http.GetStringAsync(url)))|]) Console.WriteLine(await done);
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                var gate = new SemaphoreSlim(20);
                await foreach (var done in Task.WhenEach(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }))) Console.WriteLine(await done);
            }
        """);

    [Fact]
    public Task Fix_FanOutInsideAnother_GatesTheSum() => Fix(
        """
            public async Task RunAsync(List<List<string>> sites)
            {
                await [|Task.WhenAll(sites.SelectMany(urls => urls.Select(url => http.GetStringAsync(url))))|];
            }
        """,
        """
            public async Task RunAsync(List<List<string>> sites)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(sites.SelectMany(urls => urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                })));
            }
        """);

    [Fact]
    public Task Fix_IsNotOffered_ForAWalkOfATree() => NoFix(
        """
            public async Task RunAsync(List<string> urls) => await [|Task.WhenAll(urls.Select(async url => await RunAsync([.. (await http.GetStringAsync(url)).Split('\n')])))|];
        """);

    [Fact]
    public Task Fix_TokenAndLimit_AreTaken() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                // All of them.
                await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url, stop)))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                using var gate = new SemaphoreSlim(8);
                // All of them.
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync(stop);
                    try
                    {
                        return await http.GetStringAsync(url, stop);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """,
        TestSettings.Default with { Options = new Dictionary<string, string> { ["execution_model.max_concurrency"] = "8" } });

    [Fact]
    public Task Fix_AsyncBlockLambda_KeepsItsBodyAndConfigureAwait() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                await [|Task.WhenAll(urls.Select(async url =>
                {
                    // Fetch, then store.
                    var text = await http.GetStringAsync(url).ConfigureAwait(false);
                    if (text.Length == 0) return;

                    await File.WriteAllTextAsync(url, text).ConfigureAwait(false);
                }))|].ConfigureAwait(false);
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync().ConfigureAwait(false);
                    try
                    {
                        // Fetch, then store.
                        var text = await http.GetStringAsync(url).ConfigureAwait(false);
                        if (text.Length == 0) return;

                        await File.WriteAllTextAsync(url, text).ConfigureAwait(false);
                    }
                    finally
                    {
                        gate.Release();
                    }
                })).ConfigureAwait(false);
            }
        """);

    [Fact]
    public Task Fix_ExpressionBody_BecomesABlock() => Fix(
        """
            public async Task<string[]> RunAsync(List<string> urls) => await [|Task.WhenAll(urls.Select(async url => await http.GetStringAsync(url)))|];
        """,
        """
            public async Task<string[]> RunAsync(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                return await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_ReturnedTask_DoesNotDisposeTheGate() => Fix(
        """
            public Task<string[]> RunAsync(List<string> urls) => [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        """,
        """
            public Task<string[]> RunAsync(List<string> urls)
            {
                var gate = new SemaphoreSlim(20);
                return Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_NonAsyncBlockLambda_AwaitsWhatItReturned() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                await [|Task.WhenAll(urls.Select(url =>
                {
                    var address = new Uri(url);
                    return http.DeleteAsync(address);
                }))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        var address = new Uri(url);
                        return await http.DeleteAsync(address);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_MethodGroup_IsExpanded() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop) => await [|Task.WhenAll(urls.Select(StoreAsync))|];

            private async Task StoreAsync(string url) => await File.WriteAllTextAsync("page", await http.GetStringAsync(url));
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(urls.Select(async item =>
                {
                    await gate.WaitAsync(stop);
                    try
                    {
                        await StoreAsync(item);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }

            private async Task StoreAsync(string url) => await File.WriteAllTextAsync("page", await http.GetStringAsync(url));
        """);

    [Fact]
    public Task Fix_Query_BecomesSelect() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                var all = await [|Task.WhenAll(from url in urls select http.GetStringAsync(url))|];
                var some = await [|Task.WhenAll(from url in urls where url != "" select http.GetStringAsync(url))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                var all = await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
                using var gate2 = new SemaphoreSlim(20);
                var some = await Task.WhenAll((from url in urls where url != "" select url).Select(async url =>
                {
                    await gate2.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate2.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_LocalOfTasks_PutsTheGateAboveIt() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                var tasks = urls.Select(url => http.GetStringAsync(url)).ToList();
                await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                using var gate = new SemaphoreSlim(20);
                var tasks = urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }).ToList();
                await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_WorkBeforeTheJoin_DoesNotDisposeTheGate() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                var tasks = urls.Select(url => http.GetStringAsync(url)).ToList();
                Console.WriteLine(tasks.Count);
                await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                var gate = new SemaphoreSlim(20);
                var tasks = urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }).ToList();
                Console.WriteLine(tasks.Count);
                await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_AddInALoop_MovesTheCallIntoALocalFunction() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                var tasks = new List<Task<string>>();

                // One per address.
                foreach (var url in urls)
                {
                    tasks.Add(http.GetStringAsync(url, stop));
                }

                await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                var tasks = new List<Task<string>>();

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
                    tasks.Add(GetStringInGateAsync(url));
                }

                await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_ForLoop_EvaluatesTheIndexInItsTurn() => Fix(
        """
            public async Task RunAsync(string[] urls)
            {
                var tasks = new Task[urls.Length];
                for (var i = 0; i < urls.Length; i++) tasks[i] = http.GetStringAsync(urls[i]);
                await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public async Task RunAsync(string[] urls)
            {
                var tasks = new Task[urls.Length];
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

                for (var i = 0; i < urls.Length; i++) tasks[i] = GetStringInGateAsync(urls[i]);
                await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_TaskRunInALoop_TakesItsLambdaAlong() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                var tasks = new List<Task>();
                foreach (var url in urls)
                {
                    Console.WriteLine(url);
                    tasks.Add(Task.Run(async () => await http.GetStringAsync(url)));
                }

                await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                var tasks = new List<Task>();
                var gate = new SemaphoreSlim(20);
                async Task<string> RunInGateAsync(Func<Task<string>?> function)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await Task.Run(function);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var url in urls)
                {
                    Console.WriteLine(url);
                    tasks.Add(RunInGateAsync(async () => await http.GetStringAsync(url)));
                }

                await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_StatementWithoutBraces_GetsThem() => Fix(
        """
            public async Task RunAsync(List<string> urls, bool now)
            {
                if (now)
                    await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, bool now)
            {
                if (now)
                {
                    using var gate = new SemaphoreSlim(20);
                    await Task.WhenAll(urls.Select(async url =>
                    {
                        await gate.WaitAsync();
                        try
                        {
                            return await http.GetStringAsync(url);
                        }
                        finally
                        {
                            gate.Release();
                        }
                    }));
                }
            }
        """);

    [Fact]
    public Task Fix_SwitchSection_DoesNotDisposeTheGate() => Fix(
        """
            public async Task RunAsync(List<string> urls, int kind)
            {
                switch (kind)
                {
                    case 1:
                        await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
                        break;
                }
            }
        """,
        """
            public async Task RunAsync(List<string> urls, int kind)
            {
                switch (kind)
                {
                    case 1:
                        var gate = new SemaphoreSlim(20);
                        await Task.WhenAll(urls.Select(async url =>
                        {
                            await gate.WaitAsync();
                            try
                            {
                                return await http.GetStringAsync(url);
                            }
                            finally
                            {
                                gate.Release();
                            }
                        }));
                        break;
                }
            }
        """);

    [Fact]
    public Task Fix_NameInUse_IsNotTaken() => Fix(
        """
            public async Task RunAsync(List<string> urls, string gate)
            {
                await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(gate + url)))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, string gate)
            {
                using var gate2 = new SemaphoreSlim(20);
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate2.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(gate + url);
                    }
                    finally
                    {
                        gate2.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_BeforeCSharp8_DeclaresAPlainLocal() => Verify.SuggestionFix(
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Threading.Tasks;

        public sealed class Sample
        {
            private readonly HttpClient http = new HttpClient();

            public async Task RunAsync(List<string> urls)
            {
                await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
            }
        }
        """,
        """
        using System.Collections.Generic;
        using System.Linq;
        using System.Net.Http;
        using System.Threading.Tasks;

        public sealed class Sample
        {
            private readonly HttpClient http = new HttpClient();

            public async Task RunAsync(List<string> urls)
            {
                var gate = new System.Threading.SemaphoreSlim(20);
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        }
        """,
        TestSettings.Default with { LanguageVersion = LanguageVersion.CSharp7_3, Nullable = NullableContextOptions.Disable, ImplicitUsings = false, References = References.NetStandard20 });

    [Fact]
    public Task Fix_TopLevelStatements_StayInOrder() => Verify.CodeFix(
        """
        var http = new HttpClient();
        await [|Task.WhenAll(File.ReadLines(args[0]).Select(url => http.GetStringAsync(url)))|];
        """,
        """
        var http = new HttpClient();
        using var gate = new SemaphoreSlim(20);
        await Task.WhenAll(File.ReadLines(args[0]).Select(async url =>
        {
            await gate.WaitAsync();
            try
            {
                return await http.GetStringAsync(url);
            }
            finally
            {
                gate.Release();
            }
        }));
        """);

    [Fact]
    public Task Fix_Second_ParallelForEachAsyncForReads_UsesItsToken() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url, stop)))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await Parallel.ForEachAsync(
                    urls,
                    new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop },
                    async (url, token) => await http.GetStringAsync(url, token));
            }
        """,
        Parallel);

    [Fact]
    public Task Fix_Second_BodyThatDiscards_KeepsItsDiscards() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await [|Task.WhenAll(urls.Select(async url =>
                {
                    _ = await http.DeleteAsync(url, stop);
                }))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await Parallel.ForEachAsync(
                    urls,
                    new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop },
                    async (url, _token) =>
                    {
                        _ = await http.DeleteAsync(url, stop);
                    });
            }
        """,
        Parallel);

    [Fact]
    public Task Fix_Second_ParallelForEachAsyncForWrites_KeepsTheOuterToken() => Fix(
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await [|Task.WhenAll(urls.Select(async url =>
                {
                    using var answer = await http.DeleteAsync(url, stop);
                    answer.EnsureSuccessStatusCode();
                }))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, CancellationToken stop)
            {
                await Parallel.ForEachAsync(
                    urls,
                    new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop },
                    async (url, _) =>
                    {
                        using var answer = await http.DeleteAsync(url, stop);
                        answer.EnsureSuccessStatusCode();
                    });
            }
        """,
        Parallel);

    [Fact]
    public Task Fix_StaticLambdaWithIndex_LosesStatic() => Fix(
        """
            public static async Task RunAsync(HttpClient[] clients)
            {
                await [|Task.WhenAll(clients.Select(static (client, i) => client.GetStringAsync("part/" + i)))|];
            }
        """,
        """
            public static async Task RunAsync(HttpClient[] clients)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(clients.Select(async (client, i) =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await client.GetStringAsync("part/" + i);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        """,
        TestSettings.Default with { NewLine = "\r\n" });

    [Fact]
    public Task Fix_LocalFunctionWithExpressionBody_BecomesABlock() => Fix(
        """
            public async Task RunAsync(string[] urls)
            {
                await AllAsync(urls);

                Task AllAsync(IEnumerable<string> some) =>
                    [|Task.WhenAll(
                        some.Select(url => http.GetStringAsync(url)))|];
            }
        """,
        """
            public async Task RunAsync(string[] urls)
            {
                await AllAsync(urls);

                Task AllAsync(IEnumerable<string> some)
                {
                    var gate = new SemaphoreSlim(20);
                    return Task.WhenAll(
                        some.Select(async url =>
                        {
                            await gate.WaitAsync();
                            try
                            {
                                return await http.GetStringAsync(url);
                            }
                            finally
                            {
                                gate.Release();
                            }
                        }));
                }
            }
        """);

    [Fact]
    public Task Fix_LambdaWithExpressionBody_BecomesABlock() => Fix(
        """
            public Func<List<string>, Task<string[]>> Runner() => async urls => await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        """,
        """
            public Func<List<string>, Task<string[]>> Runner() => async urls =>
            {
                using var gate = new SemaphoreSlim(20);
                return await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            };
        """);

    [Fact]
    public Task Fix_TwoCallsPerTurn_GetAFunctionEach() => Fix(
        """
            public async Task RunAsync(List<string> urls)
            {
                var tasks = new List<Task>();
                foreach (var url in urls)
                {
                    tasks.Add(http.GetStringAsync(url));
                    tasks.Add(http.GetStringAsync(url + "/more"));
                }

                await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls)
            {
                var tasks = new List<Task>();
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

                async Task<string> GetStringInGateAsync2(string? requestUri2)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(requestUri2);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var url in urls)
                {
                    tasks.Add(GetStringInGateAsync(url));
                    tasks.Add(GetStringInGateAsync2(url + "/more"));
                }

                await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_ReceiverOfTheTurn_BecomesAParameter() => Fix(
        """
            public static async Task RunAsync(List<HttpClient> clients)
            {
                var tasks = new List<Task<string>>();
                foreach (var client in clients) tasks.Add(client.GetStringAsync("status"));
                var all = await [|Task.WhenAll(tasks)|];
            }
        """,
        """
            public static async Task RunAsync(List<HttpClient> clients)
            {
                var tasks = new List<Task<string>>();
                using var gate = new SemaphoreSlim(20);
                async Task<string> GetStringInGateAsync(HttpClient item)
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await item.GetStringAsync("status");
                    }
                    finally
                    {
                        gate.Release();
                    }
                }

                foreach (var client in clients) tasks.Add(GetStringInGateAsync(client));
                var all = await Task.WhenAll(tasks);
            }
        """);

    [Fact]
    public Task Fix_BothFansOutOfOneMethod_AreGated() => Fix(
        """
            public async Task RunAsync(List<string> urls, List<string> more)
            {
                await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];

                await [|Task.WhenAll(more.Select(url => http.GetStringAsync(url)))|];
            }
        """,
        """
            public async Task RunAsync(List<string> urls, List<string> more)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(urls.Select(async url =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));

                using var gate2 = new SemaphoreSlim(20);
                await Task.WhenAll(more.Select(async url =>
                {
                    await gate2.WaitAsync();
                    try
                    {
                        return await http.GetStringAsync(url);
                    }
                    finally
                    {
                        gate2.Release();
                    }
                }));
            }
        """);

    [Fact]
    public Task Fix_Second_MethodGroup() => Fix(
        """
            public async Task RunAsync(List<string> urls) => await [|Task.WhenAll(urls.Select(http.GetStringAsync))|];
        """,
        """
            public async Task RunAsync(List<string> urls) => await Parallel.ForEachAsync(
                urls,
                new ParallelOptions { MaxDegreeOfParallelism = 20 },
                async (item, _) => await http.GetStringAsync(item));
        """,
        Parallel);

    [Fact]
    public Task Fix_IsNotOffered_WhereDirectivesStandInTheLambda() => NoFix("""
        public async Task RunAsync(List<string> urls)
        {
            await [|Task.WhenAll(urls.Select(async url =>
            {
        #if DEBUG
                Console.WriteLine(url);
        #endif
                await http.GetStringAsync(url);
            }))|];
        }
        """);

    [Fact]
    public Task Fix_IsNotOffered_WhereAnArgumentIsByReference() => NoFix("""
        private Task<string> GetAsync(in int n, string url) => http.GetStringAsync(url + n);
        public async Task RunAsync(List<string> urls)
        {
            var tasks = new List<Task>();
            var n = 3;
            foreach (var url in urls) tasks.Add(GetAsync(in n, url));
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task Fix_IsNotOffered_ForAChainOfCallsInALoop() => NoFix("""
        public async Task RunAsync(List<string> urls)
        {
            var tasks = new List<Task>();
            foreach (var url in urls) tasks.Add(http.GetStringAsync(url).ContinueWith(t => Console.WriteLine(t.Result)));
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task Fix_IsNotOffered_ForAnonymousTypesInALoop() => NoFix("""
        private async Task SendAsync<T>(T body) => await http.PostAsync("x", new StringContent(body!.ToString()!));
        public async Task RunAsync(List<string> urls)
        {
            var tasks = new List<Task>();
            foreach (var url in urls) tasks.Add(SendAsync(new { url }));
            await [|Task.WhenAll(tasks)|];
        }
        """);

    [Fact]
    public Task Fix_IsNotOffered_WhereOperationsAddToASharedListBeforeTheirFirstWait() => NoFix("""
        public async Task RunAsync(List<string> urls)
        {
            var seen = new List<string>();
            await [|Task.WhenAll(urls.Select(async url =>
            {
                seen.Add(url);
                await http.GetStringAsync(url);
            }))|];
        }
        """);

    [Fact]
    public Task Fix_IsNotOffered_WhereOperationsCountInASharedLocal() => NoFix("""
        public async Task RunAsync(List<string> urls)
        {
            var n = 0;
            await [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url + n++)))|];
        }
        """);

    [Fact]
    public Task Fix_IsNotOffered_WhereTheTaskIsStored() => NoFix("""
        private Task? running;
        public void Run(List<string> urls) => running = [|Task.WhenAll(urls.Select(url => http.GetStringAsync(url)))|];
        """);

    [Fact]
    public Task Fix_IsNotOffered_WhereAnArgumentIsAwaitedInTheLoop() => NoFix("""
        public async Task RunAsync(List<string> urls)
        {
            var tasks = new List<Task>();
            foreach (var url in urls) tasks.Add(http.PostAsync(url, new StringContent(await http.GetStringAsync(url))));
            await [|Task.WhenAll(tasks)|];
        }
        """);
}
