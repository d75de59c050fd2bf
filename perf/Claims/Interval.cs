using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Where a ratio of two medians lies, 95 of 100 times: a bootstrap, which assumes no distribution.</summary>
public sealed record Interval(double Low, double High)
{
    private const int Resamples = 2000;

    /// <summary>Null where a side has too few runs, or a zero, or may be nothing.</summary>
    public static Interval? Of(Sample numerator, Sample denominator)
    {
        if (!numerator.IsSpread || !denominator.IsSpread || numerator.Runs.Concat(denominator.Runs).Any(r => r == 0)) return null;

        // A fixed seed: the same runs tell the same interval.
        var random = new Random(17);
        var medians = Enumerable.Range(0, Resamples).Select(_ => (Numerator: Resample(numerator.Runs, random), Denominator: Resample(denominator.Runs, random))).ToArray();
        if (medians.Any(m => m.Denominator <= 0)) return null;
        var ratios = medians.Select(m => m.Numerator / m.Denominator).ToArray();
        return new Interval(Clock.Percentile(ratios, 2.5), Clock.Percentile(ratios, 97.5));
    }

    private static double Resample(IReadOnlyList<double> runs, Random random) =>
        Clock.Percentile(Enumerable.Range(0, runs.Count).Select(_ => runs[random.Next(runs.Count)]), 50);
}
