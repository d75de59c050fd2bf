using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>Generated projects of growing size under all our rules. Of several rounds the cheapest counts: nothing makes code cheaper than it is.</summary>
internal static class Growths
{
    /// <summary>A rule with less than this part of the whole does not make the whole grow.</summary>
    private const double Worth = 0.03;

    private const int FewMethods = 2;

    public static Task<Growth> OfMethodsAsync(AnalyzerSet ours, bool quick) =>
        OfAsync("methods", ours, quick ? [1_000, 4_000] : [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 64_000], size => MeasuredInputs.Generated(size, 2), size => quick || size > 8_000 ? 1 : 3);

    public static Task<Growth> OfAwaitsAsync(AnalyzerSet ours, bool quick) =>
        OfAsync("awaits in a method", ours, quick ? [1, 64, 512] : [1, 4, 16, 64, 256, 1_024, 4_096], size => MeasuredInputs.Generated(FewMethods, size), _ => 2);

    private static async Task<Growth> OfAsync(string what, AnalyzerSet ours, int[] sizes, Func<int, Input> input, Func<int, int> rounds)
    {
        var points = new List<GrowthPoint>();
        var best = new List<(int Size, Pass Pass)>();
        var warmUp = input(sizes[0]);
        await Pass.OfAsync(warmUp, AnalyzerSet.Nothing);
        await Pass.OfAsync(warmUp, ours);
        foreach (var size in sizes)
        {
            var code = input(size);
            Pass? with = null, without = null;
            for (var round = 0; round < rounds(size); round++)
            {
                without = Cheaper(without, await Pass.OfAsync(code, AnalyzerSet.Nothing));
                with = Cheaper(with, await Pass.OfAsync(code, ours));
            }

            points.Add(new(size, with!.Cpu - without!.Cpu, without.Cpu, with.Telemetry.Values.Sum(), with.Allocated - without.Allocated));
            best.Add((size, with));
        }

        var last = best[^1].Pass;
        var rules =
            from rule in last.Telemetry
            where rule.Value > Worth * last.Telemetry.Values.Sum()
            let growth = new RuleGrowth(rule.Key, rule.Value, Growth.Slope([.. best.Select(b => ((double)b.Size, b.Pass.Telemetry[rule.Key]))]))
            orderby growth.Exponent descending
            select growth;
        return new Growth(what, points, [.. rules]);
    }

    private static Pass Cheaper(Pass? a, Pass b) => a is not null && a.Cpu <= b.Cpu ? a : b;
}
