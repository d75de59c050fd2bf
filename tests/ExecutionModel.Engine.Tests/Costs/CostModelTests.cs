using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Costs;

/// <summary>The work of one method, <c>M</c>, at a threshold of 10 ms.</summary>
public sealed class CostModelTests
{
    private static IReadOnlyList<CpuWork> Work(string members, double threshold = 1e7)
    {
        var compilation = CatalogueReferences.With($"using System; using System.Collections.Generic; using System.Linq; using System.Security.Cryptography;\npublic class C\n{{\n{members}\n}}\n");
        var model = ProgramModel.For(compilation, new AnalyzerOptions([]));
        var method = compilation.GetTypeByMetadataName("C")!.GetMembers("M").OfType<IMethodSymbol>().Single();
        return CpuWork.In(model.SourceBodies.Of(method)!.Frames[0], model, model.Costs, threshold);
    }

    private static void AssertCertain(string members, string evidence)
    {
        var work = Assert.Single(Work(members));
        Assert.Equal((Confidence.Certain, evidence), (work.Confidence, work.Evidence));
    }

    private static void AssertLikely(string members, string evidence)
    {
        var work = Assert.Single(Work(members));
        Assert.Equal((Confidence.Likely, evidence), (work.Confidence, work.Evidence));
    }

    [Theory]
    [InlineData("for (var i = 0; i < 100_000_000; i++) s += i;", "100,000,000 turns of a loop ≈ 60 ms")]
    [InlineData("for (var i = 100_000_000; i > 0; i--) s += i;", "100,000,000 turns of a loop ≈ 60 ms")]
    [InlineData("for (var i = 0; i < 200_000_000; i += 2) s += i;", "100,000,000 turns of a loop ≈ 60 ms")]
    [InlineData("var end = 100_000_000; for (var i = 0; i < end; i++) s += i;", "100,000,000 turns of a loop ≈ 60 ms")]
    [InlineData("foreach (var i in Enumerable.Range(0, 100_000_000)) s += i;", "100,000,000 turns of a loop ≈ 60 ms")]
    [InlineData("for (var i = 0; i < 10_000; i++) for (var j = 0; j < 10_000; j++) s += j;", "10,000 × 10,000 turns of a loop ≈ 60 ms")]
    [InlineData("var a = new int[50_000_000]; for (var i = 0; i < a.Length; i++) a[i] = i;", "50,000,000 turns of a loop ≈ 45 ms")]
    public void ConstantTrips_AreCertain(string body, string evidence) => AssertCertain($"void M() {{ var s = 0L; {body} }}", evidence);

    [Theory]
    [InlineData("for (var i = 0; i < 1_000_000; i++) s += i;")]
    [InlineData("for (var i = 100; i < 0; i++) s += i;")]
    [InlineData("var end = 100_000_000; end = n; for (var i = 0; i < end; i++) s += i;")]
    [InlineData("for (var i = 0; i < 100_000_000; i++) { i += n; }")]
    [InlineData("while (s < 100_000_000) s += n;")]
    [InlineData("for (var i = 0; i < n; i++) s += i;")]
    [InlineData("for (var i = 0; i < n; i++) for (var j = 0; j < n; j++) s += j;")]
    public void FewOrUnknownTrips_AreNoWork(string body) => Assert.Empty(Work($"void M(int n) {{ var s = 0L; {body} }}"));

    [Fact]
    public void ConstantTripsThatMayEndEarly_AreLikely() =>
        AssertLikely("int M(int n) { for (var i = 0; i < 100_000_000; i++) if (i * n == 17) return i; return 0; }", "100,000,000 turns of a loop ≈ 90 ms");

    [Fact]
    public void UnknownLoops_CountWhenTheyAreIndependent()
    {
        AssertLikely("void M(int n) { var s = 0; for (var i = 0; i < n; i++) for (var j = i; j < n; j++) for (var k = 0; k < j; k++) s += k; }", "3 loops inside each other over unknown sizes");
        Assert.Empty(Work("void M(List<List<List<int>>> all) { var s = 0; foreach (var a in all) foreach (var b in a) foreach (var c in b) s += c; }"));
        Assert.Empty(Work("void M(int[][][] all) { var s = 0; for (var i = 0; i < all.Length; i++) for (var j = 0; j < all[i].Length; j++) for (var k = 0; k < all[i][j].Length; k++) s += k; }"));
    }

    [Fact]
    public void CalleeWithTwoLoops_CountsInsideTwoLoops()
    {
        const string callee = "static int Two(int a, int b) { var s = 0; for (var i = 0; i < a; i++) for (var j = 0; j < b; j++) s += i ^ j; return s; }";
        AssertLikely("void M(List<int> all) { foreach (var x in all) foreach (var y in all) Two(x, y); } " + callee, "4 loops inside each other over unknown sizes");
        Assert.Empty(Work("void M(List<int> all) { foreach (var x in all) Two(x, 2); } " + callee));
        Assert.Empty(Work("void M(List<int> all) { foreach (var x in all) One(x); } static void One(int a) { for (var i = 0; i < a; i++) Two(i, 2); } " + callee));
        AssertLikely("void M() => Four(null!); static void Four(List<int> all) { foreach (var x in all) foreach (var y in all) Two(x, y); } " + callee, "4 loops inside each other over unknown sizes");
    }

    [Fact]
    public void LinearScanInsideTwoUnknownLoops_CountsAsTheThird()
    {
        AssertLikely("void M(List<int> a, List<int> b) { var s = 0; foreach (var x in a) foreach (var y in b) if (a.Contains(x + y)) s++; }", "3 loops inside each other over unknown sizes");
        Assert.Empty(Work("void M(List<int> a, HashSet<int> b) { var s = 0; foreach (var x in a) foreach (var y in a) if (b.Contains(x + y)) s++; }"));
        Assert.Empty(Work("void M(List<List<int>> a, List<int> b) { var s = 0; foreach (var x in a) foreach (var y in b) if (x.Contains(y)) s++; }"));
    }

    [Theory]
    [InlineData("Hash(600_000)")]
    [InlineData("Hash(Rounds)")]
    [InlineData("Pass(600_000)")]
    [InlineData("Pass(rounds: 600_000)")]
    public void WeightPerArgument_IsCarriedThroughParameters(string call) => AssertCertain(
        $"void M() => {call}; private const int Rounds = 600_000; static void Pass(int rounds) => Hash(rounds); static void Hash(int rounds) => Rfc2898DeriveBytes.Pbkdf2(\"a\", new byte[16], rounds, HashAlgorithmName.SHA256, 32);",
        "600,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 120 ms");

    [Fact]
    public void WeightPerArgument_OfUnknownValue_IsLikely() => AssertLikely(
        "void M(int n) => Hash(n); static void Hash(int rounds) => Rfc2898DeriveBytes.Pbkdf2(\"a\", new byte[16], rounds, HashAlgorithmName.SHA256, 32);",
        "Rfc2898DeriveBytes.Pbkdf2 with iterations of unknown value ≈ 20 ms");

    [Fact]
    public void WeightPerArgument_OfSmallValue_IsNoWork() => Assert.Empty(Work(
        "void M() => Hash(1000); static void Hash(int rounds) => Rfc2898DeriveBytes.Pbkdf2(\"a\", new byte[16], rounds, HashAlgorithmName.SHA256, 32);"));

    [Fact]
    public void LoopsAndWeights_Multiply() => AssertCertain(
        "void M() { for (var i = 0; i < 100; i++) Rfc2898DeriveBytes.Pbkdf2(\"a\", new byte[16], 1000, HashAlgorithmName.SHA256, 32); }",
        "100 × 1,000 iterations of Rfc2898DeriveBytes.Pbkdf2 ≈ 20 ms");

    [Fact]
    public void TheSmallestHeavyPiece_IsReported()
    {
        var work = Assert.Single(Work("void M(string[] all) { foreach (var a in all) Rfc2898DeriveBytes.Pbkdf2(a, new byte[16], 600_000, HashAlgorithmName.SHA256, 32); }"));
        Assert.IsType<InvocationExpressionSyntax>(work.Operation.Syntax);
    }

    [Fact]
    public void BodiesAreFollowedThreeCallsDeep()
    {
        const string chain = "static void A() => B(); static void B() => D(); static void D() { var s = 0; for (var i = 0; i < 100_000_000; i++) s += i; }";
        Assert.Single(Work("void M() => A(); " + chain));
        Assert.Empty(Work("void M() => Z(); static void Z() => A(); " + chain));
    }

    [Fact]
    public void Recursion_EndsAndGivesTheSameAnswerAgain()
    {
        const string members = "void M() { A(5); } static int A(int n) => n == 0 ? 0 : B(n - 1); static int B(int n) => n == 0 ? 0 : A(n - 1);";
        Assert.Empty(Work(members));
        Assert.Empty(Work(members));
    }

    [Fact]
    public void DoublingRecursion_IsLikely() => AssertLikely("long M(int n) => F(n); static long F(int n) => n < 2 ? n : F(n - 1) + F(n - 2);", "each call of F makes two more");

    [Theory]
    [InlineData("static int F(T? t) => t == null ? 0 : 1 + F(t.L) + F(t.R); class T { public T? L, R; }", "F(null)")]
    [InlineData("static int F(int n) => n < 2 ? n : n % 2 == 0 ? F(n - 1) : F(n - 2);", "F(n)")]
    [InlineData("static long F(int n, long[] m) => n < 2 ? n : m[n] != 0 ? m[n] : m[n] = F(n - 1, m) + F(n - 2, m);", "F(n, new long[100])")]
    public void OtherRecursion_IsNoWork(string members, string call) => Assert.Empty(Work($"void M(int n) => {call}; {members}".Replace("?", "?")));

    [Fact]
    public void WorkOnOnePathOfSeveral_IsLikely()
    {
        const string heavy = "static int Heavy() { var s = 0; for (var i = 0; i < 100_000_000; i++) s += i; return s; }";
        AssertLikely("void M(bool b) => P(b); int x; void P(bool b) { if (x > 0) Heavy(); } " + heavy, "100,000,000 turns of a loop ≈ 60 ms");
        AssertLikely("void M(bool b) => P(b); int? x; int P(bool b) { if (x is { } known) return known; return Heavy(); } " + heavy, "100,000,000 turns of a loop ≈ 60 ms");
        AssertCertain("void M(string s) => P(s); int P(string? s) { if (string.IsNullOrEmpty(s)) return 0; return Heavy(); } " + heavy, "100,000,000 turns of a loop ≈ 60 ms");
        AssertCertain("void M(string s) => P(s); int P(string? s) { if (s == null) throw new ArgumentNullException(); else return Heavy(); } " + heavy, "100,000,000 turns of a loop ≈ 60 ms");
    }

    [Theory]
    [InlineData("void M() => Later(); IEnumerable<int> Later() { for (var i = 0; i < 100_000_000; i++) yield return i; }")]
    [InlineData("Action M() => () => { var s = 0; for (var i = 0; i < 100_000_000; i++) s += i; };")]
    [InlineData("void M() => Over(); protected virtual void Over() { var s = 0; for (var i = 0; i < 100_000_000; i++) s += i; }")]
    [InlineData("void M() { for (var i = 0; i < 100_000_000; i++) System.IO.File.Exists(\"a\"); }")]
    [InlineData("void M() { for (var i = 0; i < 100_000_000; i++) System.Threading.Thread.Sleep(1); }")]
    public void WhatDoesNotRunOrWaits_IsNoWork(string members) => Assert.Empty(Work(members));

    [Fact]
    public void DeepExpressions_DoNotOverflow() => Assert.Empty(Work($"int M(int n) => F(n); static int F(int n) {{ G(); return {string.Join("+", Enumerable.Repeat("n", 1500))}; }} static void G() {{ }}"));
}
