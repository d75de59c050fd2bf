namespace ExecutionModel.Package.Tests;

/// <summary>The build files see which other analyzers a project has.</summary>
public sealed class PeerTests
{
    private const string File = "Texts.cs";
    private readonly PackageFixture package = PackageFixture.Packed;

    [Fact]
    public void WithAsyncFixer_WhatItReportsIsLeftToIt()
    {
        var project = package.NewProject("net10.0", peer: ("AsyncFixer", "2.1.0")).Write(File, Sources.Texts);
        project.Build().Succeeded();
        Assert.Equal(["AsyncFixer02", "EXM104"], Ids(project));

        project.Write(".editorconfig", "[*.cs]\nexecution_model.defer_to_peers = false\n");
        project.Build().Succeeded();
        Assert.Equal(["AsyncFixer02", "EXM104", "EXM104"], Ids(project));

        project.Write(".editorconfig", "[*.cs]\ndotnet_diagnostic.AsyncFixer02.severity = none\n");
        project.Build().Succeeded();
        Assert.Equal(["EXM104", "EXM104"], Ids(project));
    }

    [Fact]
    public void WithoutPeers_EverythingIsReported()
    {
        var project = package.NewProject("net10.0").Write(File, Sources.Texts);
        project.Build().Succeeded();
        Assert.Equal(["EXM104", "EXM104"], Ids(project));
    }

    private static IEnumerable<string> Ids(ThrowawayProject project) => project.Findings().Select(f => f.Id).Where(id => !id.StartsWith("CA", StringComparison.Ordinal)).Order();
}
