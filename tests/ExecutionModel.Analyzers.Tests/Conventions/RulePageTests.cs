using System.Text.RegularExpressions;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>Pages have one shape, and what they show is run: <c>csharp</c> blocks are source, <c>text</c> blocks a catalogue, <c>ini</c> blocks .editorconfig.</summary>
public sealed partial class RulePageTests
{
    public static TheoryData<string> Rules => RuleRoom.Names;

    [Theory]
    [MemberData(nameof(Rules))]
    public void Page_HasTheHeadings(string name)
    {
        var rule = RuleRoom.Of(name);
        var page = RulePage.Of(rule);
        Assert.Equal($"# {rule.Id} {name}", page.Title);
        Assert.Equal(RulePage.Headings, page.Sections.Select(s => s.Heading));
        Assert.All(page.Sections, s => Assert.False(string.IsNullOrWhiteSpace(s.Text), $"'{s.Heading}' is empty"));
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public void Options_AreThoseOfTheCode(string name)
    {
        var rule = RuleRoom.Of(name);
        var known = RuleOptions.All.ToDictionary(o => o.Key);
        Assert.All(OptionKey().Matches(Repository.Read(rule.PagePath)), m => Assert.True(known.ContainsKey(m.Value), $"{m.Value} is no option"));
        var section = RulePage.Of(rule).Sections.Single(s => s.Heading == "Options").Text;
        Assert.All(OptionWithDefault().Matches(section), m => Assert.Equal(known[m.Groups[1].Value].Default, m.Groups[2].Value));

        var used = RuleOptions.All.Where(o => Mentions(rule, o)).Select(o => o.Key);
        Assert.All(used, key => Assert.Contains(key, section, StringComparison.Ordinal));
    }

    [Fact]
    public void Readme_ListsEveryOptionWithItsDefault()
    {
        var listed = OptionWithDefault().Matches(Repository.Read("README.md")).Select(m => (m.Groups[1].Value, m.Groups[2].Value));
        Assert.Equal(RuleOptions.All.Select(o => (o.Key, o.Default)).Order(), listed.Distinct().Order());
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Example_ReportsExactlyTheMarkedLines(string name)
    {
        var rule = RuleRoom.Of(name);
        var blocks = RulePage.Of(rule).Blocks("Example");
        Assert.NotEmpty(blocks);
        Assert.Contains(blocks, b => b.MarkedLines(rule.Id).Any());
        foreach (var example in Examples(blocks))
        {
            var analysis = await Analysis.Run(Build(example), RuleRoom.Analyzers);
            Assert.Empty(analysis.Errors);
            Assert.All(analysis.Rules, d => Assert.Equal(rule.Id, d.Id));
            foreach (var block in example)
            {
                var marked = block.MarkedLines(rule.Id).ToArray();
                if (block.Language == "ini") Assert.Equal(marked.Length, analysis.Rules.Length);
                else Assert.Equal(marked, analysis.Rules.Where(d => Analysis.PathOf(d).EndsWith(FileOf(block), StringComparison.Ordinal)).Select(d => d.Location.GetLineSpan().StartLinePosition.Line));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task Fixed_IsSilentAndWhatTheFixWrites(string name)
    {
        var rule = RuleRoom.Of(name);
        var page = RulePage.Of(rule);
        var (before, after) = (Examples(page.Blocks("Example")).ToArray(), Examples(page.Blocks("Fixed")).ToArray());
        Assert.Equal(before.Length, after.Length);
        foreach (var (example, repaired) in before.Zip(after))
        {
            if (rule.CreateCodeFix() is not { } fix)
            {
                await AssertSilent(Build(repaired));
                continue;
            }

            var project = Build(example);
            var result = await new FixRun(rule.Analyzer, fix).StepByStep(project, await Analysis.Run(project, rule.Analyzer));
            var main = result.Documents.Single(d => d.Name == TestProject.MainFile);
            var (expected, written) = (repaired.Single().Text, (await main.GetTextAsync()).ToString());
            Assert.True(expected == written, TextDifference.Show(expected, written));
            await AssertSilent(result);
        }
    }

    [Theory]
    [MemberData(nameof(Rules))]
    public async Task SilentExamples_AreSilent(string name)
    {
        foreach (var example in Examples(RulePage.Of(RuleRoom.Of(name)).Blocks("When it stays silent"))) await AssertSilent(Build(example));
    }

    private static async Task AssertSilent(Project project)
    {
        var analysis = await Analysis.Run(project, RuleRoom.Analyzers);
        Assert.Empty(analysis.Errors);
        Assert.Empty(analysis.Rules);
    }

    /// <summary>Each <c>csharp</c> block is a project of its own, unless a catalogue or options belong to it: then all blocks are one project.</summary>
    private static IEnumerable<IReadOnlyList<CodeBlock>> Examples(IReadOnlyList<CodeBlock> blocks) =>
        blocks.All(b => b.Language == "csharp") ? blocks.Select(b => (IReadOnlyList<CodeBlock>)[b]) : [blocks];

    private static Project Build(IReadOnlyList<CodeBlock> blocks) => TestProject.Create(
        Only(blocks, "csharp")?.WithoutMarks ?? "",
        TestSettings.Web with
        {
            AdditionalFiles = Only(blocks, "text") is { } text ? [new(FileOf(text), text.WithoutMarks)] : [],
            Options = Only(blocks, "ini")?.WithoutMarks.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('=', 2)).ToDictionary(l => l[0].Trim(), l => l[1].Trim()) ?? [],
        }).Project;

    private static CodeBlock? Only(IReadOnlyList<CodeBlock> blocks, string language) => blocks.SingleOrDefault(b => b.Language == language);

    private static string FileOf(CodeBlock block) => block.Language == "csharp" ? TestProject.MainFile : "Page.ExecutionCatalogue.txt";

    /// <summary>The rule's own files read the option by its field of <see cref="RuleOptions"/>.</summary>
    private static bool Mentions(RuleRoom rule, IRuleOption option)
    {
        var field = typeof(RuleOptions).GetFields().Single(f => ReferenceEquals(f.GetValue(null), option)).Name;
        return Directory.GetFiles(Repository.At(rule.Folder), "*.cs").Select(File.ReadAllText)
            .Any(text => text.Contains($"RuleOptions.{field}.", StringComparison.Ordinal) || text.Contains("RuleOptions.All", StringComparison.Ordinal));
    }

    [GeneratedRegex(@"execution_model\.\w+")]
    private static partial Regex OptionKey();

    [GeneratedRegex(@"`(execution_model\.\w+)`[^`\n]*`([^`]+)`")]
    private static partial Regex OptionWithDefault();
}
