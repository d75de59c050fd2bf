namespace ExecutionModel.Perf.Analysis;

/// <summary>How the cost of all our rules grows with one measure of the code.</summary>
/// <param name="Of">What grows.</param>
/// <param name="Exponent">1 is linear, 2 quadratic: the slope of the logarithms over the upper half.</param>
public sealed record Growth(string Of, IReadOnlyList<GrowthPoint> Points, double Exponent)
{
    /// <summary>From here on it grows like a quadratic.</summary>
    public const double Quadratic = 1.3;
}

/// <param name="Size">So many.</param>
/// <param name="Milliseconds">Of processor time, binding left out.</param>
/// <param name="Binding">The compiler's own.</param>
public sealed record GrowthPoint(int Size, double Milliseconds, double Binding, double Telemetry, long Allocated);
