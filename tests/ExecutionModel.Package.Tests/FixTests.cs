namespace ExecutionModel.Package.Tests;

/// <summary><c>dotnet format analyzers</c> is how fixes run without an IDE, over a whole project at once.</summary>
public sealed class FixTests
{
    private const string File = "Dashboard.cs";
    private readonly PackageFixture package = PackageFixture.Packed;

    [Theory]
    [InlineData("net10.0", "EXM301")]
    [InlineData("net10.0;netstandard2.0", "EXM101")]
    public void Format_FixesEveryFindingOfTheRuleOnce(string frameworks, string rule)
    {
        var project = package.NewProject(frameworks).Write(File, Sources.Dashboard);
        project.Format("--diagnostics", rule).Succeeded();
        AssertOnlyRuleIsGone(project, frameworks, rule);

        var once = project.Read(File);
        Assert.NotEqual(Sources.Dashboard, once);
        project.Format("--diagnostics", rule).Succeeded();
        Assert.Equal(once, project.Read(File));
    }

    /// <summary><c>dotnet format</c> would list a new file in the project, which has it already: the build would fail.</summary>
    [Fact]
    public void Format_AddsNoFile()
    {
        var project = package.NewProject("net10.0", web: true).Write("Program.cs", Sources.SignIn);
        var projectFile = project.Read("Service.csproj");
        project.Format("--diagnostics", "EXM201");
        Assert.Equal(Sources.SignIn, project.Read("Program.cs"));
        Assert.Equal(projectFile, project.Read("Service.csproj"));
    }

    [Fact]
    public void Format_UsesTheProjectsCpuLane()
    {
        var project = package.NewProject("net10.0", web: true).Write("Program.cs", Sources.SignIn).Write("CpuLane.cs", Sources.CpuLane);
        project.Format("--diagnostics", "EXM201").Succeeded();
        project.Build().Succeeded();
        Assert.Empty(project.Findings());

        var once = project.Read("Program.cs");
        Assert.Contains("await CpuLane.Run(() => Rfc2898DeriveBytes.Pbkdf2(", once);
        project.Format("--diagnostics", "EXM201").Succeeded();
        Assert.Equal(once, project.Read("Program.cs"));
    }

    [Fact]
    public void Format_VerifyNoChanges_FailsWhileAFixIsPending()
    {
        var project = package.NewProject("net10.0").Write(File, Sources.Dashboard);
        var verify = project.Format("--diagnostics", "EXM101", "--verify-no-changes").Failed();
        Assert.Contains("EXM101", verify.Output);
        Assert.Equal(Sources.Dashboard, project.Read(File));
    }

    private static void AssertOnlyRuleIsGone(ThrowawayProject project, string frameworks, string rule)
    {
        project.Build().Succeeded();
        var others = Finding.Marked(File, Sources.Dashboard).Where(f => f.Id != rule).Select(f => (f.Id, f.Level));
        Assert.All(frameworks.Split(';'), framework => Assert.Equal(others, project.Findings(framework).Select(f => (f.Id, f.Level))));
    }
}
