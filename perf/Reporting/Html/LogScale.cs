using System.Globalization;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Reporting.Html;

/// <summary>Times from microseconds to minutes on one axis: places in percent of its length, ticks at powers of ten.</summary>
public sealed class LogScale
{
    private readonly double low;
    private readonly double high;

    /// <param name="figures">Whose sides and bounds have to fit; at least one of them above zero.</param>
    public LogScale(IEnumerable<Figure> figures)
    {
        var values = figures.SelectMany(f => new[] { Milliseconds(f, f.Before), Milliseconds(f, f.After), Milliseconds(f, f.Bound) }).Where(v => v > 0).DefaultIfEmpty(1).ToList();
        low = Math.Floor(Math.Log10(values.Min()));
        high = Math.Max(low + 1, Math.Ceiling(Math.Log10(values.Max())));
    }

    public IEnumerable<double> Ticks => Enumerable.Range((int)low, (int)(high - low) + 1).Select(e => Math.Pow(10, e));

    /// <summary>Whether a figure is a time that both sides and its axis can show.</summary>
    public static bool Shows(Figure figure) => figure is { Role: Role.Gain, Unit: "ms" or "ns" } && figure.Before > 0 && figure.After > 0;

    public static double Milliseconds(Figure figure, double value) => figure.Unit == "ns" ? value / 1e6 : value;

    /// <summary>What lies left of the axis stands at its start.</summary>
    public double At(double milliseconds) => milliseconds <= 0 ? 0 : Math.Clamp((Math.Log10(milliseconds) - low) / (high - low), 0, 1) * 100;

    public string Percent(double milliseconds) => At(milliseconds).ToString("0.##", CultureInfo.InvariantCulture) + "%";
}
