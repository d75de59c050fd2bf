using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>Each of our rules alone: nobody else pays for the bodies that it has bound.</summary>
internal static class OwnRules
{
    public static async Task<IReadOnlyDictionary<string, (double Milliseconds, long Allocated)>> AloneAsync(Input input, AnalyzerSet ours, int rounds)
    {
        var taken = new Dictionary<string, List<(double Milliseconds, double Allocated)>>(StringComparer.Ordinal);
        var rules = ours.OneByOne().ToList();
        for (var round = 0; round < rounds; round++)
        {
            var without = await Pass.OfAsync(input, AnalyzerSet.Nothing);
            foreach (var rule in rules)
            {
                var pass = await Pass.OfAsync(input, rule);
                if (!taken.TryGetValue(rule.Name, out var list)) taken.Add(rule.Name, list = []);
                list.Add((pass.Cpu - without.Cpu, pass.Allocated - without.Allocated));
            }
        }

        return taken.ToDictionary(t => t.Key, t => (Clock.Percentile(t.Value.Select(v => v.Milliseconds), 50), (long)Clock.Percentile(t.Value.Select(v => v.Allocated), 50)));
    }
}
