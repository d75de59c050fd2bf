using System.Globalization;
using ExecutionModel.Perf.Analysis;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Reporting;

/// <summary>Figures as all reports write them.</summary>
public static class Text
{
    public static string Value(this Figure figure, double value) => Number(value) + Unit(figure.Unit);

    public static string Bound(this Figure figure) => $"{figure.Value(figure.Bound)}: {figure.Formula}";

    public static string Distance(this Figure figure) => double.IsFinite(figure.Distance) ? Times(figure.Distance) : "–";

    public static string Speedup(this Figure figure) => figure.Role switch
    {
        Role.Note => "–",
        Role.Price => $"{Times(figure.Factor)} (the price)",
        _ when figure.Before.Value == 0 || figure.After.Value == 0 => !figure.Holds ? "–" : figure.After.Value == 0 ? "none left" : "from none",
        _ => Times(figure.Factor) + "×" + Within(figure.Spread),
    };

    /// <summary>What ours costs beside what the other costs, and where the ratio lies, 95 of 100 times.</summary>
    public static string RatioTo(this SetCost ours, SetCost other) => other.Milliseconds > 0 ? Times(ours.Milliseconds / other.Milliseconds) + Within(Interval.Of(ours.Milliseconds, other.Milliseconds)) : "–";

    /// <summary>What the published figure says, in the unit of ours.</summary>
    public static string Their(this Figure figure) => figure.Theirs is not { } theirs ? "" : theirs.Before is not { } before ? "–" : figure.Value(before) + (theirs.After is { } after ? $" → {figure.Value(after)}" : "");

    public static string Number(double value) =>
        value.ToString(value == Math.Floor(value) || Math.Abs(value) >= 100 ? "#,0" : Math.Abs(value) >= 10 ? "0.0" : Math.Abs(value) >= 0.1 ? "0.00" : "0.0000", CultureInfo.InvariantCulture);

    public static string Times(double value) => double.IsFinite(value) ? value.ToString(value < 10 ? "0.00" : value < 100 ? "0.0" : "#,0", CultureInfo.InvariantCulture) : "–";

    /// <summary>Milliseconds in the unit that needs the fewest digits.</summary>
    public static string Duration(double milliseconds) => milliseconds switch
    {
        >= 1000 => (milliseconds / 1000).ToString("0.##", CultureInfo.InvariantCulture) + " s",
        >= 1 => milliseconds.ToString("0.#", CultureInfo.InvariantCulture) + " ms",
        >= 0.001 => (milliseconds * 1000).ToString("0.#", CultureInfo.InvariantCulture) + " µs",
        _ => (milliseconds * 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " ns",
    };

    public static string Needed(Running.Footprint? needed) => needed is null ? "–" : $"{needed.Memory:0} MiB, {needed.Threads} threads";

    private static string Within(Interval? interval) => interval is null ? "" : $" ({Times(interval.Low)}–{Times(interval.High)})";

    private static string Unit(string unit) => unit.Length == 0 ? "" : unit[0] == '/' ? unit : " " + unit;
}
