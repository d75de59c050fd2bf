using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Reporting;

/// <summary>The speedups that a baseline holds: gains in time, each under the claim's name and its place there.</summary>
internal static class ClaimRatios
{
    /// <summary>A larger speedup is held as this one: how much larger is noise.</summary>
    private const double Most = 10;

    public static IReadOnlyList<Entry> Of(string claim, IReadOnlyList<Figure> figures) =>
    [
        .. figures.Select((figure, i) => (figure, i))
            .Where(f => f.figure is { Role: Role.Gain, Unit: "ms" or "ns" } && double.IsFinite(f.figure.Factor))
            .Select(f => new Entry($"claims/{claim}/{f.i + 1}", Math.Min(f.figure.Factor, Most), Better.Higher)),
    ];
}
