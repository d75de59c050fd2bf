using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>
/// The compiler, nothing, ours and the peers over one input, in turn, round by round. What a set costs is what its pass took more than the pass of nothing in the
/// same round: what the machine did to a round, it did to both.
/// </summary>
public sealed class SideBySide(Input input)
{
    /// <summary>What costs little beside binding: a disturbance of one pass would be most of the difference, so the cheapest of a few counts.</summary>
    private static readonly string[] Light = [AnalyzerSet.Operations.Name, AnalyzerSet.OursName, "asyncfixer"];

    private readonly List<Pass> compiler = [];
    private readonly List<Pass> nothing = [];
    private readonly Dictionary<string, List<Pass>> sets = [];

    public double CompilerMilliseconds => Clock.Percentile(compiler.Select(p => p.Cpu), 50);

    public double BindingMilliseconds => Clock.Percentile(nothing.Select(p => p.Cpu), 50);

    /// <param name="input">All of it, every pass.</param>
    /// <param name="analyzers">Each round begins with another one.</param>
    /// <param name="rounds">That count.</param>
    /// <param name="repeats">Passes of a light set in a round.</param>
    /// <param name="warm">Whether all of it ran before.</param>
    public static async Task<SideBySide> OfAsync(Input input, IReadOnlyList<AnalyzerSet> analyzers, int rounds, int repeats, bool warm)
    {
        if (!warm) await new SideBySide(input).RoundAsync(analyzers, repeats: 1);
        var measured = new SideBySide(input);
        for (var round = 0; round < rounds; round++) await measured.RoundAsync([.. analyzers.Skip(round % analyzers.Count), .. analyzers.Take(round % analyzers.Count)], repeats);
        return measured;
    }

    public SetCost CostOf(AnalyzerSet set)
    {
        var ids = set.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        return new SetCost(
            input.Name,
            set.Name,
            set.Version,
            set.Analyzers.Length,
            Median(set.Name, (pass, without) => pass.Cpu - without.Cpu),
            Median(set.Name, (pass, without) => pass.Wall - without.Wall),
            Clock.Percentile(sets[set.Name].Select(p => p.Telemetry.Values.Sum()), 50),
            (long)Median(set.Name, (pass, without) => pass.Allocated - without.Allocated),
            sets[set.Name][^1].Findings.Where(f => ids.Contains(f.Key)).Sum(f => f.Value));
    }

    /// <summary>One of our rules, where all run.</summary>
    public RuleCost CostOf(string rule, IReadOnlyDictionary<string, (double Milliseconds, long Allocated)>? alone) => new(
        input.Name,
        rule,
        Clock.Percentile(sets[AnalyzerSet.OursName].Select(p => p.Telemetry.GetValueOrDefault(rule)), 50),
        alone?[rule].Milliseconds,
        alone?[rule].Allocated,
        sets[AnalyzerSet.OursName][^1].Findings.GetValueOrDefault(rule));

    /// <summary>Of the paired differences.</summary>
    private double Median(string set, Func<Pass, Pass, double> difference) => Clock.Percentile(sets[set].Select((pass, round) => difference(pass, nothing[round])), 50);

    private async Task RoundAsync(IReadOnlyList<AnalyzerSet> analyzers, int repeats)
    {
        compiler.Add(Pass.OfCompiler(input));
        nothing.Add(await CheapestAsync(AnalyzerSet.Nothing, repeats));
        foreach (var set in analyzers)
        {
            if (!sets.TryGetValue(set.Name, out var passes)) sets.Add(set.Name, passes = []);
            passes.Add(await CheapestAsync(set, Light.Contains(set.Name) ? repeats : 1));
        }
    }

    private async Task<Pass> CheapestAsync(AnalyzerSet set, int times)
    {
        var cheapest = await Pass.OfAsync(input, set);
        for (var i = 1; i < times; i++) cheapest = await Pass.OfAsync(input, set) is var next && next.Cpu < cheapest.Cpu ? next : cheapest;
        return cheapest;
    }
}
