namespace ExecutionModel.Package.Tests;

public sealed class BuildTests
{
    private const string File = "Dashboard.cs";
    private readonly PackageFixture package = PackageFixture.Packed;

    [Theory]
    [InlineData("net10.0")]
    [InlineData("netstandard2.0")]
    [InlineData("net10.0;netstandard2.0")]
    public void EveryFramework_GetsTheSameFindings(string frameworks)
    {
        var project = package.NewProject(frameworks).Write(File, Sources.Dashboard);
        var build = project.Build().Succeeded();
        Assert.DoesNotContain("AD0001", build.Output);
        Assert.All(frameworks.Split(';'), framework => Assert.Equal(Finding.Marked(File, Sources.Dashboard), project.Findings(framework)));
    }

    [Fact]
    public void AWebProject_GetsItsFindings()
    {
        var project = package.NewProject("net10.0", web: true).Write("Program.cs", Sources.SignIn);
        Assert.DoesNotContain("AD0001", project.Build().Succeeded().Output);
        Assert.Equal(Finding.Marked("Program.cs", Sources.SignIn), project.Findings());
    }

    [Fact]
    public void ACommandLineBuild_RunsNativeCodeOfItsPlatform_AndFindsWhatTheILFinds()
    {
        var project = package.NewProject("net10.0").Write(File, Sources.Dashboard);
        var (platform, folders) = project.Analyzers("-t:Rebuild");
        Assert.Equal([package.Holds($"tools/{platform}/ExecutionModel.Engine.dll") ? platform : "cs"], folders);
        Assert.Equal(Finding.Marked(File, Sources.Dashboard), project.Findings());

        Assert.Equal(["cs"], project.Analyzers("-t:Rebuild", "-p:ExecutionModelReadyToRun=false").Folders);
        Assert.Equal(Finding.Marked(File, Sources.Dashboard), project.Findings());
    }

    [Fact]
    public void AnIdesBuild_AndAPlatformWithoutNativeCode_NameTheIL()
    {
        var project = package.NewProject("net10.0");
        foreach (var property in new[] { "DesignTimeBuild=true", "NETCoreSdkPortableRuntimeIdentifier=linux-riscv64", "NETCoreSdkPortableRuntimeIdentifier=" })
            Assert.Equal(["cs"], project.Analyzers("-t:Compile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", $"-p:{property}").Folders);
    }

    [Fact]
    public void WarnAsError_FailsOnACertainFindingOnly()
    {
        var project = package.NewProject("net10.0").Write(File, Sources.Dashboard);
        var build = project.Build("-warnaserror:EXM101").Failed();
        Assert.Contains("error EXM101", build.Output);
        Assert.Contains("warning EXM301", build.Output);

        var likely = Sources.Dashboard.Replace("File.ReadLines(path)", "new[] { path }", StringComparison.Ordinal);
        project.Write(File, likely).Build("-warnaserror:EXM301").Succeeded();
        Assert.Contains(project.Findings(), f => f is { Id: "EXM301", Level: "note" });
    }

    [Fact]
    public void Suppressions_HoldEachInItsPlace()
    {
        var project = package.NewProject("net10.0")
            .Write("Excused.cs", Sources.Suppressed)
            .Write("Legacy.cs", Sources.Dashboard)
            .Write(".editorconfig", "[Legacy.cs]\ndotnet_diagnostic.EXM101.severity = none\ndotnet_diagnostic.EXM301.severity = none\n");
        project.Build().Succeeded();
        Assert.Equal(Finding.Marked("Excused.cs", Sources.Suppressed), project.Findings());
    }
}
