using System.Diagnostics;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>All claims of this program, by rule.</summary>
public static class AllClaims
{
    /// <summary>What does not hold three times is broken.</summary>
    private const int Attempts = 3;

    /// <param name="filter">Parts of rule ids or of claims' names, separated by commas; null for all.</param>
    public static IReadOnlyList<Claim> Matching(string? filter)
    {
        var parts = filter?.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return
        [
            .. typeof(Claim).Assembly.GetTypes()
                .Where(t => t.IsSubclassOf(typeof(Claim)))
                .Select(t => (Claim)Activator.CreateInstance(t)!)
                .Where(c => parts is null || parts.Any(p => c.Rule.Contains(p, StringComparison.OrdinalIgnoreCase) || c.Name.Contains(p, StringComparison.OrdinalIgnoreCase)))
                .OrderBy(c => c.Rule, StringComparer.Ordinal)
                .ThenBy(c => c.Name, StringComparer.Ordinal),
        ];
    }

    /// <param name="claim">What to measure.</param>
    /// <param name="effort">How long.</param>
    /// <param name="isWorse">Whether figures that hold are worse than they were accepted once.</param>
    public static async Task<Measured> UntilItHoldsAsync(this Claim claim, Effort effort, Func<IReadOnlyList<Figure>, Task<bool>> isWorse)
    {
        var start = Stopwatch.GetTimestamp();
        for (var attempt = 1; ; attempt++)
        {
            var log = FootprintLog.Open();
            var figures = await claim.MeasureAsync(effort);
            if (attempt == Attempts || (figures.All(f => f.Holds) && !await isWorse(figures)))
            {
                return new Measured(claim.Name, claim.Rule, figures, log.Seen, attempt, Stopwatch.GetElapsedTime(start).TotalSeconds);
            }
        }
    }
}
