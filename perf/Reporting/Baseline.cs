using System.Text.Json;

namespace ExecutionModel.Perf.Reporting;

/// <summary>
/// What a run is compared with: ratios and allocations that were accepted. Seconds are not in it, they belong to a machine. Ratios swing with what else the machine
/// does, so only one twice as bad counts; allocations hardly do.
/// </summary>
public sealed record Baseline(IReadOnlyDictionary<string, double> Ratios, IReadOnlyDictionary<string, double> Allocations)
{
    public const double RatioTolerance = 2;
    public const double AllocationTolerance = 1.1;

    /// <summary>Bytes. A rule's own are what is left of two passes that bind the code as well, and binding the same code twice differs by up to a third of this.</summary>
    public const double AllocationSlack = 30_000;

    private const int Digits = 3;

    private static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web) { WriteIndented = true, AllowTrailingCommas = true, ReadCommentHandling = JsonCommentHandling.Skip };

    public static Baseline Empty { get; } = new(new Dictionary<string, double>(), new Dictionary<string, double>());

    /// <exception cref="InvalidDataException">It says what is wrong with the file.</exception>
    public static async Task<Baseline> ReadAsync(string path)
    {
        if (!File.Exists(path)) throw new InvalidDataException($"{path}: there is no such baseline; --accept {path} writes one.");
        return Parse(await File.ReadAllTextAsync(path), path);
    }

    /// <exception cref="InvalidDataException">It says what is wrong with the text.</exception>
    public static Baseline Parse(string json, string path)
    {
        Baseline? read;
        try
        {
            read = JsonSerializer.Deserialize<Baseline>(json, Format);
        }
        catch (JsonException broken)
        {
            throw new InvalidDataException($"{path} is no baseline: {broken.Message}", broken);
        }

        if (read?.Ratios is null || read.Allocations is null) throw new InvalidDataException($"{path} is no baseline: it needs \"ratios\" and \"allocations\".");
        var bad = read.Ratios.Concat(read.Allocations).Where(e => !double.IsFinite(e.Value) || e.Value < 0).Select(e => e.Key).FirstOrDefault();
        return bad is null ? read : throw new InvalidDataException($"{path} is no baseline: {bad} is negative or no number.");
    }

    /// <summary>Accepts what was measured; entries that were not measured stay as they are.</summary>
    public Baseline With(IEnumerable<Entry> ratios, IEnumerable<Entry> allocations) => new(Merge(Ratios, ratios), Merge(Allocations, allocations));

    public Task WriteAsync(string path) => File.WriteAllTextAsync(path, Json + "\n");

    public string Json => JsonSerializer.Serialize(new { ratios = Rounded(Ratios), allocations = Rounded(Allocations) }, Format);

    public Verdict Compare(IReadOnlyList<Entry> ratios, IReadOnlyList<Entry> allocations)
    {
        var regressions = Worse("ratio", ratios, Ratios, RatioTolerance, slack: 0).Concat(Worse("allocated bytes", allocations, Allocations, AllocationTolerance, AllocationSlack));
        return new Verdict([.. regressions], [.. Unknown(ratios, Ratios), .. Unknown(allocations, Allocations)], [.. Missing(ratios, Ratios), .. Missing(allocations, Allocations)]);
    }

    private static IEnumerable<string> Unknown(IEnumerable<Entry> measured, IReadOnlyDictionary<string, double> accepted) => measured.Select(e => e.Id).Where(id => !accepted.ContainsKey(id));

    /// <summary>A part that was left out as a whole is not missed.</summary>
    private static IEnumerable<string> Missing(IReadOnlyList<Entry> measured, IReadOnlyDictionary<string, double> accepted)
    {
        var parts = measured.Select(e => PartOf(e.Id)).ToHashSet(StringComparer.Ordinal);
        return accepted.Keys.Except(measured.Select(e => e.Id)).Where(id => parts.Contains(PartOf(id))).Order(StringComparer.Ordinal);
    }

    private static string PartOf(string id) => id.Split('/')[0];

    private static IEnumerable<string> Worse(string what, IEnumerable<Entry> measured, IReadOnlyDictionary<string, double> accepted, double tolerance, double slack)
    {
        foreach (var entry in measured)
        {
            if (!accepted.TryGetValue(entry.Id, out var value)) continue;
            var limit = entry.Better == Claims.Better.Lower ? Math.Max(value * tolerance, value + slack) : value / tolerance;
            // No number is no better than the limit.
            if (entry.Better == Claims.Better.Lower ? entry.Value <= limit : entry.Value >= limit) continue;
            yield return FormattableString.Invariant($"{entry.Id}: {what} {entry.Value:G4}, accepted {value:G4}, limit {limit:G4}");
        }
    }

    private static Dictionary<string, double> Merge(IReadOnlyDictionary<string, double> old, IEnumerable<Entry> measured)
    {
        var merged = new Dictionary<string, double>(old, StringComparer.Ordinal);
        foreach (var entry in measured)
        {
            if (!double.IsFinite(entry.Value) || entry.Value < 0) throw new InvalidDataException($"{entry.Id} cannot be accepted: it came to {entry.Value}.");
            merged[entry.Id] = entry.Value;
        }

        return merged;
    }

    private static SortedDictionary<string, double> Rounded(IReadOnlyDictionary<string, double> values) =>
        new(values.ToDictionary(v => v.Key, v => v.Value == 0 ? 0 : Math.Round(v.Value, Math.Max(0, Digits - (int)Math.Ceiling(Math.Log10(v.Value))))), StringComparer.Ordinal);
}

/// <summary>A measured value under its stable id.</summary>
public sealed record Entry(string Id, double Value, Claims.Better Better = Claims.Better.Lower);

/// <summary>What came out of a comparison with a baseline.</summary>
/// <param name="Regressions">A line each.</param>
/// <param name="Unknown">Measured, but not in the baseline.</param>
/// <param name="Missing">In the baseline, but not measured.</param>
public sealed record Verdict(IReadOnlyList<string> Regressions, IReadOnlyList<string> Unknown, IReadOnlyList<string> Missing)
{
    public const int Failed = 2;

    public int ExitCode => Regressions.Count > 0 ? Failed : 0;

    public IEnumerable<string> Lines =>
        Regressions.Select(r => "worse: " + r)
            .Concat(Unknown.Select(u => $"not in the baseline: {u}; --accept adds it"))
            .Concat(Missing.Select(m => $"in the baseline, but not measured: {m}; take the line out if it is gone"));
}
