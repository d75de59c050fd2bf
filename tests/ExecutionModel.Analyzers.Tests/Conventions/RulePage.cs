using System.Text.RegularExpressions;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>A fenced block of a page.</summary>
public sealed partial record CodeBlock(string Language, string Text)
{
    /// <summary>Lines that end in <c>// EXM101</c> or <c># EXM001</c>, from 0.</summary>
    public IEnumerable<int> MarkedLines(string id) =>
        Text.Split('\n').Index().Where(l => Mark().Match(l.Item) is { Success: true } mark && mark.Groups[1].Value == id).Select(l => l.Index);

    public string WithoutMarks => Mark().Replace(Text, "");

    [GeneratedRegex(@"[ \t]*(?://|\#) (EXM[0-9]{3})[ \t]*$", RegexOptions.Multiline)]
    private static partial Regex Mark();
}

/// <summary>A rule's page, split at its headings.</summary>
public sealed partial class RulePage
{
    public static readonly string[] Headings = ["What it does", "Why it is bad", "Example", "Fixed", "When it stays silent", "Options", "Measured"];

    private RulePage(string title, IReadOnlyList<(string Heading, string Text)> sections)
    {
        Title = title;
        Sections = sections;
    }

    public string Title { get; }

    public IReadOnlyList<(string Heading, string Text)> Sections { get; }

    public static RulePage Of(RuleRoom rule)
    {
        Assert.True(Repository.Has(rule.PagePath), $"{rule.PagePath} is missing");
        var parts = ("\n" + Repository.Read(rule.PagePath)).Split("\n## ");
        return new RulePage(parts[0].Trim(), [.. parts.Skip(1).Select(p => (p.Split('\n')[0], p[p.IndexOf('\n')..]))]);
    }

    public IReadOnlyList<CodeBlock> Blocks(string heading) =>
        [.. Sections.Where(s => s.Heading == heading).SelectMany(s => Fence().Matches(s.Text)).Select(m => new CodeBlock(m.Groups[1].Value, m.Groups[2].Value))];

    [GeneratedRegex(@"^```(\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
