using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace ExecutionModel.Perf.Calibration;

/// <summary>Measures the CPU weights of the catalogue on this machine.</summary>
public static class Calibration
{
    /// <summary>Prints the table; 1 where a weight is off or has neither a measurement nor a reason.</summary>
    public static int Run()
    {
        var weights = Weight.OfVerified().ToList();
        var unknown = Unknown(weights).ToList();
        var first = weights.Where(w => Gauges.Measured.ContainsKey(w.Api)).Select(w => new Reading(w, Gauges.Measured[w.Api].Measure(), Gauges.Measured[w.Api].Of)).ToList();
        var slowness = Reading.Slowness(first);
        var readings = first.ConvertAll(r => r.Confirmed(slowness, Gauges.Measured[r.Weight.Api].Measure));
        var off = readings.Where(r => r.IsOff(slowness)).ToList();
        Console.WriteLine($"{Environment.ProcessorCount} cores, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}; fastest of several runs of the cheapest ordinary form.");
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"In the middle of all weights this machine takes {slowness:0.0} times what the catalogue says: a weight is off above {Reading.Tolerance * slowness:0.0} times, and below {1 / Reading.Tolerance}."));
        Console.WriteLine();
        Console.WriteLine(Table(readings, off));
        foreach (var reason in Gauges.NotMeasured.GroupBy(n => n.Value, n => Short(n.Key))) Console.WriteLine($"not measured ({reason.Key}): {string.Join(", ", reason)}");
        foreach (var weight in unknown) Console.Error.WriteLine($"{weight.Source}: {weight.Api} has neither a measurement nor a reason");
        foreach (var reading in off) Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{reading.Weight.Source}: {reading.Weight.Api} is off by more than {Reading.Tolerance}: {reading.Ratio:0.00} times what the catalogue says"));
        return unknown.Count == 0 && off.Count == 0 ? 0 : 1;
    }

    public static IEnumerable<Weight> Unknown(IEnumerable<Weight> weights) => weights.Where(w => !Gauges.Measured.ContainsKey(w.Api) && !Gauges.NotMeasured.ContainsKey(w.Api));

    private static string Table(IEnumerable<Reading> readings, List<Reading> off)
    {
        var table = new StringBuilder();
        table.AppendLine("| weight of | measured as | catalogue | measured | measured / catalogue |");
        table.AppendLine("|---|---|--:|--:|--:|");
        foreach (var r in readings)
        {
            table.AppendLine(CultureInfo.InvariantCulture, $"| {Short(r.Weight.Api)} | {r.How} | {Time(r.Weight.Nanoseconds)}{r.Weight.Unitary} | {Time(r.Measured)}{r.Weight.Unitary} | {r.Ratio:0.0}{(off.Contains(r) ? " **off**" : "")} |");
        }

        return table.ToString();
    }

    /// <summary>Type and member.</summary>
    private static string Short(string api)
    {
        var list = api.IndexOf('(');
        var parts = api[..list].Split('.');
        return string.Join(".", parts[^2..]) + api[list..].Replace("System.", "", StringComparison.Ordinal);
    }

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 1e6 => (nanoseconds / 1e6).ToString("0.#", CultureInfo.InvariantCulture) + " ms",
        >= 1e3 => (nanoseconds / 1e3).ToString("0.#", CultureInfo.InvariantCulture) + " us",
        _ => nanoseconds.ToString("0.##", CultureInfo.InvariantCulture) + " ns",
    };
}
