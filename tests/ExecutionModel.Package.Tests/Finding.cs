using System.Text.Json;
using System.Text.RegularExpressions;

namespace ExecutionModel.Package.Tests;

/// <summary>One result of a SARIF log, or one mark of a source: <c>// EXM101</c> expects a warning, <c>// EXM101 note</c> a suggestion on its line.</summary>
internal sealed partial record Finding(string File, int Line, string Id, string Level)
{
    /// <summary>Findings of a log that no pragma or attribute suppresses, in order.</summary>
    public static IReadOnlyList<Finding> InLog(string path)
    {
        using var log = JsonDocument.Parse(System.IO.File.ReadAllText(path));
        return log.RootElement.GetProperty("runs").EnumerateArray()
            .SelectMany(run => run.GetProperty("results").EnumerateArray())
            .Where(result => !result.TryGetProperty("suppressions", out _))
            .Select(Of)
            .Order(Position)
            .ToList();
    }

    public static IReadOnlyList<Finding> Marked(string file, string source)
    {
        var lines = source.ReplaceLineEndings("\n").Split('\n');
        return lines.SelectMany((line, index) => Mark().Matches(line)
                .Select(m => new Finding(file, index + 1, m.Groups["id"].Value, m.Groups["note"].Success ? "note" : "warning")))
            .Order(Position)
            .ToList();
    }

    private static Finding Of(JsonElement result)
    {
        var id = result.GetProperty("ruleId").GetString()!;
        var level = result.GetProperty("level").GetString()!;
        if (!result.TryGetProperty("locations", out var locations)) return new Finding("", 0, id, level);
        var place = locations[0].GetProperty("physicalLocation");
        var uri = place.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
        return new Finding(uri[(uri.LastIndexOf('/') + 1)..], place.GetProperty("region").GetProperty("startLine").GetInt32(), id, level);
    }

    private static readonly Comparer<Finding> Position = Comparer<Finding>.Create((a, b) =>
        (a.File, a.Line, a.Id).CompareTo((b.File, b.Line, b.Id)));

    [GeneratedRegex(@"// (?<id>EXM\d{3})(?<note> note)?\b")]
    private static partial Regex Mark();
}
