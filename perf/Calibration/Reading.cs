namespace ExecutionModel.Perf.Calibration;

/// <summary>A weight, and what this machine needs.</summary>
/// <param name="Measured">Nanoseconds per call or unit.</param>
public sealed record Reading(Weight Weight, double Measured, string How)
{
    /// <summary>A weight is a lower bound, rounded down for faster machines. It is off where it claims more than this many times what is needed, or less than one such part of it.</summary>
    public const double Tolerance = 4;

    /// <summary>1: as the catalogue says; 2: this machine takes twice as long.</summary>
    public double Ratio => Measured / Weight.Nanoseconds;

    /// <summary>A slow machine excuses a weight that says too little, never one that says too much.</summary>
    /// <param name="slowness">Of the machine; see <see cref="Slowness"/>.</param>
    public bool IsOff(double slowness) => double.IsNaN(Ratio) || Ratio > Tolerance * slowness || Ratio < 1 / Tolerance;

    /// <summary>How many times longer this machine takes for what the catalogue knows: in the middle of all weights, so that no wrong one moves it. At least 1.</summary>
    public static double Slowness(IEnumerable<Reading> readings)
    {
        var ratios = readings.Select(r => r.Ratio).Order().ToList();
        return ratios.Count == 0 ? 1 : Math.Max(1, ratios[ratios.Count / 2]);
    }

    /// <summary>The reading that is not off, or the last: what a busy machine did to a measurement once, it seldom does three times.</summary>
    public Reading Confirmed(double slowness, Func<double> measure, int tries = 2)
    {
        var reading = this;
        while (reading.IsOff(slowness) && tries-- > 0) reading = this with { Measured = measure() };
        return reading;
    }
}
