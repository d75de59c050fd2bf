using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.CodeFixVerifier<ExecutionModel.Analyzers.Rules.Computing.SequentialCpuLoop.SequentialCpuLoopAnalyzer, ExecutionModel.Analyzers.Rules.Computing.SequentialCpuLoop.SequentialCpuLoopCodeFix>;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>What EXM204 writes: the turn as a lambda, results in the order of the turns.</summary>
public sealed class SequentialCpuLoopFixTests
{
    private static readonly TestSettings Tool = TestSettings.Default with { OutputKind = OutputKind.ConsoleApplication };

    private static string Body(string members) =>
        "public sealed class Sample\n{\n" + members + """


                private static double Work(double seed)
                {
                    for (var k = 0; k < 50_000_000; k++) seed = seed * 0.99 + k;
                    return seed;
                }

                public static void Main() { }
            }

            """;

    private static string Method(string statements) => Body($$"""
            public void Run(double[] data, List<double> results, int n)
            {
                {{statements.Replace("\n", "\n        ")}}
            }
        """);

    private static Task Fix(string before, string after) => Verify.CodeFix(Method(before), Method(after), Tool);

    private static Task SuggestionFix(string before, string after) => Verify.SuggestionFix(Method(before), Method(after), Tool);

    [Fact]
    public Task Fix_OfOneStatement_IsAnExpression() => Fix(
        "for (var i = 0; [|i < data.Length|]; i++) data[i] = Work(data[i]);",
        "Parallel.For(0, data.Length, i => data[i] = Work(data[i]));");

    [Fact]
    public Task Fix_KeepsTheBlockAndItsComments() => Fix(
        """
        // all of them
        for (int i = 1; [|i <= 99|]; i++) // not the first
        {
            if (data[i] < 0) continue; // done before

            /* the work */
            data[i] = Work(data[i]);
        } // end
        """,
        """
        // all of them
        Parallel.For(1, 99 + 1, i => // not the first
        {
            if (data[i] < 0) return; // done before

            /* the work */
            data[i] = Work(data[i]);
        }); // end
        """);

    [Fact]
    public Task Fix_KeepsInnerLoops() => SuggestionFix(
        """
        for (var y = 0; [|y < 99|]; y++)
        {
            for (var x = 0; x < 9; x++)
            {
                if (x == 3) continue;
                if (x == 7) break;
                data[y] += Work(x);
            }
        }
        """,
        """
        Parallel.For(0, 99, y =>
        {
            for (var x = 0; x < 9; x++)
            {
                if (x == 3) continue;
                if (x == 7) break;
                data[y] += Work(x);
            }
        });
        """);

    [Fact]
    public Task Fix_OfResults_KeepsTheirOrder() => Fix(
        """
        results.Add(0);
        // in order
        foreach (var d in [|data|])
        {
            var twice = 2 * d;
            results.Add(Work(twice)); // one each
        }
        results.Add(1);
        """,
        """
        results.Add(0);
        // in order
        var resultsByTurn = new double[data.Length];
        Parallel.For(0, data.Length, i =>
        {
            var d = data[i];
            var twice = 2 * d;
            resultsByTurn[i] = Work(twice); // one each
        });
        results.AddRange(resultsByTurn);
        results.Add(1);
        """);

    [Fact]
    public Task Fix_OfResultsByNumber_MakesRoomForNone() => Fix(
        "for (var i = 0; [|i < n|]; i++) results.Add(Work(i));",
        """
        var resultsByTurn = new double[Math.Max(0, n)];
        Parallel.For(0, n, i => resultsByTurn[i] = Work(i));
        results.AddRange(resultsByTurn);
        """);

    [Fact]
    public Task Fix_OfRows_IsAnArrayOfArrays() => Verify.CodeFix(
        Body("""
                public void Run(List<double[]> rows)
                {
                    for (var i = 0; [|i < 100|]; i++)
                    {
                        var row = new double[] { Work(i), i };
                        rows.Add(row);
                    }
                }
            """),
        Body("""
                public void Run(List<double[]> rows)
                {
                    var rowsByTurn = new double[100][];
                    Parallel.For(0, 100, i =>
                    {
                        var row = new double[] { Work(i), i };
                        rowsByTurn[i] = row;
                    });
                    rows.AddRange(rowsByTurn);
                }
            """),
        Tool);

    [Fact]
    public Task Fix_OfSeveral_FixesAll() => Fix(
        """
        for (var i = 0; [|i < 100|]; i++) results.Add(Work(i));
        for (var i = 0; [|i < 100|]; i++) results.Add(Work(-i));
        """,
        """
        var resultsByTurn = new double[100];
        Parallel.For(0, 100, i => resultsByTurn[i] = Work(i));
        results.AddRange(resultsByTurn);
        var resultsByTurn2 = new double[100];
        Parallel.For(0, 100, i => resultsByTurn2[i] = Work(-i));
        results.AddRange(resultsByTurn2);
        """);

    [Fact]
    public Task Fix_WithoutImport_SpellsTheType() => Verify.CodeFix(
        """
        public sealed class Sample
        {
            public void Run(double[] data)
            {
                for (var i = 0; [|i < data.Length|]; i++)
                    data[i] = Work(data[i]);
            }

            private static double Work(double seed)
            {
                for (var k = 0; k < 50_000_000; k++) seed = seed * 0.99 + k;
                return seed;
            }

            public static void Main() { }
        }
        """,
        """
        public sealed class Sample
        {
            public void Run(double[] data)
            {
                System.Threading.Tasks.Parallel.For(0, data.Length, i => data[i] = Work(data[i]));
            }

            private static double Work(double seed)
            {
                for (var k = 0; k < 50_000_000; k++) seed = seed * 0.99 + k;
                return seed;
            }

            public static void Main() { }
        }
        """,
        Tool with { ImplicitUsings = false });

    [Fact]
    public Task Fix_OfASuggestion_AsksToVerify() => Verify.SuggestionFix(
        Method("for (var i = 0; [|i < n|]; i++) for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) data[i] += j * k;"),
        Method("""
            Parallel.For(0, n, i =>
            {
                for (var j = 0; j < n; j++) for (var k = 0; k < n; k++) data[i] += j * k;
            });
            """),
        Tool with { CodeActionTitle = "Share the turns among all processors: Parallel.For (verify that they are independent)" });

    [Fact]
    public Task Directive_HasNoFix() => Verify.NoCodeFix(
        Method("""
            for (var i = 0; [|i < 100|]; i++)
            {
            #if DEBUG
                data[i] = 0;
            #endif
                data[i] = Work(i);
            }
            """),
        Tool);

    [Fact]
    public Task ItemThatIsConverted_HasNoFix() => Verify.NoCodeFix(Method("foreach (object d in [|data|]) results.Add(Work((double)d));"), Tool);
}
