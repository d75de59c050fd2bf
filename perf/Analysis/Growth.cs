namespace ExecutionModel.Perf.Analysis;

/// <summary>How the cost of all our rules grows with one measure of the code.</summary>
/// <param name="Of">What grows.</param>
/// <param name="Points">From small to large.</param>
/// <param name="Rules">Those that grow fastest, by the time in their callbacks.</param>
public sealed record Growth(string Of, IReadOnlyList<GrowthPoint> Points, IReadOnlyList<RuleGrowth> Rules)
{
    /// <summary>From here on it grows like a quadratic.</summary>
    public const double Quadratic = 1.3;

    /// <summary>1 is linear, 2 quadratic: the slope of the logarithms over the upper half.</summary>
    public double Exponent => SlopeOf(p => p.Milliseconds);

    /// <summary>The same of the time in callbacks. The whole holds, besides, what the driver does for a finding: it binds the body once more, to look for attributes that suppress it.</summary>
    public double TelemetryExponent => SlopeOf(p => p.Telemetry);

    /// <summary>The same of allocated bytes.</summary>
    public double AllocationExponent => SlopeOf(p => p.Allocated);

    /// <summary>The same of the compiler's own time.</summary>
    public double BindingExponent => SlopeOf(p => p.Binding);

    /// <summary>Our own code grows so; what binding does is the compiler's.</summary>
    public bool IsQuadratic => TelemetryExponent > Quadratic;

    private double SlopeOf(Func<GrowthPoint, double> cost) => Slope([.. Points.Select(p => ((double)p.Size, cost(p)))]);

    /// <summary>Least squares over the logarithms of the upper half of the points.</summary>
    public static double Slope(IReadOnlyList<(double Size, double Cost)> points)
    {
        var upper = points.Skip(Math.Max(0, Math.Min(points.Count / 2, points.Count - 2))).Where(p => p.Cost > 0).Select(p => (X: Math.Log(p.Size), Y: Math.Log(p.Cost))).ToList();
        if (upper.Count < 2) return double.NaN;
        var (x, y) = (upper.Average(p => p.X), upper.Average(p => p.Y));
        return upper.Sum(p => (p.X - x) * (p.Y - y)) / upper.Sum(p => (p.X - x) * (p.X - x));
    }
}

/// <param name="Size">So many.</param>
/// <param name="Milliseconds">Of processor time, binding left out.</param>
/// <param name="Binding">The compiler's own.</param>
/// <param name="Telemetry">In the callbacks of all rules.</param>
/// <param name="Allocated">Bytes, binding left out.</param>
public sealed record GrowthPoint(int Size, double Milliseconds, double Binding, double Telemetry, long Allocated);

/// <param name="Rule">The id.</param>
/// <param name="Milliseconds">In its callbacks at the largest size.</param>
/// <param name="Exponent">As that of all.</param>
public sealed record RuleGrowth(string Rule, double Milliseconds, double Exponent);
