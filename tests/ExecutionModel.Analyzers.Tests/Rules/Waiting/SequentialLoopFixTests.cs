using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis.CSharp;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop.SequentialLoopAnalyzer, ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop.SequentialLoopCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>EXM102's fix, one test per item of the checklist that concerns loops.</summary>
public sealed class SequentialLoopFixTests
{
    private static Task Fix(string before, string after, TestSettings? settings = null) => Verify.CodeFix(LoopSource.In(before), LoopSource.In(after), settings);

    [Fact]
    public Task Fix_ListOfResponses_GathersInOrder() => Fix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        }
        return list.Count;
        """, """
        var list = new List<string>();
        using var gate2 = new SemaphoreSlim(20);
        var results = await Task.WhenAll(ids.Select(async id =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                return await http.GetStringAsync($"users/{id}", stop);
            }
            finally
            {
                gate2.Release();
            }
        }));
        foreach (var result in results)
        {
            list.Add(result);
        }
        return list.Count;
        """);

    [Fact]
    public Task Fix_ItemUsedAfterTheCall_IsHandedOn() => Fix("""
        var prices = new Dictionary<string, string>();
        // all of them
        foreach (var id in ids)
        {
            // ask
            var price = [|await http.GetStringAsync($"prices/{id}", stop)|];
            // keep
            prices[id] = price; // last wins
        }

        return prices.Count;
        """, """
        var prices = new Dictionary<string, string>();
        // all of them
        using var gate2 = new SemaphoreSlim(20);
        var prices2 = await Task.WhenAll(ids.Select(async id =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                // ask
                return (id, await http.GetStringAsync($"prices/{id}", stop));
            }
            finally
            {
                gate2.Release();
            }
        }));
        foreach (var (id, price) in prices2)
        {
            // keep
            prices[id] = price; // last wins
        }

        return prices.Count;
        """);

    [Fact]
    public Task Fix_NothingUsed_RunsTurnsInParallel() => Fix("""
        foreach (var id in ids)
        {
            if (id == "") continue;
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            log.LogInformation("{Length}", text.Length);
        }
        return 0;
        """, """
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (id, token) =>
        {
            if (id == "") return;
            var text = await http.GetStringAsync($"users/{id}", token);
            log.LogInformation("{Length}", text.Length);
        });
        return 0;
        """);

    /// <summary>An argument's name stays, and so does a lambda's parameter of that name.</summary>
    [Fact]
    public Task Fix_TokenWithTheNameOfAnArgument_RenamesTheValueOnly()
    {
        static string Source(string loop) => $$"""
            public sealed class Warmup(HttpClient http)
            {
                public async Task RunAsync(List<string> urls, CancellationToken cancellationToken)
                {
                    {{loop}}
                }
            }
            """;
        return Verify.CodeFix(
            Source("""
            foreach (var url in urls)
                    {
                        var text = [|await http.GetStringAsync(url, cancellationToken: cancellationToken)|];
                        Func<CancellationToken, bool> ask = cancellationToken => cancellationToken.CanBeCanceled;
                    }
            """),
            Source("""
            await Parallel.ForEachAsync(urls, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = cancellationToken }, async (url, token) =>
                    {
                        var text = await http.GetStringAsync(url, cancellationToken: token);
                        Func<CancellationToken, bool> ask = cancellationToken => cancellationToken.CanBeCanceled;
                    });
            """));
    }

    private static Task NoFix(string body, TestSettings? settings = null) => Verify.NoCodeFix(LoopSource.In(body), settings);

    private static string Gathered(string source, string value, string item = "id") => $$"""
        using var gate2 = new SemaphoreSlim(20);
        var results = await Task.WhenAll({{source}}.Select(async {{item}} =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                return {{value}};
            }
            finally
            {
                gate2.Release();
            }
        }));
        """;

    [Fact] // 37, sums of floating-point numbers keep their order
    public Task Fix_Sum_AddsInOrder() => Fix("""
        var sum = 0.0;
        foreach (var id in ids)
            sum += [|await http.GetFromJsonAsync<double>($"prices/{id}", stop)|];
        return (int)sum;
        """, $$"""
        var sum = 0.0;
        {{Gathered("ids", "await http.GetFromJsonAsync<double>($\"prices/{id}\", stop)")}}
        foreach (var result in results)
            sum += result;
        return (int)sum;
        """);

    [Fact] // 39 and row 4
    public Task Fix_ArrayStoreByIndex_HandsTheIndexOn() => Fix("""
        var prices = new string[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            prices[i] = [|await http.GetStringAsync($"prices/{ids[i]}", stop)|];
        }
        return prices.Length;
        """, $$"""
        var prices = new string[ids.Length];
        {{Gathered("Enumerable.Range(0, ids.Length)", "(i, await http.GetStringAsync($\"prices/{ids[i]}\", stop))", "i")}}
        foreach (var (i, result) in results)
        {
            prices[i] = result;
        }
        return prices.Length;
        """);

    [Fact] // row 10: a number that may be negative
    public Task Fix_Pages_CountFromOne() => Verify.SuggestionFix(LoopSource.In("""
        var total = int.Parse(await http.GetStringAsync("total", stop));
        var all = new List<string>();
        for (var page = 1; page <= total; page++) all.Add([|await http.GetStringAsync($"rows?page={page}", stop)|]);
        return all.Count;
        """), LoopSource.In($$"""
        var total = int.Parse(await http.GetStringAsync("total", stop));
        var all = new List<string>();
        {{Gathered("Enumerable.Range(1, Math.Max(0, total))", "await http.GetStringAsync($\"rows?page={page}\", stop)", "page")}}
        foreach (var result in results) all.Add(result);
        return all.Count;
        """));

    [Fact] // 40
    public Task Fix_LeadingContinue_BecomesAFilter() => Fix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            if (id.Length == 0) continue;
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            if (text.Length == 0) continue;
            list.Add(text);
        }
        return list.Count;
        """, """
        var list = new List<string>();
        using var gate2 = new SemaphoreSlim(20);
        var texts = await Task.WhenAll(ids.Where(id => !(id.Length == 0)).Select(async id =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                return await http.GetStringAsync($"users/{id}", stop);
            }
            finally
            {
                gate2.Release();
            }
        }));
        foreach (var text in texts)
        {
            if (text.Length == 0) continue;
            list.Add(text);
        }
        return list.Count;
        """);

    [Fact] // row 28: the chain is one lambda
    public Task Fix_Chain_StaysTogether() => Fix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            using var response = [|await http.GetAsync($"users/{id}", stop)|];
            response.EnsureSuccessStatusCode();
            var text = await response.Content.ReadAsStringAsync(stop);

            list.Add(text);
        }
        return list.Count;
        """, """
        var list = new List<string>();
        using var gate2 = new SemaphoreSlim(20);
        var texts = await Task.WhenAll(ids.Select(async id =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                using var response = await http.GetAsync($"users/{id}", stop);
                response.EnsureSuccessStatusCode();
                return await response.Content.ReadAsStringAsync(stop);
            }
            finally
            {
                gate2.Release();
            }
        }));
        foreach (var text in texts)
        {
            list.Add(text);
        }
        return list.Count;
        """);

    [Fact] // row 24
    public Task Fix_FewLiterals_NeedNoGate() => Verify.SuggestionFix(LoopSource.In("""
        var list = new List<string>();
        foreach (var region in new[] { "north", "south" })
        {
            list.Add([|await http.GetStringAsync($"regions/{region}", stop)|]);
        }
        return list.Count;
        """), LoopSource.In("""
        var list = new List<string>();
        var results = await Task.WhenAll(new[] { "north", "south" }.Select(async region => await http.GetStringAsync($"regions/{region}", stop)));
        foreach (var result in results)
        {
            list.Add(result);
        }
        return list.Count;
        """));

    [Fact]
    public Task Fix_PairTakenApart_IsTakenApartInside() => Fix("""
        var texts = new Dictionary<string, string>();
        foreach (var (key, value) in counts)
        {
            texts[key] = [|await http.GetStringAsync($"values/{value}", stop)|];
        }
        return texts.Count;
        """, """
        var texts = new Dictionary<string, string>();
        using var gate2 = new SemaphoreSlim(20);
        var results = await Task.WhenAll(counts.Select(async item =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                var (key, value) = item;
                return (key, await http.GetStringAsync($"values/{value}", stop));
            }
            finally
            {
                gate2.Release();
            }
        }));
        foreach (var (key, result) in results)
        {
            texts[key] = result;
        }
        return texts.Count;
        """);

    [Fact] // 5: ConfigureAwait
    public Task Fix_ConfigureAwait_StaysEverywhere() => Fix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            list.Add([|await http.GetStringAsync($"users/{id}", stop).ConfigureAwait(false)|]);
        }
        return list.Count;
        """, """
        var list = new List<string>();
        using var gate2 = new SemaphoreSlim(20);
        var results = await Task.WhenAll(ids.Select(async id =>
        {
            await gate2.WaitAsync(stop).ConfigureAwait(false);
            try
            {
                return await http.GetStringAsync($"users/{id}", stop).ConfigureAwait(false);
            }
            finally
            {
                gate2.Release();
            }
        })).ConfigureAwait(false);
        foreach (var result in results)
        {
            list.Add(result);
        }
        return list.Count;
        """);

    [Fact] // 21: own error handling, nothing left behind
    public Task Fix_OwnErrorHandling_RunsTurnsInParallel() => Fix("""
        foreach (var id in ids)
        {
            try
            {
                var text = [|await http.GetStringAsync($"users/{id}", stop)|];
                log.LogInformation("{Length}", text.Length);
            }
            catch (HttpRequestException fault)
            {
                log.LogWarning(fault, "{Id}", id); // and on
            }
        }
        return 0;
        """, """
        await Parallel.ForEachAsync(ids, new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (id, token) =>
        {
            try
            {
                var text = await http.GetStringAsync($"users/{id}", token);
                log.LogInformation("{Length}", text.Length);
            }
            catch (HttpRequestException fault)
            {
                log.LogWarning(fault, "{Id}", id); // and on
            }
        });
        return 0;
        """);

    [Fact] // row 19 and 42: the wrappers of the stream are the loop's now
    public Task Fix_AsyncStream_RunsTurnsInParallel() => Verify.SuggestionFix(LoopSource.In("""
        await foreach (var id in StreamAsync().WithCancellation(stop))
        {
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            log.LogInformation("{Length}", text.Length);
        }
        return 0;
        """), LoopSource.In("""
        await Parallel.ForEachAsync(StreamAsync(), new ParallelOptions { MaxDegreeOfParallelism = 20, CancellationToken = stop }, async (id, token) =>
        {
            var text = await http.GetStringAsync($"users/{id}", token);
            log.LogInformation("{Length}", text.Length);
        });
        return 0;
        """));

    [Fact] // row 29: the context is kept
    public Task Fix_UiCode_KeepsTheContext() => Verify.CodeFix("""
        namespace System.Windows { public class DependencyObject; }
        class Main(HttpClient http) : System.Windows.DependencyObject
        {
            public async Task Check_Click(string[] ids)
            {
                foreach (var id in ids)
                {
                    if (id == "") continue;
                    _ = [|await http.GetStringAsync(id)|];
                }
            }
        }
        """, """
        namespace System.Windows { public class DependencyObject; }
        class Main(HttpClient http) : System.Windows.DependencyObject
        {
            public async Task Check_Click(string[] ids)
            {
                using var gate = new SemaphoreSlim(20);
                await Task.WhenAll(ids.Select(async id =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        if (id == "") return;
                        _ = await http.GetStringAsync(id);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        }
        """);

    [Fact] // 17: a loop that stands without braces
    public Task Fix_LoopUnderAnIf_GetsBraces() => Fix("""
        var list = new List<string>();
        if (ids.Length > 0)
            foreach (var id in ids) list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        return list.Count;
        """, """
        var list = new List<string>();
        if (ids.Length > 0)
        {
            using var gate2 = new SemaphoreSlim(20);
            var results = await Task.WhenAll(ids.Select(async id =>
            {
                await gate2.WaitAsync(stop);
                try
                {
                    return await http.GetStringAsync($"users/{id}", stop);
                }
                finally
                {
                    gate2.Release();
                }
            }));
            foreach (var result in results) list.Add(result);
        }
        return list.Count;
        """);

    [Fact] // 41: a lazy source is enumerated once
    public Task Fix_LazySource_IsEnumeratedOnce() => Fix("""
        var list = new List<string>();
        foreach (var id in ids.Where(i => i != "").Distinct())
        {
            list.Add(id + [|await http.GetStringAsync($"users/{id}", stop)|]);
        }
        return list.Count;
        """, $$"""
        var list = new List<string>();
        {{Gathered("ids.Where(i => i != \"\").Distinct()", "(id, await http.GetStringAsync($\"users/{id}\", stop))")}}
        foreach (var (id, result) in results)
        {
            list.Add(id + result);
        }
        return list.Count;
        """);

    [Fact] // a query is enumerated, not translated
    public Task Fix_QuerySource_IsEnumerated() => Fix("""
        var list = new List<string>();
        foreach (var user in db.Users.Where(u => u.Id > 3))
        {
            list.Add([|await http.GetStringAsync($"users/{user.Id}", stop)|]);
        }
        return list.Count;
        """, $$"""
        var list = new List<string>();
        {{Gathered("db.Users.Where(u => u.Id > 3).AsEnumerable()", "await http.GetStringAsync($\"users/{user.Id}\", stop)", "user")}}
        foreach (var result in results)
        {
            list.Add(result);
        }
        return list.Count;
        """);

    [Fact] // 33: two loops, one FixAll
    public Task Fix_TwoLoops_GetNamesOfTheirOwn() => Fix("""
        var list = new List<string>();
        foreach (var id in ids) list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        foreach (var id in ids) list.Add([|await http.GetStringAsync($"teams/{id}", stop)|]);
        return list.Count;
        """, """
        var list = new List<string>();
        using var gate2 = new SemaphoreSlim(20);
        var results = await Task.WhenAll(ids.Select(async id =>
        {
            await gate2.WaitAsync(stop);
            try
            {
                return await http.GetStringAsync($"users/{id}", stop);
            }
            finally
            {
                gate2.Release();
            }
        }));
        foreach (var result in results) list.Add(result);
        using var gate3 = new SemaphoreSlim(20);
        var results2 = await Task.WhenAll(ids.Select(async id =>
        {
            await gate3.WaitAsync(stop);
            try
            {
                return await http.GetStringAsync($"teams/{id}", stop);
            }
            finally
            {
                gate3.Release();
            }
        }));
        foreach (var result2 in results2) list.Add(result2);
        return list.Count;
        """);

    [Fact] // 21 with a result that is stored: the region can't be cut
    public Task Fix_StoreInsideTry_IsNotOffered() => NoFix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            try { list.Add([|await http.GetStringAsync($"users/{id}", stop)|]); }
            catch (HttpRequestException fault) { log.LogWarning(fault, "{Id}", id); }
        }
        return list.Count;
        """);

    [Fact] // what was done before the fault can be seen
    public Task Fix_SwallowedAround_IsNotOffered() => Verify.NoCodeFix(LoopSource.In("""
        var list = new List<string>();
        try
        {
            foreach (var id in ids) list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        }
        catch (HttpRequestException) { }
        return list.Count;
        """), TestSettings.Default with { Severity = Microsoft.CodeAnalysis.DiagnosticSeverity.Info });

    [Fact] // 44
    public Task Fix_HttpContextInTheTurn_IsNotOffered() => Verify.NoCodeFix("""
        using Microsoft.AspNetCore.Http;
        class C(HttpClient http)
        {
            public async Task<int> M(string[] ids, HttpContext context)
            {
                var list = new List<string>();
                foreach (var id in ids) list.Add([|await http.GetStringAsync(context.Request.Path + id)|]);
                return list.Count;
            }
        }
        """);

    [Fact] // 45
    public Task Fix_ThisOfAStruct_IsNotOffered() => Verify.NoCodeFix("""
        struct S(HttpClient http, string root)
        {
            private readonly HttpClient http = http;
            private readonly string root = root;
            public async Task<int> M(string[] ids)
            {
                var list = new List<string>();
                foreach (var id in ids) list.Add([|await http.GetStringAsync(root + id)|]);
                return list.Count;
            }
        }
        """);

    [Fact] // 25
    public Task Fix_DirectiveInside_IsNotOffered() => NoFix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
        #region ask
            list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        #endregion
        }
        return list.Count;
        """);

    [Fact] // the second part would write what it was handed
    public Task Fix_HandedValueIsWritten_IsNotOffered() => NoFix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            var text = [|await http.GetStringAsync($"users/{id}", stop)|];
            text += ";";
            list.Add(text);
        }
        return list.Count;
        """);

    [Fact] // below .NET 6 whole turns run behind a gate
    public Task Fix_NetStandard_UsesAGate() => Verify.CodeFix("""
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            private readonly HttpClient http = new HttpClient();
            public async Task M(string[] ids)
            {
                foreach (var id in ids)
                {
                    _ = [|await http.GetStringAsync(id)|];
                }
            }
        }
        """, """
        using System.Linq;
        using System.Net.Http;
        using System.Threading;
        using System.Threading.Tasks;
        class C
        {
            private readonly HttpClient http = new HttpClient();
            public async Task M(string[] ids)
            {
                var gate = new SemaphoreSlim(20);
                await Task.WhenAll(ids.Select(async id =>
                {
                    await gate.WaitAsync();
                    try
                    {
                        _ = await http.GetStringAsync(id);
                    }
                    finally
                    {
                        gate.Release();
                    }
                }));
            }
        }
        """, TestSettings.Default with { References = References.NetStandard20, LanguageVersion = LanguageVersion.CSharp7_3, Nullable = Microsoft.CodeAnalysis.NullableContextOptions.Disable, ImplicitUsings = false });

    [Fact] // line ends of the file
    public Task Fix_WindowsLineEnds_Stay() => Fix("""
        var list = new List<string>();
        foreach (var id in ids)
        {
            list.Add([|await http.GetStringAsync($"users/{id}", stop)|]);
        }
        return list.Count;
        """, $$"""
        var list = new List<string>();
        {{Gathered("ids", "await http.GetStringAsync($\"users/{id}\", stop)")}}
        foreach (var result in results)
        {
            list.Add(result);
        }
        return list.Count;
        """, TestSettings.Default with { NewLine = "\r\n" });
}
