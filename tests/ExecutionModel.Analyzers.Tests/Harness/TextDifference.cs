using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>Compares the texts of a project and shows where they differ.</summary>
public static class TextDifference
{
    private const int Context = 12;

    public static void Check(string who, IReadOnlyDictionary<string, string> expected, IReadOnlyDictionary<string, string> actual)
    {
        var failure = new StringBuilder();
        foreach (var path in expected.Keys.Union(actual.Keys).Order(StringComparer.Ordinal))
        {
            if (!actual.TryGetValue(path, out var written)) failure.AppendLine($"--- {path} is missing");
            else if (!expected.TryGetValue(path, out var wanted)) failure.AppendLine($"--- {path} is not expected:").AppendLine(written);
            else if (wanted != written) failure.AppendLine($"--- {path} (- expected, + written)").AppendLine(Show(wanted, written));
        }

        if (failure.Length > 0) Assert.Fail($"{who} gives another text.\n{failure}");
    }

    /// <summary>Changed lines with their neighbours.</summary>
    public static string Show(string expected, string actual)
    {
        var lines = new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual, ignoreWhitespace: false).Lines;
        var shown = new StringBuilder();
        var near = -Context - 1;
        for (var i = 0; i < lines.Count; i++)
        {
            var ahead = lines.Skip(i).Take(Context + 1).Any(l => l.Type != ChangeType.Unchanged);
            if (lines[i].Type != ChangeType.Unchanged) near = i;
            if (ahead || i - near <= Context) shown.Append(SignOf(lines[i].Type)).AppendLine(lines[i].Text);
            else if (i - near == Context + 1) shown.AppendLine("  …");
        }

        if (expected.ReplaceLineEndings("\n") == actual.ReplaceLineEndings("\n")) shown.AppendLine("(only the line endings differ)");
        return shown.ToString();
    }

    private static string SignOf(ChangeType type) => type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " };
}
