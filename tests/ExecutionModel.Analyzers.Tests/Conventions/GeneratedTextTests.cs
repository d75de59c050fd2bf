using System.Text;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>Text that follows from the rules. <c>BLESS=1 dotnet test --filter GeneratedText</c> rewrites it.</summary>
public sealed class GeneratedTextTests
{
    private const string Open = "<!-- rules -->";
    private const string Close = "<!-- /rules -->";
    private const string Releases = "src/ExecutionModel.Analyzers/AnalyzerReleases.";

    [Fact]
    public void ReadmeTable_ListsTheRules()
    {
        var readme = Repository.Read("README.md");
        var (start, end) = (readme.IndexOf(Open, StringComparison.Ordinal), readme.IndexOf(Close, StringComparison.Ordinal));
        Assert.True(start >= 0 && end > start, $"README.md lacks {Open} … {Close}");
        Check("README.md", readme, readme[..(start + Open.Length)] + "\n" + Table() + readme[end..]);
    }

    [Fact]
    public void UnshippedReleases_ListTheRules() => Check(Releases + "Unshipped.md", Repository.Read(Releases + "Unshipped.md"), Unshipped());

    /// <summary>A preset that forgot a rule would leave it as it was.</summary>
    [Theory]
    [InlineData("Strict", "certain and likely findings are warnings", "warning")]
    [InlineData("Suggestions", "every finding is a suggestion", "suggestion")]
    [InlineData("None", "every rule is off", "none")]
    public void Presets_SetEveryRule(string preset, string effect, string severity)
    {
        var path = $"src/ExecutionModel.Analyzers.Package/build/ExecutionModel.{preset}.globalconfig";
        var text = new StringBuilder($"# ExecutionModelMode = {preset.ToLowerInvariant()}: {effect}.\nis_global = true\nglobal_level = -1\n\n");
        foreach (var rule in RuleRoom.All) text.Append($"dotnet_diagnostic.{rule.Id}.severity = {severity}\n");
        Check(path, Repository.Read(path), text.ToString());
    }

    private static void Check(string path, string found, string wanted)
    {
        if (Environment.GetEnvironmentVariable("BLESS") == "1") File.WriteAllText(Repository.At(path), wanted);
        else Assert.True(found == wanted, $"{path} is out of date: run BLESS=1 dotnet test --filter GeneratedText\n{Harness.TextDifference.Show(wanted, found)}");
    }

    private static string Table()
    {
        var table = new StringBuilder("| rule | what it reports | fix |\n|---|---|---|\n");
        foreach (var rule in RuleRoom.All) table.Append($"| [{rule.Id} {rule.Name}]({rule.PagePath}) | {rule.Descriptor.Title} | {(rule.NoCodeFix is { } reason ? "none: " + reason : "yes")} |\n");
        return table.ToString();
    }

    private static string Unshipped()
    {
        var shipped = Repository.Read(Releases + "Shipped.md");
        var fresh = RuleRoom.All.Where(r => !shipped.Contains(r.Id, StringComparison.Ordinal)).ToArray();
        var text = new StringBuilder("; Unshipped analyzer release\n");
        if (fresh.Length > 0) text.Append("\n### New Rules\n\nRule ID | Category | Severity | Notes\n--------|----------|----------|-------\n");
        foreach (var rule in fresh) text.Append($"{rule.Id} | {rule.Group} | {rule.Descriptor.DefaultSeverity} | {rule.Name}\n");
        return text.ToString();
    }
}
