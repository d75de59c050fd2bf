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
}
