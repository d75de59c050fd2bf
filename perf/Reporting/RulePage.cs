using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Reporting;

/// <summary>What a rule's own page says of it.</summary>
public static class RulePage
{
    private const string FirstHeading = "## What it does";

    /// <summary>Empty where the page is missing or has another shape: a report without the sentence is still one.</summary>
    public static string FirstSentence(string rule)
    {
        var rules = Path.Combine(SampleSource.Root, "src", "ExecutionModel.Analyzers", "Rules");
        var page = Directory.Exists(rules) ? Directory.EnumerateFiles(rules, $"{rule}.md", SearchOption.AllDirectories).FirstOrDefault() : null;
        if (page is null) return "";
        var paragraph = string.Join(' ', File.ReadLines(page).SkipWhile(l => l != FirstHeading).Skip(1).SkipWhile(string.IsNullOrWhiteSpace).TakeWhile(l => l.Length > 0)).Replace("`", "", StringComparison.Ordinal);
        var end = paragraph.IndexOf(". ", StringComparison.Ordinal);
        return end < 0 ? paragraph : paragraph[..(end + 1)];
    }
}
