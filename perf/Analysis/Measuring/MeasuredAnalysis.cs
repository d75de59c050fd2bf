using System.Diagnostics;
using System.Runtime.InteropServices;
using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>All measures in this process, one after the other.</summary>
internal static class MeasuredAnalysis
{
    public static async Task<AnalysisResults> TakeAsync(bool quick, string? only)
    {
        var start = Stopwatch.GetTimestamp();
        var sets = AnalyzerSet.LoadAll();
        var ours = sets[0];
        var inputs = new List<InputCost>();
        var setCosts = new List<SetCost>();
        var rules = new List<RuleCost>();
        var failures = new List<string>();

        foreach (var input in MeasuredInputs.All().Where(i => only is null || only == i.Name).Select(i => i.Checked()))
        {
            var warmUps = inputs.Count == 0 || !quick ? 1 : 0;
            var measured = await SideBySide.OfAsync(input, sets, quick ? 3 : 7, warmUps);
            inputs.Add(new InputCost(input.Name, input.What, input.Lines, measured.CompilerMilliseconds, measured.BindingMilliseconds));
            setCosts.AddRange(sets.Select(s => CostOf(measured, s)));
            var alone = !quick || input.Name == "generated" ? await OwnRules.AloneAsync(input, ours, quick ? 1 : 3) : null;
            rules.AddRange(ours.OneByOne().Select(r => CostOf(measured, r.Name, alone)));
            Told($"{input.Name} measured", start);
        }

        return new AnalysisResults(
            quick ? "quick" : "full",
            typeof(CSharpCompilation).Assembly.GetName().Version!.ToString(3),
            Environment.ProcessorCount,
            RuntimeInformation.FrameworkDescription,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            inputs,
            setCosts,
            rules,
            [],
            [],
            new Retention(0, 0, 0),
            [.. RatiosOf(inputs, setCosts)],
            [.. AllocationsOf(inputs, setCosts, rules)],
            failures);
    }

    private static SetCost CostOf(SideBySide measured, AnalyzerSet set)
    {
        var findings = measured.Last(set.Name).Findings.Where(f => set.Analyzers.Any(a => a.SupportedDiagnostics.Any(d => d.Id == f.Key))).Sum(f => f.Value);
        return new(measured.Input.Name, set.Name, set.Version, set.Analyzers.Length, measured.Milliseconds(set.Name), measured.WallMilliseconds(set.Name), measured.TelemetryMilliseconds(set.Name), measured.Allocated(set.Name), findings);
    }

    private static RuleCost CostOf(SideBySide measured, string rule, IReadOnlyDictionary<string, (double Milliseconds, long Allocated)>? alone) => new(
        measured.Input.Name,
        rule,
        measured.TelemetryMilliseconds(AnalyzerSet.OursName, rule),
        alone?[rule].Milliseconds,
        alone?[rule].Allocated,
        measured.Last(AnalyzerSet.OursName).Findings.GetValueOrDefault(rule));

    private static IEnumerable<Ratio> RatiosOf(IReadOnlyList<InputCost> inputs, IReadOnlyList<SetCost> sets) =>
        from input in inputs
        let ours = sets.Single(s => s.Input == input.Input && s.Set == AnalyzerSet.OursName)
        from ratio in sets.Where(s => s.Input == input.Input && s.Set != AnalyzerSet.OursName)
            .SelectMany(s => (Ratio[])[new($"{input.Input}/all/{s.Set}", ours.Milliseconds / s.Milliseconds), new($"{input.Input}/all/{s.Set}-callbacks", ours.Telemetry / s.Telemetry)])
            .Append(new($"{input.Input}/all/compiler", ours.Milliseconds / input.Compiler))
            .Append(new($"{input.Input}/all/compiler-callbacks", ours.Telemetry / input.Compiler))
        select ratio;

    private static IEnumerable<Allocation> AllocationsOf(IReadOnlyList<InputCost> inputs, IReadOnlyList<SetCost> sets, IReadOnlyList<RuleCost> rules)
    {
        foreach (var input in inputs)
        {
            yield return new($"{input.Input}/all/allocated", PerThousandLines(input, sets.Single(s => s.Input == input.Input && s.Set == AnalyzerSet.OursName).Allocated));
            foreach (var rule in rules.Where(r => r.Input == input.Input && r.Allocated is not null)) yield return new($"{input.Input}/{rule.Rule}/allocated", PerThousandLines(input, rule.Allocated!.Value));
        }
    }

    private static long PerThousandLines(InputCost input, long bytes) => Math.Max(0, bytes) * 1_000 / input.Lines;

    private static void Told(string what, long start) => Console.Error.WriteLine($"{what} after {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
}
