using System.Diagnostics;
using System.Runtime.InteropServices;
using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>All measures in this process, one after the other.</summary>
/// <param name="quick">Few rounds, small sizes.</param>
/// <param name="only">The parts to take, separated by commas; null for all.</param>
internal sealed class MeasuredAnalysis(bool quick, string? only)
{
    private static readonly string[] Parts = ["samples", "generated", "own-source", "methods", "awaits", "edits", "memory", "headlines"];

    /// <summary>What a quick run takes where nobody names a part: enough to see that something got worse.</summary>
    private static readonly string[] InAHurry = ["generated", "memory"];

    private readonly long start = Stopwatch.GetTimestamp();
    private readonly IReadOnlyList<AnalyzerSet> sets = quick ? [AnalyzerSet.Load(AnalyzerSet.OursName), AnalyzerSet.Load(AnalyzerSet.NearestName)] : AnalyzerSet.LoadAll();
    private readonly List<InputCost> inputCosts = [];
    private readonly List<SetCost> setCosts = [];
    private readonly List<RuleCost> ruleCosts = [];

    private AnalyzerSet Ours => sets[0];

    public async Task<AnalysisResults> TakeAsync()
    {
        var inputs = MeasuredInputs.All();
        foreach (var input in inputs.Where(i => Wanted(i.Name))) await StepAsync(input.Name, () => TakeAsync(input.Checked()));
        var growths = new List<Growth>();
        if (Wanted("methods")) growths.Add(await StepAsync("growth in methods", () => Growths.OfMethodsAsync(Ours, quick)));
        if (Wanted("awaits")) growths.Add(await StepAsync("growth in awaits", () => Growths.OfAwaitsAsync(Ours, quick)));

        var generated = inputs.Single(i => i.Name == "generated");
        var latencies = Wanted("edits") ? await StepAsync("edits", () => Edits.MeasureAsync(quick ? generated : MeasuredInputs.Generated(4_000, 4), sets, quick ? 20 : 250)) : [];
        var retention = Wanted("memory") ? await StepAsync("memory", () => Remains.MeasureAsync(inputs[0], Ours)) : null;
        var headlines = !quick && Wanted("headlines") ? await StepAsync("headlines", () => Task.FromResult(HeadlineBenchmarks.Run())) : [];

        return new AnalysisResults(
            quick ? "quick" : "full",
            typeof(CSharpCompilation).Assembly.GetName().Version!.ToString(3),
            Environment.ProcessorCount,
            RuntimeInformation.FrameworkDescription,
            Stopwatch.GetElapsedTime(start).TotalSeconds,
            inputCosts,
            setCosts,
            ruleCosts,
            growths,
            latencies,
            retention,
            headlines,
            [.. Ratios()],
            [.. Allocations()],
            [.. Failures(growths, retention)]);
    }

    private bool Wanted(string part) => only is not null ? only.Split(',').Contains(part) : !quick || InAHurry.Contains(part);

    private async Task<bool> TakeAsync(Input input)
    {
        List<AnalyzerSet> run = quick ? [.. sets] : [AnalyzerSet.Operations, .. sets];
        var measured = await SideBySide.OfAsync(input, run, quick ? 2 : 7, repeats: 3, warm: quick && inputCosts.Count > 0); // the first input warms up all that the others need
        var alone = !quick || input.Name == "generated" ? await OwnRules.AloneAsync(input, Ours, quick ? 1 : 3) : null;
        inputCosts.Add(new InputCost(input.Name, input.What, input.Lines, measured.CompilerMilliseconds, measured.BindingMilliseconds));
        setCosts.AddRange(run.Select(measured.CostOf));
        ruleCosts.AddRange(Ours.OneByOne().Select(r => measured.CostOf(r.Name, alone)));
        return true;
    }

    private IEnumerable<string> Failures(IReadOnlyList<Growth> growths, Retention? retention)
    {
        if (!Parts.Any(Wanted)) yield return $"--filter {only}: no part of the analysis has that name; there are {string.Join(", ", Parts)}.";
        if (retention is { Alive: > 0 }) yield return $"{retention.Alive} of {retention.Compilations} released compilations are still held.";
        foreach (var growth in growths.Where(g => g.IsQuadratic && g.Points.Count > 3)) yield return FormattableString.Invariant($"The time in callbacks grows with the {growth.Of} to the power of {growth.TelemetryExponent:0.00}.");
    }

    /// <summary>A peer costs so little or so much as its version does, and the noise of binding, which both are freed of, is as large as the nearest: the compiler is the measure.</summary>
    private IEnumerable<Ratio> Ratios() =>
        from input in inputCosts
        let ours = setCosts.Single(s => s.Input == input.Input && s.Set == AnalyzerSet.OursName)
        where ours.Milliseconds > 0
        select new Ratio($"{input.Input}/all/compiler", ours.Milliseconds / input.Compiler);

    private IEnumerable<Allocation> Allocations()
    {
        foreach (var input in inputCosts)
        {
            yield return new($"{input.Input}/all/allocated", PerThousandLines(input, setCosts.Single(s => s.Input == input.Input && s.Set == AnalyzerSet.OursName).Allocated));
            foreach (var rule in ruleCosts.Where(r => r.Input == input.Input && r.Allocated is not null)) yield return new($"{input.Input}/{rule.Rule}/allocated", PerThousandLines(input, rule.Allocated!.Value));
        }
    }

    private static long PerThousandLines(InputCost input, long bytes) => Math.Max(0, bytes) * 1_000 / input.Lines;

    private static async Task<T> StepAsync<T>(string what, Func<Task<T>> step)
    {
        var began = Stopwatch.GetTimestamp();
        var result = await step();
        await Console.Error.WriteLineAsync(FormattableString.Invariant($"analysis: {what}: {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s"));
        return result;
    }
}
