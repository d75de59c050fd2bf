namespace ExecutionModel.Package.Tests;

public sealed class PresetTests
{
    private const string File = "Dashboard.cs";
    private readonly PackageFixture package = PackageFixture.Packed;

    [Theory]
    [InlineData("default")]
    [InlineData("")]
    public void Default_ChangesNothing(string mode) => Assert.Equal(Marked, Findings(mode));

    [Fact]
    public void Strict_WarnsOfLikelyFindingsToo() => Assert.Equal(Marked.Select(f => f with { Level = "warning" }), Findings("strict"));

    [Fact]
    public void Suggestions_WarnsOfNothing() => Assert.Equal(Marked.Select(f => f with { Level = "note" }), Findings("Suggestions"));

    [Fact]
    public void None_IsSilent() => Assert.Empty(Findings("none"));

    [Fact]
    public void AnUnknownMode_NamesTheKnownOnesAndCountsAsDefault()
    {
        var project = Project();
        var build = project.Build("-p:ExecutionModelMode=strickt").Succeeded();
        Assert.Contains("warning EXM002: ExecutionModelMode is 'strickt'; expected default, strict, suggestions or none.", build.Output);
        Assert.Equal(Marked, project.Findings());
    }

    [Fact]
    public void TheUsersEditorConfig_WinsOverThePreset()
    {
        var project = Project().Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.EXM101.severity = warning\n");
        project.Build("-p:ExecutionModelMode=none").Succeeded();
        Assert.Equal(Marked.Where(f => f.Id == "EXM101"), project.Findings());
    }

    [Fact]
    public void TheUsersGlobalConfig_WinsOverThePreset()
    {
        var project = Project().Write(".globalconfig", "is_global = true\ndotnet_diagnostic.EXM101.severity = none\n");
        var build = project.Build("-p:ExecutionModelMode=strict").Succeeded();
        Assert.DoesNotContain("MultipleGlobalAnalyzerKeys", build.Output);
        Assert.Equal(Marked.Where(f => f.Id != "EXM101").Select(f => f with { Level = "warning" }), project.Findings());
    }

    private static IReadOnlyList<Finding> Marked => Finding.Marked(File, Sources.Dashboard);

    private ThrowawayProject Project() => package.NewProject("netstandard2.0").Write(File, Sources.Dashboard);

    private IReadOnlyList<Finding> Findings(string mode)
    {
        var project = Project();
        var build = project.Build($"-p:ExecutionModelMode={mode}").Succeeded();
        Assert.DoesNotContain("EXM002", build.Output);
        return project.Findings();
    }
}
