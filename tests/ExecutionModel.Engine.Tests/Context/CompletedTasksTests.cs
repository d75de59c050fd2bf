using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Context;

/// <summary>Whether the last <c>Result</c> of a method asks a task that is known to be done.</summary>
public sealed class CompletedTasksTests
{
    private static string? Reason(string statements)
    {
        var compilation = CatalogueReferences.With($$"""
            using System; using System.Collections.Generic; using System.Diagnostics; using System.Linq; using System.Threading; using System.Threading.Tasks;
            public class Order { public Task<int> Total = Task.Run(() => 1); public Task<int> Tax { get; set; } = Task.Run(() => 1); }
            public class C
            {
                private Task<int> running = Task.Run(() => 1);
                private Task<int> F(int x = 0) => Task.Run(() => x);
                private void Set(ref Task<int> x) { }
                private bool Try(out Task<int> x) { x = F(); return true; }
                async Task M(List<int> ids, bool flag, Order order, Order other, Task<int> given, object thing, CancellationToken stop)
                {
                    await Task.Yield();
                    {{statements}}
                }
            }
            """);
        var model = ProgramModel.For(compilation, new AnalyzerOptions([]));
        var body = model.SourceBodies.Of(compilation.GetTypeByMetadataName("C")!.GetMembers("M").OfType<IMethodSymbol>().Single())!;
        var last = body.Frames.SelectMany(f => TaskWait.In(f, model)).OrderBy(w => w.Operation.Syntax.Span.End).Last();
        return new CompletedTasks(model, ValueScope.Of(body)).ReasonFor(last.Task!, last.Operation);
    }

    [Theory]
    [InlineData("await given; _ = given.Result;")]
    [InlineData("await given.WaitAsync(stop); _ = given.Result;")]
    [InlineData("given.Wait(); _ = given.Result;")]
    [InlineData("_ = given.GetAwaiter().GetResult(); _ = given.Result;")]
    [InlineData("Task.WaitAll(given); _ = given.Result;")]
    [InlineData("if (Task.WaitAll(new Task[] { given }, 10)) _ = given.Result;")]
    [InlineData("_ = await given + given.Result;")]
    [InlineData("_ = await given == 1 && given.Result == 1;")]
    [InlineData("await order.Total; _ = order.Total.Result;")]
    [InlineData("await Task.WhenAll(order.Total, order.Tax); _ = order.Tax.Result;")]
    [InlineData("await running; _ = this.running.Result;")]
    [InlineData("await given; var alias = given; _ = alias.Result;")]
    [InlineData("var alias = given; await given; _ = given.Result;")]
    [InlineData("await Task.WhenAll(ids.Select(F).Append(given)); _ = given.Result;")]
    [InlineData("Task[] all = [given, F()]; await Task.WhenAll(all); _ = given.Result;")]
    [InlineData("await Task.WhenAll([given, F()]); _ = given.Result;")]
    [InlineData("await Task.WhenAll(Task.WhenAll(given), F()); _ = given.Result;")]
    [InlineData("await Task.WhenAll(F(), given ?? Task.CompletedTask); _ = given?.Result;")]
    [InlineData("await (given ?? Task.CompletedTask); _ = given.Result;")]
    [InlineData("_ = given.Status switch { TaskStatus.RanToCompletion when given.Result > 1 => 1, _ => 2 };")]
    [InlineData("switch (given.Status) { case var status and TaskStatus.RanToCompletion when given.Result > 1: break; }")]
    [InlineData("var rival = F(); await Task.WhenAny(given, rival); if (rival.IsCompleted) return; _ = given.Result;")]
    [InlineData("var rival = F(); await Task.WhenAny(rival, given).WaitAsync(stop); if (!rival.IsCompleted) _ = given.Result;")]
    [InlineData("await given.ContinueWith(_ => { }); _ = given.Result;")]
    [InlineData("var tasks = new Task<int>[3]; for (var i = 0; i < 3; i++) tasks[i] = F(i); await Task.WhenAll(tasks); for (var i = 0; i < 3; i++) _ = tasks[i].Result;")]
    [InlineData("var tasks = ids.Select(F).ToList(); await Task.WhenAll(tasks); _ = tasks.First().Result;")]
    [InlineData("if (!given.IsCompleted) { await Task.Delay(1); return; } _ = given.Result;")]
    [InlineData("if (!given.IsCompleted) throw new Exception(); _ = given.Result;")]
    [InlineData("if (given.IsFaulted || given.IsCanceled) _ = given.Result;")]
    [InlineData("if (given.Exception != null) _ = given.Result;")]
    [InlineData("if (given.IsCompleted & flag) _ = given.Result;")]
    [InlineData("var done = given.IsCompleted; if (done) _ = given.Result;")]
    [InlineData("_ = given is { IsCompleted: true } && given.Result == 1;")]
    [InlineData("_ = given.Status switch { TaskStatus.RanToCompletion => given.Result, _ => 1 };")]
    [InlineData("_ = given switch { { IsCompletedSuccessfully: true } => given.Result, _ => 1 };")]
    [InlineData("switch (given.Status) { case TaskStatus.Faulted: case TaskStatus.Canceled: return; case TaskStatus.RanToCompletion: _ = given.Result; break; }")]
    [InlineData("while (!given.IsCompleted) await Task.Delay(1); _ = given.Result;")]
    [InlineData("Debug.Assert(given.IsCompleted, \"done\"); _ = given.Result;")]
    [InlineData("var first = await Task.WhenAny(ids.Select(F)); _ = first.Result;")]
    [InlineData("var first = await Task.WhenAny(given, F()); if (first == given) _ = given.Result;")]
    [InlineData("if (given == await Task.WhenAny(given, Task.Delay(1))) _ = given.Result;")]
    [InlineData("var late = Task.Delay(1); if (await Task.WhenAny(given, late) != late) _ = given.Result;")]
    [InlineData("var tasks = ids.Select(F).ToList(); while (tasks.Count > 0) { var t = await Task.WhenAny(tasks); tasks.Remove(t); _ = t.Result; }")]
    [InlineData("try { await given; } finally { _ = given.Result; }")]
    [InlineData("try { await given; } catch { throw; } _ = given.Result;")]
    [InlineData("try { flag = true; await given; } catch { return; } _ = given.Result;")]
    [InlineData("try { } finally { await given; } _ = given.Result;")]
    [InlineData("using (new CancellationTokenSource()) { await given; } _ = given.Result;")]
    [InlineData("lock (thing) { given.Wait(); } _ = given.Result;")]
    [InlineData("await given; Func<Task> later = async () => { await Task.Yield(); _ = given.Result; };")]
    [InlineData("foreach (var id in ids) { var t = F(id); await t; _ = t.Result; }")]
    [InlineData("Task<int> t; if (flag) { t = F(1); await t; } else { t = F(2); await t; } _ = t.Result;")]
    [InlineData("Task<int> t; t = Task.FromResult(1); _ = t.Result;")]
    [InlineData("var t = flag ? Task.FromResult(1) : Task.FromResult(2); _ = t.Result;")]
    [InlineData("if (thing is Task<int> t) { await t; _ = t.Result; }")]
    [InlineData("await (Task)thing; if (thing is Task<int> t) _ = t.Result;")]
    [InlineData("var source = new TaskCompletionSource<int>(); source.TrySetResult(1); _ = source.Task.Result;")]
    [InlineData("var map = new Dictionary<string, Task<int>>(); await Task.WhenAll(map.Values); _ = map[\"a\"].Result;")]
    public void Done_IsKnown(string statements) => Assert.NotNull(Reason(statements));

    [Theory]
    [InlineData("_ = given.Result;")]
    [InlineData("_ = running.Result;")]
    [InlineData("_ = F().Result;")]
    [InlineData("await other.Total; _ = order.Total.Result;")]
    [InlineData("await order.Tax; _ = order.Total.Result;")]
    [InlineData("if (flag) await given; _ = given.Result;")]
    [InlineData("_ = flag && await given == 1; _ = given.Result;")]
    [InlineData("foreach (var id in ids) await given; _ = given.Result;")]
    [InlineData("switch (ids.Count) { case 1: await given; break; } _ = given.Result;")]
    [InlineData("Func<Task> later = async () => await given; _ = given.Result;")]
    [InlineData("async Task Later() => await given; _ = given.Result;")]
    [InlineData("if (!given.IsCompleted) _ = given.Result;")]
    [InlineData("if (given.IsCompleted) { } else _ = given.Result;")]
    [InlineData("if (given.IsCompleted || flag) _ = given.Result;")]
    [InlineData("if (!given.IsFaulted) _ = given.Result;")]
    [InlineData("if (given.Exception == null) _ = given.Result;")]
    [InlineData("if (given.Status == TaskStatus.Running) _ = given.Result;")]
    [InlineData("if (given.Status != TaskStatus.RanToCompletion) _ = given.Result;")]
    [InlineData("switch (given.Status) { case TaskStatus.Running: _ = given.Result; break; }")]
    [InlineData("await given; given = F(); _ = given.Result;")]
    [InlineData("await given; Set(ref given); _ = given.Result;")]
    [InlineData("await given; if (flag) given = F(); _ = given.Result;")]
    [InlineData("await given; Try(out given); _ = given.Result;")]
    [InlineData("await given; (given, flag) = (F(), true); _ = given.Result;")]
    [InlineData("await given; while (flag) { _ = given.Result; given = F(); }")]
    [InlineData("await given; var alias = F(); _ = alias.Result;")]
    [InlineData("while (!given.IsCompleted) { if (flag) break; } _ = given.Result;")]
    [InlineData("await Task.WhenAny(given, F()); _ = given.Result;")]
    [InlineData("var first = await Task.WhenAny(given, F(), Task.Delay(1)); if (first != given) _ = given.Result;")]
    [InlineData("var tasks = ids.Select(F).ToList(); foreach (var t in tasks) _ = t.Result;")]
    [InlineData("try { await Task.Delay(1); await given; } catch { } _ = given.Result;")]
    [InlineData("try { await Task.Delay(1); await given; } finally { _ = given.Result; }")]
    [InlineData("var source = new TaskCompletionSource<int>(); _ = source.Task.Result;")]
    [InlineData("var vt = new ValueTask<int>(F()); _ = vt.Result;")]
    [InlineData("async ValueTask<int> V() { await Task.Yield(); return 1; } var vt = V(); await vt; _ = vt.Result;")]
    [InlineData("given.Wait(10); _ = given.Result;")]
    [InlineData("var t = flag ? Task.FromResult(1) : F(); _ = t.Result;")]
    [InlineData("await (F() ?? given); _ = given.Result;")]
    [InlineData("var rival = F(); await Task.WhenAny(given, rival, F()); if (rival.IsCompleted) return; _ = given.Result;")]
    [InlineData("var rival = F(); var race = Task.WhenAny(given, rival); if (rival.IsCompleted) return; _ = given.Result;")]
    [InlineData("var rival = F(); await Task.WhenAny(given, rival); if (rival.IsFaulted) return; _ = given.Result;")]
    [InlineData("var rival = F(); if (rival.IsCompleted) return; await Task.WhenAny(F(), rival); _ = given.Result;")]
    [InlineData("_ = given.Status switch { TaskStatus.Running when given.Result > 1 => 1, _ => 2 };")]
    public void Running_IsNotKnownDone(string statements) => Assert.Null(Reason(statements));
}
