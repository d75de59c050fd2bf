using System.Text;
using ExecutionModel.Perf.Analysis;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Reporting;

/// <summary>What the README shows of a report: its picture, and the first gain of each claim.</summary>
public static class ReadmeFigures
{
    public const string Start = "<!-- figures -->";
    public const string End = "<!-- /figures -->";

    /// <summary>The text between the marks, marks included.</summary>
    /// <param name="results">The published ones.</param>
    /// <param name="folder">Where they are published, seen from the README.</param>
    public static string Of(Results results, string folder)
    {
        var text = new StringBuilder();
        text.Append($"{Start}\n![Times before and after each fix, on a logarithmic axis]({folder}/speedups.svg)\n\n");
        text.Append($"One {results.Mode} run on {results.Machine}, loopback. All figures, prices, memory and threads: [report.md]({folder}/report.md); the same as a [page]({folder}/report.html) and as [JSON]({folder}/{Results.Json}).\n\n");
        text.Append("| rule | measured | before | after | speedup | physical bound |\n|---|---|--:|--:|--:|--:|\n");
        foreach (var f in results.Claims.Select(c => c.Figures.FirstOrDefault(f => f.Role == Role.Gain)).OfType<Figure>())
        {
            text.Append($"| {f.Rule} | {f.What} | {f.Value(f.Before)} | {f.Value(f.After)} | {f.Speedup()} | {f.Value(f.Bound)} |\n");
        }

        if (results.Cost is { } cost) Cost(text, cost);
        return text.Append(End).ToString();
    }

    private static void Cost(StringBuilder text, AnalysisResults cost)
    {
        var peers = cost.Sets.Where(s => AnalyzerSet.Peers.Contains(s.Set)).Select(s => (s.Set, s.Version)).Distinct().ToList();
        text.Append($"\nWhat all {cost.Rules.Select(r => r.Rule).Distinct().Count()} rules cost, processor time, Roslyn {cost.Roslyn}, same run:\n\n");
        text.Append($"| input | of the compiler's own time |{string.Concat(peers.Select(p => $" / {p.Set} {p.Version} |"))}\n|---|--:|{string.Concat(peers.Select(_ => "--:|"))}\n");
        foreach (var input in cost.Inputs)
        {
            var ours = cost.OursOn(input);
            text.Append($"| {input.Input}: {input.What}, {Text.Number(input.Lines)} lines | {Text.Times(100 * ours.Milliseconds / input.Compiler)} % |{string.Concat(peers.Select(p => $" {ours.RatioTo(cost.On(input, p.Set))} |"))}\n");
        }
    }
}
