using System.Diagnostics;
using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Running;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>One statement typed into a body, document after document; each set is asked about the same edit in a compilation that nobody has looked at.</summary>
internal static class Edits
{
    /// <summary>So many documents show every shape of the code: what the runtime compiles later, it compiles in the middle of a measurement.</summary>
    private const int WarmUps = 12;

    public static async Task<IReadOnlyList<EditLatency>> MeasureAsync(Input input, IReadOnlyList<AnalyzerSet> sets, int edits)
    {
        var project = input.Projects[0].Clone();
        var documents = project.SyntaxTrees.Where(t => BodyOf(t) is not null).ToArray();
        var asked = sets.Prepend(AnalyzerSet.Nothing).ToArray();
        var taken = asked.ToDictionary(s => s.Name, _ => new List<Taken>());
        for (var edit = -WarmUps; edit < edits; edit++)
        {
            var old = documents[(edit + WarmUps) * 7 % documents.Length];
            var changed = Typed(old, edit + WarmUps);
            foreach (var set in asked.Skip((edit + WarmUps) % asked.Length).Concat(asked.Take((edit + WarmUps) % asked.Length)))
            {
                var time = await AskAsync(project.ReplaceSyntaxTree(old, changed), changed, set);
                if (edit >= 0) taken[set.Name].Add(time);
            }
        }

        var without = taken[AnalyzerSet.Nothing.Name];
        return [.. asked.Select(s => new EditLatency(input.Name, s.Name, s.Version, edits, Of(taken[s.Name].Select(t => t.Wall)), Of(taken[s.Name].Select((t, i) => t.Cpu - without[i].Cpu)), Of(taken[s.Name].Select(t => t.Callbacks))))];
    }

    private static async Task<Taken> AskAsync(CSharpCompilation compilation, SyntaxTree document, AnalyzerSet set)
    {
        GC.Collect(1); // what the set before has left is not this one's
        var (cpu, start) = (Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp());
        var run = compilation.WithAnalyzers(set.ToRun, Pass.OptionsOf(set, concurrent: false));
        await run.GetAnalyzerSyntaxDiagnosticsAsync(document, default);
        await run.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(document), filterSpan: null, default);
        var (wall, spent) = (Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds);
        var callbacks = 0.0;
        foreach (var analyzer in set.ToRun) callbacks += (await run.GetAnalyzerTelemetryInfoAsync(analyzer, default)).ExecutionTime.TotalMilliseconds;
        return new Taken(wall, spent, callbacks);
    }

    private static SyntaxTree Typed(SyntaxTree document, int edit) =>
        document.WithChangedText(document.GetText().WithChanges(new TextChange(new TextSpan(BodyOf(document)!.OpenBraceToken.Span.End, 0), $" _ = {edit};")));

    private static BlockSyntax? BodyOf(SyntaxTree document) => document.GetRoot().DescendantNodes().OfType<MethodDeclarationSyntax>().Select(m => m.Body).LastOrDefault(b => b is not null);

    private static Percentiles Of(IEnumerable<double> values)
    {
        var all = values.ToArray();
        return new(Clock.Percentile(all, 50), Clock.Percentile(all, 95), Clock.Percentile(all, 99));
    }

    private sealed record Taken(double Wall, double Cpu, double Callbacks);
}
