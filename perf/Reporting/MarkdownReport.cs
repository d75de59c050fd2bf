using System.Text;
using ExecutionModel.Perf.Analysis;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Micro;

namespace ExecutionModel.Perf.Reporting;

/// <summary>The report for a terminal, a pull request or the README.</summary>
public static class MarkdownReport
{
    public static string Of(Results results)
    {
        var text = new StringBuilder();
        text.AppendLine("# What each fix buys");
        text.AppendLine();
        text.AppendLine($"{results.Machine}; {results.Mode} run of {results.Date:yyyy-MM-dd}, {results.Seconds:0} s; {results.Answers.Count(a => a.Same)} of {results.Answers.Count} answers are equal before and after.");
        text.AppendLine();
        Claims(text, results.Figures);
        Needed(text, results.Claims);
        Articles(text, results.Figures);
        Cores(text, results.Scaling);
        Overheads(text, results.Overheads ?? []);
        if (results.Cost is { } cost) text.AppendLine().AppendLine("# What the analyzers cost").AppendLine().Append(AnalysisTables.Of(cost).ReplaceLineEndings("\n"));
        return text.ToString();
    }

    private static void Claims(StringBuilder text, IEnumerable<Figure> figures)
    {
        text.AppendLine("| rule | measured | before | after | speedup | physical bound | measured / bound |");
        text.AppendLine("|---|---|--:|--:|--:|---|--:|");
        foreach (var f in figures)
        {
            text.AppendLine($"| {f.Rule} | {f.What} | {f.Value(f.Before)} | {f.Value(f.After)} | {f.Speedup()} | {f.Bound()} | {f.Distance()} |");
        }
    }

    private static void Needed(StringBuilder text, IEnumerable<Measured> claims)
    {
        text.AppendLine();
        text.AppendLine("| claim | the sample's process at its peak, before | after |");
        text.AppendLine("|---|--:|--:|");
        foreach (var claim in claims.Where(c => c.Needed is not { Before: null, After: null }))
        {
            text.AppendLine($"| {claim.Rule} {claim.Name} | {Text.Needed(claim.Needed.Before)} | {Text.Needed(claim.Needed.After)} |");
        }
    }

    private static void Articles(StringBuilder text, IEnumerable<Figure> figures)
    {
        var repeated = figures.Where(f => f.Theirs is not null).ToList();
        if (repeated.Count == 0) return;
        text.AppendLine();
        text.AppendLine("| published figure | theirs | ours | their ratio | our ratio | our bound | measured / bound |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|");
        foreach (var f in repeated)
        {
            text.AppendLine($"| {f.Theirs!.Scene}; here {f.Rule} {f.What} | {f.Their()} | {f.Value(f.Before)} → {f.Value(f.After)} | {(f.Theirs.Factor is { } factor ? Text.Times(factor) + "×" : "–")} | {f.Speedup()} | {f.Value(f.Bound)} | {f.Distance()} |");
        }
    }

    private static void Overheads(StringBuilder text, IReadOnlyList<Overhead> all)
    {
        if (all.Count == 0) return;
        text.AppendLine();
        text.AppendLine("| what a written shape costs by itself | ns | bytes |");
        text.AppendLine("|---|--:|--:|");
        foreach (var one in all) text.AppendLine($"| {one.What} | {Text.Number(one.Nanoseconds)} ± {Text.Number(one.Margin)} | {Text.Number(one.Bytes)} |");
    }

    private static void Cores(StringBuilder text, IReadOnlyList<Scaling> all)
    {
        if (all.Count == 0) return;
        var cores = all[0].Points.Select(p => p.Cores).ToList();
        text.AppendLine();
        text.AppendLine($"| speedup (bound) with so many processors | {string.Join(" | ", cores)} |");
        text.AppendLine($"|---|{string.Concat(cores.Select(_ => "--:|"))}");
        foreach (var one in all) text.AppendLine($"| {one.Rule} {one.What} | {string.Join(" | ", one.Points.Select(p => $"{Text.Times(p.Speedup)} ({Text.Times(p.Bound)})"))} |");
    }
}
