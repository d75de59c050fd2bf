using System.Reflection;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>One stem everywhere: a rule's name leads to the same pieces in src, tests, samples and perf, and a missing piece is named.</summary>
public sealed partial class RuleRoomTests
{
    public static TheoryData<string> Rules => RuleRoom.Names;

    [Fact]
    public void Ids_AreUnique() => Assert.Equal(RuleRoom.All.Count, RuleRoom.All.Select(r => r.Id).Distinct().Count());

    [Fact]
    public void EveryAnalyzerOfTheAssembly_IsARule() => Assert.Equal(
        RuleRoom.All.Select(r => r.Type.Name).Order(),
        typeof(RuleAnalyzer).Assembly.GetTypes().Where(t => t.IsSubclassOf(typeof(DiagnosticAnalyzer)) && !t.IsAbstract).Select(t => t.Name).Order());

    [Fact]
    public void EveryFolderOfRules_HasARule() => Assert.Equal(
        RuleRoom.All.Select(r => r.Folder).Order(StringComparer.Ordinal),
        from @group in Directory.GetDirectories(Repository.At("src/ExecutionModel.Analyzers/Rules"))
        from folder in Directory.GetDirectories(@group)
        let path = Path.GetRelativePath(Repository.Root, folder).Replace('\\', '/')
        orderby path
        select path);

    [Theory]
    [MemberData(nameof(Rules))]
    public void Room_HoldsAnalyzerFixAndPage(string name)
    {
        var rule = RuleRoom.Of(name);
        var wanted = new List<string> { $"{rule.Id}.md", $"{name}Analyzer.cs" };
        if (rule.NoCodeFix is null) wanted.Add($"{name}CodeFix.cs");
        var found = Directory.GetFiles(Repository.At(rule.Folder)).Select(f => Path.GetFileName(f)!);
        Assert.Equal(wanted.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Descriptor_FollowsTheHouse(string name)
    {
        var rule = RuleRoom.Of(name);
        Assert.Matches("^EXM[0-9]{3}$", rule.Id);
        Assert.EndsWith("/" + rule.PagePath, rule.Descriptor.HelpLinkUri, StringComparison.Ordinal);
        Assert.False(string.IsNullOrWhiteSpace(rule.Descriptor.Description.ToString()), "no description");
        Assert.DoesNotMatch("^(DoNot|Use|Avoid|Prefer)", name);
        Assert.NotNull(rule.Type.GetCustomAttribute<DiagnosticAnalyzerAttribute>());
        Assert.True(rule.Type.IsSealed, "not sealed");
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void CodeFix_IsThereOrItsAbsenceIsExplained(string name)
    {
        var rule = RuleRoom.Of(name);
        if (rule.NoCodeFix is { } reason)
        {
            Assert.False(string.IsNullOrWhiteSpace(reason), "[NoCodeFix] without a reason");
            Assert.Null(rule.CodeFixType);
            return;
        }

        Assert.True(rule.CodeFixType is not null, $"{name}CodeFix is missing");
        Assert.NotNull(rule.CodeFixType.GetCustomAttribute<ExportCodeFixProviderAttribute>());
        Assert.Equal(rule.Id, Assert.Single(rule.CreateCodeFix()!.FixableDiagnosticIds));
        Assert.NotNull(rule.CreateCodeFix()!.GetFixAllProvider());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Tests_ReportAndStaySilent(string name)
    {
        var rule = RuleRoom.Of(name);
        var folder = $"tests/ExecutionModel.Analyzers.Tests/Rules/{rule.Group}";
        Assert.True(Repository.Has($"{folder}/{name}Tests.cs"), $"{folder}/{name}Tests.cs is missing");
        var tests = string.Concat(Repository.Sources(folder).Where(p => Path.GetFileName(p).StartsWith(name, StringComparison.Ordinal)).Select(Repository.Read));
        Assert.Matches("_(Reports|IsSuggestion|Suggests)", tests);
        Assert.Contains("_IsSilent", tests, StringComparison.Ordinal);
        if (rule.NoCodeFix is null) Assert.Matches(@"\.(CodeFix|SuggestionFix)\(", tests);
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Sample_AndClaim_AreThere(string name)
    {
        var rule = RuleRoom.Of(name);
        if (rule.NoSample is { } reason)
        {
            Assert.False(string.IsNullOrWhiteSpace(reason), "[NoSample] without a reason");
            return;
        }

        var program = Repository.Has($"samples/BeforeTool/{name}.cs") ? "Tool" : "";
        var missing = ((string[])[$"samples/Before{program}/{name}.cs", $"samples/After{program}/{name}.cs", $"perf/Claims/{name}Claim.cs"]).Where(p => !Repository.Has(p)).ToArray();
        Assert.True(missing.Length == 0, string.Join(", ", missing) + " missing");
        Assert.Contains("// " + rule.Id, Repository.Read($"samples/Before{program}/{name}.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void SampleMarks_NameRules() => Assert.Subset(
        RuleRoom.All.Select(r => r.Id).ToHashSet(),
        Repository.Sources("samples").SelectMany(p => Mark().Matches(Repository.Read(p)).Select(m => m.Groups[1].Value)).ToHashSet());

    [GeneratedRegex("// (EXM[0-9]+)")]
    private static partial Regex Mark();
}
