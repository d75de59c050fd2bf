using System.Globalization;
using System.Text;
using ExecutionModel.Perf.Analysis.Loading;

namespace ExecutionModel.Perf.Analysis;

/// <summary>The results as Markdown.</summary>
public static class AnalysisTables
{
    public static string Of(AnalysisResults results)
    {
        var text = new StringBuilder();
        text.AppendLine($"{results.Cores} cores, {results.Runtime}, Roslyn {results.Roslyn}; {results.Mode} run, {results.Seconds:0} s. Processor time, one thread, less binding; medians of paired rounds.");
        text.AppendLine();
        Sets(text, results);
        Rules(text, results);
        return text.ToString();
    }

    private static void Sets(StringBuilder text, AnalysisResults results)
    {
        text.AppendLine("| input | analyzers | cost ms | callbacks ms | allocated MB | findings | ours / it | callbacks: ours / it |");
        text.AppendLine("|---|---|--:|--:|--:|--:|--:|--:|");
        foreach (var input in results.Inputs)
        {
            var ours = results.Sets.Single(s => s.Input == input.Input && s.Set == AnalyzerSet.OursName);
            text.AppendLine($"| {input.Input}: {input.What}, {input.Lines:#,0} lines | the compiler | {Number(input.Compiler)} | | | | {Share(ours.Milliseconds, input.Compiler)} | {Share(ours.Telemetry, input.Compiler)} |");
            foreach (var set in results.Sets.Where(s => s.Input == input.Input))
            {
                text.AppendLine($"| {input.Input} | {set.Set} {set.Version} ({set.Analyzers}) | {Number(set.Milliseconds)} | {Number(set.Telemetry)} | {Number(set.Allocated / 1e6)} | {set.Findings:#,0} | {Ratio(ours.Milliseconds, set.Milliseconds)} | {Ratio(ours.Telemetry, set.Telemetry)} |");
            }
        }

        text.AppendLine();
    }

    private static void Rules(StringBuilder text, AnalysisResults results)
    {
        text.AppendLine("| rule |" + string.Concat(results.Inputs.Select(i => $" {i.Input}: callbacks ms | alone ms | alone kB |")));
        text.AppendLine("|---|" + string.Concat(results.Inputs.Select(_ => "--:|--:|--:|")));
        foreach (var rule in results.Rules.GroupBy(r => r.Rule))
        {
            text.AppendLine($"| {rule.Key} |" + string.Concat(rule.Select(r => $" {Number(r.Telemetry)} | {Number(r.Alone)} | {Number(r.Allocated / 1e3)} |")));
        }

        text.AppendLine();
    }

    private static string Share(double part, double whole) => (part / whole).ToString("0.0 %", CultureInfo.InvariantCulture);

    private static string Ratio(double a, double b) => b > 0 ? (a / b).ToString("0.00", CultureInfo.InvariantCulture) : "–";

    private static string Number(double? value) => value is { } v ? v.ToString(Math.Abs(v) >= 100 ? "#,0" : "0.0", CultureInfo.InvariantCulture) : "–";
}
