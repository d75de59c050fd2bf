using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Bounds;

/// <summary>Whether a gate may stand in front of a fan-out, and when it may be disposed.</summary>
public sealed class GatePlaceTests
{
    private static GatePlace Of(string members)
    {
        var compilation = CatalogueReferences.With($$"""
            using System; using System.Collections.Generic; using System.Collections.Concurrent; using System.Linq; using System.Text; using System.Threading; using System.Threading.Tasks; using Microsoft.AspNetCore.Http;
            public class C
            {
                private Task<int> F(object x) => Task.FromResult(1);
                {{members}}
            }
            """);
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var model = ProgramModel.For(compilation, new AnalyzerOptions([]));
        var body = model.SourceBodies.Of(compilation.GetTypeByMetadataName("C")!.GetMembers("M").OfType<IMethodSymbol>().Single())!;
        var whenAll = body.Frames.SelectMany(f => f.Calls).Single(c => FanOuts.IsJoin(model, c));
        return GatePlace.Of(FanOuts.Of(whenAll, ValueScope.Of(body))!);
    }

    private static GatePlace Selecting(string selector, string before = "") =>
        Of($"int count; HttpContext http = null!; async Task M(List<int> ids) {{ var n = 0; var seen = new List<int>(); var bag = new ConcurrentBag<int>(); var slots = new int[9]; {before} await Task.WhenAll(ids.Select({selector})); }}");

    [Theory]
    [InlineData("id => F(id)")]
    [InlineData("async id => { var local = new List<int>(); local.Add(id); return await F(local); }")]
    [InlineData("async id => { bag.Add(id); return await F(id); }")]
    [InlineData("async id => { slots[id] = await F(id); }")]
    [InlineData("async id => { Interlocked.Increment(ref n); return await F(id); }")]
    [InlineData("F2", "Task F2(int x) => F(x);")]
    public void NothingShared_MayWait(string selector, string before = "") => Assert.Null(Selecting(selector, before).Obstacle);

    [Theory]
    [InlineData("id => F(id + n++)")]
    [InlineData("async id => { n += await F(id); }")]
    [InlineData("async id => { n = id; await F(id); }")]
    [InlineData("async id => { count++; await F(id); }")]
    [InlineData("async id => { seen.Add(id); await F(id); }")]
    [InlineData("async id => { Change(ref n); await F(id); }", "void Change(ref int x) => x++;")]
    [InlineData("async id => { await F(http.TraceIdentifier); }")]
    public void SharedState_MayNot(string selector, string before = "") => Assert.NotNull(Selecting(selector, before).Obstacle);

    [Theory]
    [InlineData("await Task.WhenAll(ids.Select(F1));")]
    [InlineData("await Task.WhenAll(ids.Select(F1)).ConfigureAwait(false);")]
    [InlineData("Task.WhenAll(ids.Select(F1)).Wait();")]
    [InlineData("Task.WhenAll(ids.Select(F1)).GetAwaiter().GetResult();")]
    [InlineData("var tasks = ids.Select(F1).ToList(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) tasks.Add(F1(id)); await Task.WhenAll(tasks);")]
    [InlineData("if (ids.Count > 0) await Task.WhenAll(ids.Select(F1));")]
    public void JoinInPlace_MayDispose(string statements) => Assert.False(Of($"Task<int> F1(int x) => F(x); async Task M(List<int> ids) {{ {statements} await Task.Yield(); }}").OutlivesBlock);

    [Theory]
    [InlineData("var all = Task.WhenAll(ids.Select(F1)); await all;")]
    [InlineData("await Task.WhenAll(ids.Select(F1)).WaitAsync(TimeSpan.FromSeconds(1));")]
    [InlineData("await Task.WhenAny(Task.WhenAll(ids.Select(F1)), Task.Delay(1));")]
    [InlineData("var tasks = ids.Select(F1).ToList(); Console.WriteLine(); await Task.WhenAll(tasks);")]
    [InlineData("var tasks = ids.Select(F1).ToList(); if (ids.Count > 0) await Task.WhenAll(tasks);")]
    [InlineData("var tasks = new List<Task>(); foreach (var id in ids) { Console.WriteLine(); tasks.Add(F1(id)); } await Task.WhenAll(tasks);")]
    [InlineData("switch (ids.Count) { case 1: await Task.WhenAll(ids.Select(F1)); break; }")]
    public void OtherJoins_MayNotDispose(string statements) => Assert.True(Of($"Task<int> F1(int x) => F(x); async Task M(List<int> ids) {{ {statements} await Task.Yield(); }}").OutlivesBlock);

    [Fact]
    public void StoredJoin_HasNoPlace() => Assert.NotNull(Of("Task? running; void M(List<int> ids) { running = Task.WhenAll(ids.Select(id => F(id))); }").Obstacle);
}
