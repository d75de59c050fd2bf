using System.Text;
using DiffPlex;
using DiffPlex.DiffBuilder;
using DiffPlex.DiffBuilder.Model;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>Compares the texts of a project and shows where they differ.</summary>
public static class TextDifference
{
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

    public static string Show(string expected, string actual)
    {
        var lines = new StringBuilder();
        foreach (var line in new InlineDiffBuilder(new Differ()).BuildDiffModel(expected, actual, ignoreWhitespace: false).Lines)
        {
            var sign = line.Type switch { ChangeType.Inserted => "+ ", ChangeType.Deleted => "- ", _ => "  " };
            lines.Append(sign).AppendLine(line.Text);
        }

        if (expected.ReplaceLineEndings("\n") == actual.ReplaceLineEndings("\n")) lines.AppendLine("(only the line endings differ)");
        return lines.ToString();
    }
}
