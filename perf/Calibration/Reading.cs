namespace ExecutionModel.Perf.Calibration;

/// <summary>A weight, and what this machine needs.</summary>
/// <param name="Measured">Nanoseconds per call or unit; null where <paramref name="How"/> is a reason for not measuring.</param>
public sealed record Reading(Weight Weight, double? Measured, string How)
{
    /// <summary>
    /// A weight is a lower bound, rounded down for machines that are faster than the one it was taken on. It is off where it claims more than this many times
    /// what the machine needs, or less than one such part of it.
    /// </summary>
    public const double Tolerance = 4;

    /// <summary>1: as the catalogue says; 2: this machine takes twice as long.</summary>
    public double? Ratio => Measured / Weight.Nanoseconds;

    public bool IsOff => Ratio is { } ratio && (ratio > Tolerance || ratio < 1 / Tolerance || double.IsNaN(ratio));

    public static Reading Take(Weight weight, Gauge gauge) => Take(weight, gauge.Of, gauge.Measure);

    /// <summary>An entry that is off is measured again: what a busy machine did to it once, it seldom does three times.</summary>
    public static Reading Take(Weight weight, string how, Func<double> measure, int tries = 3)
    {
        Reading reading;
        do reading = new Reading(weight, measure(), how);
        while (reading.IsOff && --tries > 0);
        return reading;
    }
}
