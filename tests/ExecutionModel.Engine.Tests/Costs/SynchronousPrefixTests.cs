using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Costs;

namespace ExecutionModel.Engine.Tests.Costs;

/// <summary>What <c>C.M</c> computes before it first waits, at a threshold of 10 ms.</summary>
public sealed class SynchronousPrefixTests
{
    private const string Work = """
            static long Heavy() { long s = 0; for (var i = 0; i < 100_000_000; i++) s += i; return s; }
            static Task<long> ReadyAsync() => Task.FromResult(1L);
            static async Task<long> LaterAsync() { await Task.Delay(1); return 1; }
            static async Task<long> HeavyAsync() { var s = Heavy(); await Task.Delay(1); return s; }
        """;

    private static (SynchronousPrefix Prefix, Confidence Confidence) Of(string member)
    {
        var program = TestProgram.Of($"class C\n{{\n{Work}\n{member}\n}}\n");
        var prefix = program.Model.Costs.Prefixes.Of(program.Method("C", "M"));
        return (prefix, prefix.Cost.Judge(1e7).Confidence);
    }

    [Theory]
    [InlineData("async Task<long> M() { var s = Heavy(); await Task.Delay(1); return s; }")]
    [InlineData("async Task<long> M() { await Task.CompletedTask; var s = Heavy(); await Task.Delay(1); return s; }")]
    [InlineData("async Task<long> M() { await ReadyAsync().ConfigureAwait(false); var s = Heavy(); return await LaterAsync() + s; }")]
    [InlineData("async Task<long> M() => await HeavyAsync();")]
    [InlineData("Task<long> M() => HeavyAsync();")]
    [InlineData("Task<long> M() { var s = HeavyAsync(); return s; }")]
    [InlineData("async Task M() { await Task.Delay((int)Heavy()); }")]
    [InlineData("async Task M() { using var s = new MemoryStream(); try { Heavy(); await s.FlushAsync(); } finally { } }")]
    [InlineData("async Task<long> M(string t) { if (t.Length == 0) return 0; var s = Heavy(); await Task.Delay(1); return s; }")]
    [InlineData("async Task<long> M(string t) { if (t == null) throw new Exception(); var s = Heavy(); await Task.Delay(1); return s; }")]
    [InlineData("async Task<long> M(string t) { if (t.Length == 0) { await Task.Delay(1); return 0; } var s = Heavy(); await Task.Delay(1); return s; }")]
    public void WorkInFrontOfAWait_Counts(string member)
    {
        var (prefix, confidence) = Of(member);
        Assert.Equal((Confidence.Certain, false), (confidence, prefix.Completes));
    }

    [Theory]
    [InlineData("async Task<long> M() { await Task.Delay(1); return Heavy(); }")]
    [InlineData("async Task<long> M() { await Task.Yield(); return Heavy(); }")]
    [InlineData("async Task<long> M() => await LaterAsync() + Heavy();")]
    [InlineData("async Task<long> M(Task t) { await t; return Heavy(); }")]
    [InlineData("async Task<long> M() => await Task.Run(() => Heavy());")]
    [InlineData("Task<long> M() => Task.Run(Heavy);")]
    [InlineData("async Task<long> M(int n) { if (n > 0) await Task.Delay(1); return Heavy(); }")]
    [InlineData("async Task<long> M(int n) { while (n-- > 0) await Task.Delay(1); return Heavy(); }")]
    [InlineData("async Task<long> M(int[] n) { foreach (var i in n) await Task.Delay(i); return Heavy(); }")]
    [InlineData("async Task<long> M(IAsyncEnumerable<int> n) { await foreach (var i in n) { } return Heavy(); }")]
    [InlineData("async Task<long> M(int n) { switch (n) { case 1: await Task.Delay(1); break; } return Heavy(); }")]
    [InlineData("async Task<long> M(int n) { var s = n > 0 ? await LaterAsync() : 0; return s + Heavy(); }")]
    public void WorkBehindAWait_DoesNotCount(string member) => Assert.Equal(Confidence.Unknown, Of(member).Confidence);

    [Theory]
    [InlineData("async Task<long> M(bool b) { var s = b ? Heavy() : 0; await Task.Delay(1); return s; }")]
    [InlineData("async Task<long> M(long known) { if (Known(out var k)) return k; var s = Heavy(); await Task.Delay(1); return s; } bool Known(out long k) { k = 0; return false; }")]
    public void WorkOnOnePath_IsLikely(string member) => Assert.Equal(Confidence.Likely, Of(member).Confidence);

    [Theory]
    [InlineData("async Task<long> M() => Heavy();")]
    [InlineData("Task<long> M() => Task.FromResult(Heavy());")]
    [InlineData("ValueTask<long> M() => new(Heavy());")]
    [InlineData("Task M() { Heavy(); return Task.CompletedTask; }")]
    [InlineData("async Task<long> M() { await Task.CompletedTask; return await ReadyAsync() + Heavy(); }")]
    [InlineData("Task<long> M(bool b) { var s = Heavy(); return b ? Task.FromResult(s) : ReadyAsync(); }")]
    public void WhatNeverWaits_Completes(string member)
    {
        var (prefix, confidence) = Of(member);
        Assert.Equal((Confidence.Certain, true), (confidence, prefix.Completes));
    }

    [Theory]
    [InlineData("Task<long> M(bool b) { var s = Heavy(); return b ? Task.FromResult(s) : LaterAsync(); }")]
    [InlineData("ValueTask<long> M() { Heavy(); return new(LaterAsync()); }")]
    [InlineData("async Task M() { Heavy(); await using var s = new MemoryStream(); }")]
    public void WhatMayWait_DoesNotComplete(string member) => Assert.False(Of(member).Prefix.Completes);

    [Fact]
    public void RecursionOfOperations_Ends() => Assert.Equal(Confidence.Unknown, Of("async Task<long> M() => await M();").Confidence);
}
