using System.Text.Json.Serialization;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>What one side of a figure showed, run by run; the median counts.</summary>
public sealed record Sample(IReadOnlyList<double> Runs)
{
    public double Value => Clock.Percentile(Runs, 50);

    /// <summary>Runs enough to say how far the next ones may be.</summary>
    [JsonIgnore]
    public bool IsSpread => Runs.Count >= 3;

    public static implicit operator Sample(double value) => new([value]);

    public static implicit operator double(Sample sample) => sample.Value;

    /// <summary>The same in another unit.</summary>
    public static Sample operator *(Sample sample, double factor) => new([.. sample.Runs.Select(r => r * factor)]);
}
