using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Samples;

/// <summary>
/// The samples can't drift: Before is reported where it says so, After is what the fixes write, Clean is silent.
/// <c>BLESS=1 dotnet test --filter SamplesTests</c> rewrites After.
/// </summary>
public sealed class SamplesTests
{
    private static readonly DiagnosticAnalyzer[] Rules = [.. All<DiagnosticAnalyzer>(typeof(RuleAnalyzer))];
    private static readonly CodeFixProvider[] Fixes = [.. All<CodeFixProvider>(typeof(RuleCodeFix))];

    /// <summary>The shop API, and a program that only computes.</summary>
    public static TheoryData<string> Programs => ["", SampleFolder.Tool];

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Before_ReportsExactlyTheMarkedLines(string program)
    {
        var sample = SampleFolder.Read("Before" + program);
        var analysis = await Analysis.Run(sample.Project, Rules);
        Assert.Empty(analysis.Compiler);
        Assert.NotEmpty(sample.Marks);
        Assert.Equal(sample.Marks, analysis.Rules.Select(Mark).Order(StringComparer.Ordinal));
        Assert.All(analysis.Rules, d => Assert.Equal(d.DefaultSeverity, d.Severity)); // as sure as the rule can be
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task Fix_OfBefore_IsAfter(string program)
    {
        var before = SampleFolder.Read("Before" + program);
        var written = await SampleFolder.Texts(await FixAll(before.Project));
        var after = SampleFolder.Read("After" + program);
        if (Environment.GetEnvironmentVariable("BLESS") == "1")
        {
            foreach (var (name, text) in written) await File.WriteAllTextAsync(Path.Combine(after.Folder, name), text);
            foreach (var file in after.Files.Where(f => !written.ContainsKey(f.Name))) File.Delete(Path.Combine(after.Folder, file.Name));
            return;
        }

        TextDifference.Check($"Fixing samples/Before{program}", await SampleFolder.Texts(after.Project), written);
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public async Task After_IsSilent(string program)
    {
        var analysis = await Analysis.Run(SampleFolder.Read("After" + program).Project, Rules);
        Assert.Empty(analysis.Compiler);
        Assert.Empty(analysis.Rules);
    }

    [Fact]
    public async Task Clean_IsSilent()
    {
        var sample = SampleFolder.Read("Clean");
        var analysis = await Analysis.Run(sample.Project, Rules);
        Assert.Empty(analysis.Compiler);
        Assert.Empty(sample.Marks);
        Assert.Empty(analysis.Rules);
    }

    /// <summary>Each fix in turn, over the whole project, until it has nothing left to offer.</summary>
    private static async Task<Project> FixAll(Project project)
    {
        var before = await Analysis.Run(project, Rules);
        foreach (var fix in Fixes)
        {
            var rule = Rules.Single(r => r.SupportedDiagnostics.Any(d => fix.FixableDiagnosticIds.Contains(d.Id)));
            var found = await Analysis.Run(project, rule);
            if (found.Rules.IsEmpty) continue;
            project = await new FixRun(rule, fix).StepByStep(project, found);
        }

        var after = await Analysis.Run(project, Rules);
        Assert.Empty(Analysis.NewSince(before.Compiler, after.Compiler));
        return project;
    }

    private static string Mark(Diagnostic diagnostic)
    {
        var span = diagnostic.Location.GetLineSpan();
        return $"{span.Path[TestProject.Folder.Length..]}({span.StartLinePosition.Line + 1}): {diagnostic.Id}";
    }

    private static IEnumerable<T> All<T>(Type sibling) =>
        from type in sibling.Assembly.GetTypes()
        where typeof(T).IsAssignableFrom(type) && !type.IsAbstract
        orderby type.FullName
        select (T)Activator.CreateInstance(type)!;
}
