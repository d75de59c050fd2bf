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
    private readonly List<Pass> compiler = [];
    private readonly List<Pass> nothing = [];
    private readonly Dictionary<string, List<Pass>> sets = [];

    public Input Input => input;

    public double CompilerMilliseconds => Clock.Percentile(compiler.Select(p => p.Cpu), 50);

    public double BindingMilliseconds => Clock.Percentile(nothing.Select(p => p.Cpu), 50);

    /// <param name="input">All of it, every pass.</param>
    /// <param name="analyzers">Each round begins with another one.</param>
    /// <param name="rounds">That count.</param>
    /// <param name="warmUps">That do not.</param>
    public static async Task<SideBySide> OfAsync(Input input, IReadOnlyList<AnalyzerSet> analyzers, int rounds, int warmUps)
    {
        for (var round = 0; round < warmUps; round++) await new SideBySide(input).RoundAsync(analyzers);
        var measured = new SideBySide(input);
        for (var round = 0; round < rounds; round++) await measured.RoundAsync([.. analyzers.Skip(round % analyzers.Count), .. analyzers.Take(round % analyzers.Count)]);
        return measured;
    }

    /// <summary>Median of the paired differences: milliseconds of processor time.</summary>
    public double Milliseconds(string set) => Median(set, (pass, without) => pass.Cpu - without.Cpu);

    /// <summary>The same of time that went by.</summary>
    public double WallMilliseconds(string set) => Median(set, (pass, without) => pass.Wall - without.Wall);

    /// <summary>Inside the analyzers' own callbacks.</summary>
    public double TelemetryMilliseconds(string set) => Clock.Percentile(sets[set].Select(p => p.Telemetry.Values.Sum()), 50);

    public double TelemetryMilliseconds(string set, string rule) => Clock.Percentile(sets[set].Select(p => p.Telemetry.GetValueOrDefault(rule)), 50);

    public long Allocated(string set) => (long)Median(set, (pass, without) => pass.Allocated - without.Allocated);

    public Pass Last(string set) => sets[set][^1];

    private double Median(string set, Func<Pass, Pass, double> difference) => Clock.Percentile(sets[set].Select((pass, round) => difference(pass, nothing[round])), 50);

    private async Task RoundAsync(IReadOnlyList<AnalyzerSet> analyzers)
    {
        compiler.Add(Pass.OfCompiler(input));
        nothing.Add(await Pass.OfAsync(input, AnalyzerSet.Nothing));
        foreach (var set in analyzers)
        {
            if (!sets.TryGetValue(set.Name, out var passes)) sets.Add(set.Name, passes = []);
            passes.Add(await Pass.OfAsync(input, set));
        }
    }
}
