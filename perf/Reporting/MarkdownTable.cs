using System.Globalization;
using System.Text;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Reporting;

/// <summary>The table that the README shows.</summary>
public static class MarkdownTable
{
    public static string Of(IEnumerable<Figure> figures)
    {
        var table = new StringBuilder();
        table.AppendLine("| rule | measured | before | after | speedup | physical bound | measured / bound |");
        table.AppendLine("|---|---|--:|--:|--:|---|--:|");
        foreach (var f in figures)
        {
            table.AppendLine($"| {f.Rule} | {f.What} | {Number(f.Before)}{Unit(f)} | {Number(f.After)}{Unit(f)} | {Speedup(f)} | {Number(f.Bound)}{Unit(f)}: {f.Formula} | {Times(f.Distance)} |");
        }

        return table.ToString();
    }

    private static string Speedup(Figure f) => f.Role switch
    {
        Role.Note => "–",
        Role.Price => $"{Times(f.Factor)} (the price)",
        _ when f.Before == 0 || f.After == 0 => !f.Holds ? "–" : f.After == 0 ? "none left" : "from none",
        _ => Times(f.Factor) + "×",
    };

    private static string Unit(Figure f) => f.Unit.Length == 0 ? "" : f.Unit[0] == '/' ? f.Unit : " " + f.Unit;

    private static string Times(double value) => double.IsFinite(value) ? value.ToString(value < 10 ? "0.00" : "#,0", CultureInfo.InvariantCulture) : "–";

    private static string Number(double value) =>
        value.ToString(value == Math.Floor(value) || value >= 100 ? "#,0" : value >= 10 ? "0.0" : "0.00", CultureInfo.InvariantCulture);
}
