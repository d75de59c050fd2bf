namespace ExecutionModel.Perf.Calibration;

/// <summary>How a weight is measured: the cheapest ordinary form of the call, since a weight is a lower bound for all of them.</summary>
/// <param name="Of">What is called, for the table.</param>
/// <param name="Make">Makes the work for a size; what the weight does not stand for is prepared here.</param>
/// <param name="Small">Sizes in units of the weight; their difference takes out what a call costs besides. Equal for weights per call.</param>
/// <param name="Rounds">The fastest of so many counts: other processes make a run slower, never faster.</param>
public sealed record Gauge(string Of, Func<int, Action> Make, int Small, int Large, int Rounds)
{
    /// <summary>Per call.</summary>
    public static Gauge Call(string of, Func<Action> make, int rounds = 5) => new(of, _ => make(), 1, 1, rounds);

    /// <summary>Per unit, at two sizes.</summary>
    public static Gauge Per(string of, int small, int large, Func<int, Action> make, int rounds = 15) => new(of, make, small, large, rounds);

    /// <summary>Nanoseconds per call or unit.</summary>
    public double Measure()
    {
        var large = Stopwatches.Fastest(Rounds, Make(Large));
        return Small == Large ? large : (large - Stopwatches.Fastest(Rounds, Make(Small))) / (Large - Small);
    }
}
