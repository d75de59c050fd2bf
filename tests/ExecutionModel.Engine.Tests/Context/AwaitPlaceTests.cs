using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Context;

/// <summary>Whether an await may stand in place of the call of <c>Here</c>.</summary>
public sealed class AwaitPlaceTests
{
    private static AwaitPlace Of(string members)
    {
        var compilation = CatalogueReferences.Empty.WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true)).AddSyntaxTrees(CSharpSyntaxTree.ParseText($$"""
            using System; using System.Collections.Generic; using System.Linq; using System.Linq.Expressions; using System.Text; using System.Threading; using System.Threading.Tasks; using System.Transactions;
            public partial class C
            {
                private static int Here(int x = 0) => x;
                private static readonly object gate = new();
                private static ref int Slot() => throw new Exception();
                {{members}}
            }
            """));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        var model = ProgramModel.For(compilation, new AnalyzerOptions([]));
        var tree = compilation.SyntaxTrees.Single();
        var syntax = tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>().Single(i => i.Expression is IdentifierNameSyntax { Identifier.ValueText: "Here" });
        var (frame, call) = FrameOf(model.SourceBodies.Around(syntax)!, syntax);
        return AwaitPlace.Of(model, frame, call);
    }

    private static (Frame, IOperation) FrameOf(FlatBody body, SyntaxNode syntax)
    {
        foreach (var frame in body.Frames)
        {
            if (frame.Calls.FirstOrDefault(c => c.Syntax == syntax) is { } call) return (frame, call);
        }

        throw new InvalidOperationException("Here is called in no frame");
    }

    private static AwaitPlace In(string statements) => Of($"async Task M(List<int> ids, string text, byte[] bytes, bool async) {{ await Task.Yield(); {statements} }}");

    [Theory]
    [InlineData("Here();")]
    [InlineData("Console.WriteLine(ids[0] + Here(2));")]
    [InlineData("lock (ids[Here()].ToString()) { }")]
    [InlineData("try { } catch { Here(); } finally { }")]
    [InlineData("try { } finally { Here(); }")]
    [InlineData("var x = from a in new[] { Here() } select a;")]
    [InlineData("var x = from a in ids join b in new[] { Here() } on a equals b select a;")]
    [InlineData("Func<Task> f = async () => { await Task.Yield(); Here(); };")]
    [InlineData("async Task Local() { await Task.Yield(); Here(); }")]
    [InlineData("if (async) Here(); else ids.Clear();")]
    [InlineData("bool verbose = true; if (verbose) ids.Clear(); else Here();")]
    [InlineData("var n = bytes.AsSpan().Length; Here(n);")]
    [InlineData("Here(); var span = bytes.AsSpan(); span.Clear();")]
    [InlineData("foreach (var id in ids) { Here(); var span = bytes.AsSpan(); span.Clear(); }")]
    [InlineData("{ Span<byte> span = bytes; span.Clear(); } Here();")]
    [InlineData("bytes[0] = (byte)Here();")]
    [InlineData("var s = $\"{Here()}\";")]
    [InlineData("unsafe { } Here();")]
    [InlineData("Monitor.Enter(gate); Monitor.Exit(gate); Here();")]
    [InlineData("var gates = new SemaphoreSlim(1); gates.Wait(); Here();")]
    [InlineData("using var scope = new TransactionScope(TransactionScopeAsyncFlowOption.Enabled); Here();")]
    public void AsyncCode_CanAwait(string statements) => Assert.Equal(new AwaitPlace(AsyncCode.Yes, null), In(statements));

    [Theory]
    [InlineData("lock (gate) { Here(); }")]
    [InlineData("try { } catch (Exception) when (Here() > 1) { }")]
    [InlineData("var x = nameof(System) + ids.Select(i => Here());")]
    [InlineData("var x = from a in ids where a > Here() select a;")]
    [InlineData("var x = from a in ids from b in new[] { Here() } select a;")]
    [InlineData("Expression<Func<int, bool>> e = x => x > Here(0);")]
    [InlineData("Func<int> f = () => Here();")]
    [InlineData("int Local() => Here();")]
    [InlineData("unsafe { Here(); }")]
    [InlineData("unsafe { fixed (byte* p = bytes) { Here(); } }")]
    [InlineData("Span<byte> span = bytes; Here(); span.Clear();")]
    [InlineData("Span<byte> span = bytes; foreach (var id in ids) { span.Clear(); Here(); }")]
    [InlineData("for (Span<byte> span = bytes; span.Length > 0; span = span[1..]) { Here(); }")]
    [InlineData("bytes.AsSpan()[0] = (byte)Here();")]
    [InlineData("bytes.AsSpan().Slice(Here()).Clear();")]
    [InlineData("Slot() = Here();")]
    [InlineData("ref var slot = ref bytes[0]; slot = (byte)Here();")]
    [InlineData("foreach (var b in bytes.AsSpan()) { Here(); }")]
    [InlineData("var s = string.Create(null, $\"{Here()}\");")]
    [InlineData("Monitor.Enter(gate); try { Here(); } finally { Monitor.Exit(gate); }")]
    [InlineData("var rw = new ReaderWriterLockSlim(); rw.EnterReadLock(); Here(); rw.ExitReadLock();")]
    [InlineData("using var scope = new TransactionScope(); Here();")]
    [InlineData("if (async) ids.Clear(); else Here();")]
    [InlineData("var x = async ? 1 : Here();")]
    [InlineData("if (!async) { Here(); }")]
    [InlineData("if (async) { ids.Clear(); return; } Here();")]
    [InlineData("if (!async && ids.Count > 0) Here();")]
    public void WhereAwaitIsWrong_IsToldWhy(string statements) => Assert.NotNull(In(statements).Obstacle);

    [Theory]
    [InlineData("private int P() => Here(); async Task M() { await Task.Yield(); P(); }")]
    [InlineData("private int P() { return Here(); } async Task M() { await Task.Yield(); P(); } async Task N() { await Task.Yield(); this.P(); }")]
    [InlineData("private int P() => Here(); private int Q() => P(); async Task M() { await Task.Yield(); Q(); }")]
    [InlineData("private int P(int n) => n == 0 ? Here() : P(n - 1); async Task M() { await Task.Yield(); P(3); }")]
    [InlineData("private int P() => Here(); Func<Task<int>> F() => async () => { await Task.Yield(); return P(); };")]
    [InlineData("private int P() => Here(); class Inner { async Task M(C c) { await Task.Yield(); c.P(); } }")]
    [InlineData("public Task P() { Here(); return Task.CompletedTask; }")]
    [InlineData("public ValueTask<int> P() => new(Here());")]
    public void SynchronousCode_CouldBecomeAsync(string members) => Assert.Equal(new AwaitPlace(AsyncCode.CouldBecome, null), Of(members) with { Conversion = null });

    [Theory]
    [InlineData("public int P() => Here(); async Task M() { await Task.Yield(); P(); }")]
    [InlineData("internal int P() => Here(); async Task M() { await Task.Yield(); P(); }")]
    [InlineData("private int P() => Here();")]
    [InlineData("private int P() => Here(); void M() { P(); }")]
    [InlineData("private int P() => Here(); async Task M() { await Task.Yield(); P(); } void N() => P();")]
    [InlineData("private int P() => Here(); async Task M() { await Task.Yield(); lock (gate) P(); }")]
    [InlineData("private int P() => Here(); async Task M() { await Task.Yield(); Func<int> f = P; P(); }")]
    [InlineData("private int P() => Here(); async Task M(List<int> ids) { await Task.Yield(); ids.Select(i => P()).ToList(); }")]
    [InlineData("private int P() => Here(); int field = 1; int Q => P(); async Task M() { await Task.Yield(); P(); }")]
    [InlineData("private static int P() => Here(); static int field = P(); async Task M() { await Task.Yield(); P(); }")]
    [InlineData("private int P(out int x) { x = 1; return Here(); } async Task M() { await Task.Yield(); P(out _); }")]
    [InlineData("private int P(Span<int> x) { return Here(); } async Task M() { await Task.Yield(); P(new int[1]); }")]
    [InlineData("private IEnumerable<int> P() { yield return Here(); } async Task M() { await Task.Yield(); P(); }")]
    [InlineData("private int P(byte[] b) { Span<byte> s = b; s.Clear(); return Here(); } async Task M() { await Task.Yield(); P(new byte[1]); }")]
    [InlineData("[Obsolete] private int P() => Here(); async Task M() { await Task.Yield(); P(); }")]
    [InlineData("private void On(object sender, EventArgs e) => Here(); async Task M() { await Task.Yield(); On(this, EventArgs.Empty); }")]
    [InlineData("private int P() => Here(); int total; async Task M() { await Task.Yield(); total += P(); }")]
    [InlineData("struct S { int n; private int P() { n++; return Here(); } async Task M() { await Task.Yield(); P(); } }")]
    [InlineData("private int P() => Here(); async Task M(C? c) { await Task.Yield(); c?.P(); }")]
    [InlineData("public C() { Here(); }")]
    [InlineData("static C() { Here(); }")]
    [InlineData("~C() { Here(); }")]
    [InlineData("public int P => Here();")]
    [InlineData("public Task<int> P => Task.FromResult(Here());")]
    [InlineData("public static C operator +(C a, C b) { Here(); return a; }")]
    [InlineData("private void Dispose() { Here(); } async Task M() { await Task.Yield(); Dispose(); }")]
    public void OtherSynchronousCode_IsToldWhy(string members)
    {
        var place = Of(members);
        Assert.Equal(AsyncCode.No, place.Code);
        Assert.NotNull(place.Obstacle);
    }
}
