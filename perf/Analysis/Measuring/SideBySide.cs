using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>
/// The compiler, nothing, ours and the peers over one input, in turn, round by round. Right before each pass of a set stands one of nothing: a shared machine is
/// half as fast in one second as in the next, and what it did to the one, it did to the other.
/// </summary>
public sealed class SideBySide(Input input)
{
    /// <summary>What costs little beside binding is lost in the noise of one pair: several count in each round.</summary>
    private static readonly string[] Light = [AnalyzerSet.Operations.Name, AnalyzerSet.OursName, AnalyzerSet.NearestName];

    /// <summary>Rounds of the others.</summary>
    private const int OfHeavy = 3;

    private readonly List<Pass> compiler = [];
    private readonly Dictionary<string, List<Pair>> sets = [];

    public double CompilerMilliseconds => Clock.Percentile(compiler.Select(p => p.Cpu), 50);

    public double BindingMilliseconds => Clock.Percentile(sets.Values.SelectMany(s => s).Select(p => p.Without.Cpu), 50);

    /// <param name="input">All of it, every pass.</param>
    /// <param name="analyzers">Each round begins with another one.</param>
    /// <param name="rounds">That count.</param>
    /// <param name="repeats">Pairs of a light set in a round.</param>
    /// <param name="warm">Whether all of it ran before.</param>
    public static async Task<SideBySide> OfAsync(Input input, IReadOnlyList<AnalyzerSet> analyzers, int rounds, int repeats, bool warm)
    {
        if (!warm) await new SideBySide(input).RoundAsync(analyzers, repeats: 1);
        var measured = new SideBySide(input);
        for (var round = 0; round < rounds; round++)
        {
            var wanted = analyzers.Where(a => round < OfHeavy || Light.Contains(a.Name)).ToList();
            await measured.RoundAsync([.. wanted.Skip(round % wanted.Count), .. wanted.Take(round % wanted.Count)], repeats);
        }

        return measured;
    }

    public SetCost CostOf(AnalyzerSet set)
    {
        var ids = set.Analyzers.SelectMany(a => a.SupportedDiagnostics).Select(d => d.Id).ToHashSet(StringComparer.Ordinal);
        var (pairs, binding) = (sets[set.Name], BindingMilliseconds);
        return new SetCost(
            input.Name,
            set.Name,
            set.Version,
            set.Analyzers.Length,
            new Sample([.. pairs.Select(p => (p.With.Cpu / p.Without.Cpu - 1) * binding)]),
            Clock.Percentile(pairs.Select(p => p.With.Wall - p.Without.Wall), 50),
            Clock.Percentile(pairs.Select(p => p.With.Telemetry.Values.Sum()), 50),
            (long)Clock.Percentile(pairs.Select(p => (double)(p.With.Allocated - p.Without.Allocated)), 50),
            pairs[^1].With.Findings.Where(f => ids.Contains(f.Key)).Sum(f => f.Value));
    }

    /// <summary>One of our rules, where all run.</summary>
    public RuleCost CostOf(string rule, IReadOnlyDictionary<string, (double Milliseconds, long Allocated)>? alone) => new(
        input.Name,
        rule,
        Clock.Percentile(sets[AnalyzerSet.OursName].Select(p => p.With.Telemetry.GetValueOrDefault(rule)), 50),
        alone?[rule].Milliseconds,
        alone?[rule].Allocated,
        sets[AnalyzerSet.OursName][^1].With.Findings.GetValueOrDefault(rule));

    private async Task RoundAsync(IReadOnlyList<AnalyzerSet> analyzers, int repeats)
    {
        compiler.Add(Pass.OfCompiler(input));
        foreach (var set in analyzers)
        {
            if (!sets.TryGetValue(set.Name, out var pairs)) sets.Add(set.Name, pairs = []);
            for (var i = 0; i < (Light.Contains(set.Name) ? repeats : 1); i++) pairs.Add(await PairAsync(set));
        }
    }

    private async Task<Pair> PairAsync(AnalyzerSet set)
    {
        var without = await Pass.OfAsync(input, AnalyzerSet.Nothing);
        return new Pair(without, await Pass.OfAsync(input, set));
    }

    private readonly record struct Pair(Pass Without, Pass With);
}
