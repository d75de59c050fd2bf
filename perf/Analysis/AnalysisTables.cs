using System.Globalization;
using System.Text;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Reporting;

namespace ExecutionModel.Perf.Analysis;

/// <summary>The results as Markdown.</summary>
public static class AnalysisTables
{
    public static string Of(AnalysisResults results)
    {
        var text = new StringBuilder();
        text.AppendLine($"{results.Cores} cores, {results.Runtime}, Roslyn {results.Roslyn}; {results.Mode} run, {results.Seconds:0} s. Processor time, one thread, less binding; medians of pairs of passes; in brackets where the ratio lies, 95 of 100 times.");
        text.AppendLine();
        Sets(text, results);
        Rules(text, results);
        foreach (var growth in results.Growths) Grown(text, growth);
        Edited(text, results);
        Told(text, results);
        return text.ToString();
    }

    private static void Grown(StringBuilder text, Growth growth)
    {
        text.AppendLine($"| {growth.Of} | cost ms | µs each | callbacks ms | allocated MB | binding ms |");
        text.AppendLine("|--:|--:|--:|--:|--:|--:|");
        foreach (var point in growth.Points)
        {
            text.AppendLine($"| {point.Size:#,0} | {Cost(point.Milliseconds)} | {Cost(1e3 * point.Milliseconds / point.Size)} | {Number(point.Telemetry)} | {Number(point.Allocated / 1e6)} | {Number(point.Binding)} |");
        }

        text.AppendLine();
        text.AppendLine($"Exponent over the upper half: {growth.Exponent:0.00} of time, {growth.TelemetryExponent:0.00} in callbacks, {growth.AllocationExponent:0.00} of allocation, {growth.BindingExponent:0.00} of binding (1 is linear). By rule, in callbacks: {string.Join(", ", growth.Rules.Select(r => $"{r.Rule} {r.Exponent:0.00} ({Number(r.Milliseconds)} ms)"))}.");
        if (growth.Points.Any(p => p.Milliseconds <= 0)) text.AppendLine("A dash: binding, which is taken off, varied by more than the cost.");
        text.AppendLine();

        static string Cost(double milliseconds) => milliseconds > 0 ? Number(milliseconds) : "–";
    }

    private static void Edited(StringBuilder text, AnalysisResults results)
    {
        if (results.Latencies.Count == 0) return;
        text.AppendLine("| one document after an edit | edits | whole, by the clock: p50 | p95 | p99 ms | own processor time: p50 | p95 | p99 ms | callbacks: p50 | p95 | p99 ms |");
        text.AppendLine("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
        foreach (var set in results.Latencies)
        {
            text.AppendLine($"| {set.Set} {set.Version} | {set.Edits} | {Of(set.Whole)} | {Of(set.Own)} | {Of(set.Callbacks)} |");
        }

        text.AppendLine();

        static string Of(Percentiles all) => $"{Number(all.P50)} | {Number(all.P95)} | {Number(all.P99)}";
    }

    private static void Told(StringBuilder text, AnalysisResults results)
    {
        if (results.Retention is { } kept) text.AppendLine($"Memory: {kept.Alive} of {kept.Compilations} released compilations still there, heap {kept.Growth / 1e3:+#,0;-#,0;0} kB.").AppendLine();
        if (results.Headlines.Count == 0) return;
        text.AppendLine("| BenchmarkDotNet, binding included | analyzers | mean ms | ± | allocated MB |");
        text.AppendLine("|---|---|--:|--:|--:|");
        foreach (var line in results.Headlines) text.AppendLine($"| {line.Input} | {line.Set} | {Number(line.Mean)} | {Number(line.Error)} | {Number(line.Allocated / 1e6)} |");
        text.AppendLine();
    }

    private static void Sets(StringBuilder text, AnalysisResults results)
    {
        if (results.Inputs.Count == 0) return;
        text.AppendLine("| input | analyzers | cost ms | callbacks ms | allocated MB | findings | ours / it | callbacks: ours / it |");
        text.AppendLine("|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (var input in results.Inputs)
        {
            var ours = results.OursOn(input);
            text.AppendLine($"| {input.Input}: {input.What}, {input.Lines:#,0} lines | the compiler | {Number(input.Compiler)} | | | | {Share(ours.Milliseconds, input.Compiler)} | {Share(ours.Telemetry, input.Compiler)} |");
            foreach (var set in results.Sets.Where(s => s.Input == input.Input))
            {
                text.AppendLine($"| {input.Input} | {set.Set} {set.Version} ({set.Analyzers}) | {Number(set.Milliseconds)} | {Number(set.Telemetry)} | {Number(set.Allocated / 1e6)} | {set.Findings:#,0} | {(set == ours ? " | " : $"{ours.RatioTo(set)} | {Ratio(ours.Telemetry, set.Telemetry)}")} |");
            }
        }

        text.AppendLine();
    }

    private static void Rules(StringBuilder text, AnalysisResults results)
    {
        if (results.Inputs.Count == 0) return;
        text.AppendLine("| rule |" + string.Concat(results.Inputs.Select(i => $" {i.Input}: callbacks ms | alone kB |")));
        text.AppendLine("|---|" + string.Concat(results.Inputs.Select(_ => "--:|--:|")));
        foreach (var rule in results.Rules.GroupBy(r => r.Rule))
        {
            text.AppendLine($"| {rule.Key} |" + string.Concat(rule.Select(r => $" {Number(r.Telemetry)} | {Number(r.Allocated / 1e3)} |")));
        }

        text.AppendLine();
    }

    private static string Share(double part, double whole) => (part / whole).ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Ratio(double a, double b) => b > 0 ? (a / b).ToString("0.00", CultureInfo.InvariantCulture) : "–";

    private static string Number(double? value) => value is { } v ? v.ToString(Math.Abs(v) >= 100 ? "#,0" : "0.0", CultureInfo.InvariantCulture) : "–";
}
