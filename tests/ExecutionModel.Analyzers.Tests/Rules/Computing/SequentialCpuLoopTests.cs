using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.SequentialCpuLoop.SequentialCpuLoopAnalyzer, ExecutionModel.Analyzers.Rules.Computing.SequentialCpuLoop.SequentialCpuLoopCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>EXM204. A warning needs a certain cost, a full proof and a program that has the processors for itself.</summary>
public sealed class SequentialCpuLoopTests
{
    private static readonly TestSettings Tool = TestSettings.Default with { OutputKind = OutputKind.ConsoleApplication };

    /// <param name="members">Of a class with <c>Work(int)</c>: 15 ms of arithmetic at least.</param>
    private static string Body(string members) =>
        "using System.Security.Cryptography;\npublic sealed class Sample\n{\n" + members + """

                private static double Work(double seed)
                {
                    var x = seed;
                    for (var k = 0; k < 50_000_000; k++) x = x * 0.99 + k;
                    return x;
                }

                public static void Main() { }
            }

            """;

    private static Task Warning(string members) => Verify.Analyzer(Body(members), Tool);

    private static Task Suggestion(string members, TestSettings? settings = null) => Verify.Suggestion(Body(members), settings ?? Tool);

    private static Task Silent(string members, TestSettings? settings = null) => Verify.Analyzer(Body(members), settings ?? Tool);

    // Turns that share nothing

    [Theory]
    [InlineData("for (var i = 0; [|i < data.Length|]; i++) data[i] = Work(data[i]);")]
    [InlineData("for (int i = 1; [|i <= 100|]; ++i) { var x = Work(i); data[i] += x; }")]
    [InlineData("for (var i = 0; [|data.Length > i|]; i += 1) data[i] = Work(i);")]
    [InlineData("var sums = new double[100]; for (var i = 0; [|i < 100|]; i++) { sums[i] = Work(i); if (sums[i] < 0) continue; sums[i]++; }")]
    [InlineData("var sums = new double[100, 100]; for (var y = 0; [|y < 100|]; y++) for (var x = 0; x < 100; x++) sums[y, x] = Work(x + y);")]
    [InlineData("var sums = new double[200]; for (var i = 0; [|i < 100|]; i++) sums[2 * i + 1] = Work(i);")]
    [InlineData("var sums = new double[100 * n]; for (var y = 0; [|y < 100|]; y++) for (var x = 0; x < n; x++) sums[y * n + x] = Work(x + y);")]
    [InlineData("var results = new List<double>(); for (var i = 0; [|i < 100|]; i++) results.Add(Work(i));")]
    [InlineData("var results = new List<double>(); foreach (var d in [|data|]) { var twice = d * 2; results.Add(Work(twice)); }")]
    [InlineData("var rows = new List<double[]>(); for (var i = 0; [|i < 100|]; i++) { var row = new double[3]; row[0] = Work(i); row[1] = i; rows.Add(row); }")]
    [InlineData("var total = new double[100]; for (var i = 0; [|i < 100|]; i++) { var list = new List<double>(); list.Add(Work(i)); total[i] = list.Count; }")]
    [InlineData("for (var i = 0; [|i < 100|]; i++) data[i] = Work(Enumerable.Range(0, 9).Select(k => k * i).Sum());")]
    public Task TurnsThatShareNothing_Reports(string statements) => Warning($$"""
            public void Run(double[] data, int n)
            {
                {{statements}}
            }
        """);

    [Fact]
    public Task KeysOfManyPasswords_Reports() => Warning("""
            public byte[][] Run(string[] passwords, byte[] salt)
            {
                var keys = new byte[passwords.Length][];
                for (var i = 0; [|i < passwords.Length|]; i++)
                    keys[i] = Rfc2898DeriveBytes.Pbkdf2(passwords[i], salt, 600_000, HashAlgorithmName.SHA256, 32);
                return keys;
            }
        """);

    [Fact]
    public Task AsyncMethodOfATool_Reports() => Warning("""
            public async Task RunAsync(double[] data)
            {
                await Task.Yield();
                for (var i = 0; [|i < data.Length|]; i++) data[i] = Work(data[i]);
            }
        """);

    [Fact]
    public Task ObjectsMadeInTheTurn_Reports() => Warning("""
            private sealed class Row(double seed)
            {
                private double sum = seed;
                public double Sum => sum;
                public void Grow() => sum += Work(sum);
            }

            public double[] Run()
            {
                var sums = new double[100];
                for (var i = 0; [|i < 100|]; i++)
                {
                    var row = new Row(i);
                    row.Grow();
                    sums[i] = row.Sum;
                }

                return sums;
            }
        """);

    [Fact]
    public Task StructsOfTheTurn_Reports() => Warning("""
            private struct Point { public double X; public double Y; }

            public void Run(Point[] points)
            {
                for (var i = 0; [|i < points.Length|]; i++)
                {
                    var p = points[i];
                    p.X = Work(p.Y);
                    points[i] = p;
                    points[i].Y = p.X;
                }
            }
        """.Replace("private struct", "public struct"));

    [Fact]
    public Task OnlyTheOuterLoop_Reports() => Warning("""
            public void Run(double[][] sums)
            {
                for (var y = 0; [|y < 50|]; y++)
                {
                    var row = new double[50];
                    for (var x = 0; x < 50; x++) row[x] = Work(x + y);
                    sums[y] = row;
                }
            }
        """);

    [Fact]
    public Task InnerLoopOfTurnsThatDepend_Reports() => Warning("""
            public void Run(double[] data)
            {
                for (var step = 0; step < 50; step++)
                {
                    var next = new double[data.Length];
                    for (var i = 0; [|i < 1000|]; i++) next[i] = Work(data[i]);
                    data = next;
                }
            }
        """);

    // Less certain

    [Theory]
    [InlineData("for (var i = 0; [|i < target.Length|]; i++) target[i] = Work(source[i + 1]);")] // the caller may pass one array twice
    [InlineData("var own = new double[100]; kept = own; for (var i = 0; [|i < 100|]; i++) own[i] = Work(kept[i + 1]);")] // two names for one array
    [InlineData("for (var i = 0; [|i < rows.Length|]; i++) rows[i][0] = Work(i);")] // one row may stand in two places
    [InlineData("for (var i = 0; [|i < n|]; i++) for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) target[i] += source[j] * k;")]
    [InlineData("var results = new List<double>(); foreach (var d in [|list|]) results.Add(Work(d));")]
    public Task WhatOnlyTheCallerKnows_IsSuggestion(string statements) => Suggestion($$"""
            private double[] kept = [];

            public void Run(double[] source, double[] target, double[][] rows, int n, IReadOnlyList<double> list)
            {
                {{statements}}
            }
        """);

    [Fact]
    public Task Library_IsSuggestion() => Verify.Suggestion(Body("""
            public void Run(double[] data)
            {
                for (var i = 0; [|i < data.Length|]; i++) data[i] = Work(data[i]);
            }
        """));

    // Turns that depend on each other

    [Theory]
    [InlineData("var sum = 0.0; for (var i = 0; i < 100; i++) sum += Work(i);")]
    [InlineData("var last = 0.0; for (var i = 0; i < 100; i++) { last = Work(last); data[i] = last; }")]
    [InlineData("for (var i = 1; i < 100; i++) data[i] = Work(data[i - 1]);")]
    [InlineData("for (var i = 1; i < 100; i++) data[n] = Work(i);")]
    [InlineData("for (var i = 0; i < 100; i++) data[i / 2] = Work(i);")]
    [InlineData("for (var i = 0; i < 100; i++) data[i % 10] = Work(i);")]
    [InlineData("for (var y = 0; y < 100; y++) for (var x = 0; x < n; x++) data[y * n] += Work(x);")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); Array.Sort(data); }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); total += data[i]; }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); Shared = i; }")]
    [InlineData("for (var i = 0; i < 100; i++) Note(Work(i));")]
    [InlineData("for (var i = 0; i < 100; i++) list[i] = Work(i);")]
    [InlineData("for (var i = 0; i < 100; i++) names[i] = Work(i);")]
    [InlineData("for (var i = 0; i < 100; i++) { list.Add(Work(i)); data[i] = list.Count; }")]
    [InlineData("for (var i = 0; i < 100; i++) { if (i % 2 == 0) continue; list.Add(Work(i)); }")]
    [InlineData("foreach (var d in list) { Work(d); list.Remove(d); }")]
    [InlineData("var text = \"\"; for (var i = 0; i < 100; i++) text += Work(i);")]
    public Task TurnsThatDepend_IsSilent(string statements) => Silent($$"""
            private double total;
            private static double Shared;
            private readonly List<double> notes = [];
            private void Note(double d) => notes.Add(d);

            public void Run(double[] data, int n, List<double> list, Dictionary<int, double> names)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); if (data[i] > 3) break; }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); if (data[i] > 3) return; }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); if (data[i] > 3) throw new InvalidOperationException(); }")]
    [InlineData("for (var i = 0; i < 100; i++) lock (data) data[i] = Work(i);")]
    [InlineData("lock (data) { for (var i = 0; i < 100; i++) data[i] = Work(i); }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); Console.WriteLine(data[i]); }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); File.WriteAllText(\"x\", \"y\"); }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(random.NextDouble()); }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); shape.Draw(); }")]
    [InlineData("for (var i = 0; i < 100; i++) { data[i] = Work(i); Local = i; }")]
    [InlineData("try { for (var i = 0; i < 100; i++) data[i] = Work(i); } catch (ArithmeticException) { }")]
    [InlineData("Span<double> span = data; for (var i = 0; i < 100; i++) span[i] = Work(i);")]
    [InlineData("for (var i = 0; i < shape.Count(); i++) data[i] = Work(i);")]
    [InlineData("var i = 0; while (i < 100) { data[i] = Work(i); i++; }")]
    [InlineData("for (var i = 99; i >= 0; i--) data[i] = Work(i);")]
    [InlineData("var later = new Func<double>[100]; for (var i = 0; i < 100; i++) { data[i] = Work(i); later[i] = () => i; }")]
    [InlineData("for (var i = 0; i < 3; i++) data[i] = Work(i);")]
    [InlineData("foreach (var d in Lazily()) data[0] = Work(d);")]
    [InlineData("Parallel.For(0, 10, j => { for (var i = 0; i < 100; i++) data[i] = Work(i); });")]
    public Task PlaceOrTurnThatForbidsIt_IsSilent(string statements) => Silent($$"""
            [ThreadStatic] private static double Local;

            private static IEnumerable<double> Lazily() { yield return 1; }

            public interface IShape { void Draw(); int Count(); }

            public void Run(double[] data, Random random, IShape shape)
            {
                {{statements}}
            }
        """);

    [Theory]
    [InlineData("for (var i = 0; i < data.Length; i++) data[i] = data[i] * 2;")]
    [InlineData("for (var i = 0; i < 100_000_000; i++) data[i] = i * 2;")] // heavy, but a turn is less than what handing it out costs
    [InlineData("for (var i = 0; i < 1000; i++) data[i] = Math.Sqrt(i);")]
    public Task SmallTurns_IsSilent(string statements) => Silent($$"""
            public void Run(double[] data)
            {
                {{statements}}
            }
        """);

    [Fact]
    public Task StructThatCannotBeCaptured_IsSilent() => Verify.Analyzer(
        """
        public struct Sample
        {
            private double[] data;
            public void Run() { for (var i = 0; i < 100; i++) data[i] = Work(i); }

            private static double Work(double seed)
            {
                for (var k = 0; k < 50_000_000; k++) seed = seed * 0.99 + k;
                return seed;
            }

            public static void Main() { }
        }
        """,
        Tool);

    /// <summary>Forward substitution: each row needs those above it, and the library's matrix is written through a method.</summary>
    [Theory]
    [InlineData("right.At(i, j, right.At(i, j) - right.At(k, j) * left.At(i, k));")]
    [InlineData("right[i, j] -= right[k, j] * left[i, k];")]
    [InlineData("left.Multiply(left, right);")]
    public Task RowsOfALibrarysMatrixThatDepend_IsSilent(string step) => Verify.Analyzer(
        $$"""
        using MathNet.Numerics.LinearAlgebra;

        var (left, right) = (new Matrix<double>(), new Matrix<double>());
        Solve(left, right, args.Length);

        static void Solve(Matrix<double> left, Matrix<double> right, int n)
        {
            for (var k = 0; k < n; k++)
            {
                for (var i = k + 1; i < n; i++)
                {
                    for (var j = 0; j < n; j++)
                    {
                        {{step}}
                    }
                }
            }
        }

        namespace MathNet.Numerics.LinearAlgebra
        {
            public class Matrix<T>
            {
                private readonly T[] cells = new T[10_000];
                public T At(int row, int column) => cells[row * 100 + column];
                public void At(int row, int column, T value) => cells[row * 100 + column] = value;
                public T this[int row, int column] { get => At(row, column); set => At(row, column, value); }
                public void Multiply(Matrix<T> other, Matrix<T> result) => result.At(0, 0, other.At(0, 0));
            }
        }
        """,
        Tool);

    [Fact]
    public Task TypeInitializer_IsSilent() => Silent("""
            private static readonly double[] Table = new double[100];

            static Sample()
            {
                for (var i = 0; i < 100; i++) Table[i] = Work(i);
            }
        """);

    [Fact]
    public Task Request_IsSilent() => Verify.Analyzer(
        """
        public sealed class TablesController : Microsoft.AspNetCore.Mvc.ControllerBase
        {
            public double[] Get()
            {
                var data = new double[100];
                for (var i = 0; i < 100; i++) data[i] = Work(i);
                return data;
            }

            private static double Work(double seed)
            {
                for (var k = 0; k < 50_000_000; k++) seed = seed * 0.99 + k;
                return seed;
            }
        }
        """);

    [Fact]
    public Task TestMethod_IsSilent() => Verify.Analyzer(
        Body("""
                [Xunit.Fact]
                public void Run()
                {
                    var data = new double[100];
                    for (var i = 0; i < 100; i++) data[i] = Work(i);
                }
            """) + "namespace Xunit { public sealed class FactAttribute : Attribute; }\n",
        Tool);

    [Fact]
    public Task Threshold_IsRead() => Silent(
        """
            public void Run(double[] data)
            {
                for (var i = 0; i < 10; i++) data[i] = Work(data[i]);
            }
        """,
        Tool with { Options = new Dictionary<string, string> { ["execution_model.cpu_threshold_ms"] = "100000" } });
}
