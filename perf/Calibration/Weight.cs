using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Perf.Calibration;

/// <summary>A CPU weight of the catalogue, as one of its lines says it.</summary>
/// <param name="Api">As the line names it, one of its alternatives: <c>System.Security.Cryptography.RSA.Create(System.Int32)</c>.</param>
/// <param name="Nanoseconds">Per call, or per unit of an argument.</param>
/// <param name="Source">File and line.</param>
public sealed record Weight(string Api, double Nanoseconds, CpuUnit Unit, string Source)
{
    private const string Unverified = ".unverified.txt";

    /// <summary>Of all libraries that can be referenced here.</summary>
    public static IEnumerable<Weight> OfVerified() =>
        from entry in CatalogueText.BuiltIn
        where entry.Facts.Cpu is not null && !entry.Facts.Source.Contains(Unverified, StringComparison.Ordinal)
        from name in entry.Member!.Alternatives
        let parameters = entry.Parameters is null ? "*" : string.Join(",", entry.Parameters)
        select new Weight($"{entry.Owner}{(entry.Derived ? "+" : "")}.{name.Text}({parameters})", entry.Facts.Cpu!.Nanoseconds, entry.Facts.Cpu.Unit, entry.Facts.Source);

    public string Unitary => Unit switch
    {
        CpuUnit.ArgumentLength => "/byte",
        CpuUnit.ArgumentValue => "/unit",
        CpuUnit.Sorting => "/step",
        _ => "",
    };
}
