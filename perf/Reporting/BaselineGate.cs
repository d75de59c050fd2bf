namespace ExecutionModel.Perf.Reporting;

/// <summary>Holds a run against the accepted values, or accepts it.</summary>
/// <param name="compared">The file of <c>--baseline</c>.</param>
/// <param name="accepting">The file of <c>--accept</c>; it is written after the comparison.</param>
public sealed class BaselineGate(FileInfo? compared, FileInfo? accepting)
{
    private const int Unreadable = 1;

    /// <summary>Why nothing can be compared; null where it can, or nobody asked for it.</summary>
    public async Task<string?> ObstacleAsync()
    {
        try
        {
            if (compared is not null) await Baseline.ReadAsync(compared.FullName);
            return null;
        }
        catch (InvalidDataException wrong)
        {
            return wrong.Message;
        }
    }

    /// <summary>Whether a ratio is worse than accepted, said before the run is over: it can be measured once more.</summary>
    public async Task<bool> IsWorseAsync(IReadOnlyList<Entry> ratios) =>
        compared is not null && (await Baseline.ReadAsync(compared.FullName)).Compare(ratios, []).Regressions.Count > 0;

    /// <summary>What the program ends with: 0, or 2 where something got worse.</summary>
    public async Task<int> JudgeAsync(IReadOnlyList<Entry> ratios, IReadOnlyList<Entry> allocations)
    {
        try
        {
            var result = compared is null ? 0 : Told((await Baseline.ReadAsync(compared.FullName)).Compare(ratios, allocations));
            if (accepting is null) return result;
            var accepted = accepting.Exists ? await Baseline.ReadAsync(accepting.FullName) : Baseline.Empty;
            await accepted.With(ratios, allocations).WriteAsync(accepting.FullName);
            return result;
        }
        catch (InvalidDataException wrong)
        {
            await Console.Error.WriteLineAsync(wrong.Message);
            return Unreadable;
        }
    }

    private static int Told(Verdict verdict)
    {
        foreach (var line in verdict.Lines) Console.Error.WriteLine(line);
        Console.Error.WriteLine(verdict.Regressions.Count == 0 ? "Nothing is worse than the baseline." : $"{verdict.Regressions.Count} values are worse than the baseline.");
        return verdict.ExitCode;
    }
}
