using ExecutionModel.Perf.Reporting;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Tests.Reporting;

/// <summary>
/// What is shown is what was measured. To publish another run, copy its <c>report.json</c> to <c>docs/perf</c> and let
/// <c>BLESS=1 dotnet test tests/ExecutionModel.Perf.Tests --filter Publication</c> write the rest.
/// </summary>
public sealed class PublicationTests
{
    private static readonly bool Bless = Environment.GetEnvironmentVariable("BLESS") == "1";

    [Theory]
    [InlineData("report.html")]
    [InlineData("report.md")]
    [InlineData("speedups.svg")]
    public async Task Copy_IsOfThePublishedFigures(string name)
    {
        var folder = Directory.CreateTempSubdirectory("report");
        await Publication.Results.WriteAsync(folder);
        var written = await File.ReadAllTextAsync(Path.Combine(folder.FullName, name));
        folder.Delete(recursive: true);
        await SameAsync(written, Path.Combine(Publication.Folder, name));
    }

    [Fact]
    public async Task Readme_ShowsThePublishedFigures()
    {
        var readme = Path.Combine(SampleSource.Root, "README.md");
        var text = await File.ReadAllTextAsync(readme);
        var (start, end) = (text.IndexOf(ReadmeFigures.Start, StringComparison.Ordinal), text.IndexOf(ReadmeFigures.End, StringComparison.Ordinal));
        Assert.True(start >= 0 && end > start, "The README has no place for the figures.");
        await SameAsync(text[..start] + ReadmeFigures.Of(Publication.Results, Publication.FromReadme) + text[(end + ReadmeFigures.End.Length)..], readme);
    }

    /// <summary>A published run is one that held.</summary>
    [Fact]
    public void Published_HoldsAndAnswersAlike()
    {
        Assert.All(Publication.Results.Figures, f => Assert.True(f.Holds, f.What));
        Assert.All(Publication.Results.Answers, a => Assert.Equal(a.Before, a.After));
    }

    private static async Task SameAsync(string expected, string file)
    {
        if (Bless) await File.WriteAllTextAsync(file, expected);
        Assert.Equal(expected, await File.ReadAllTextAsync(file));
    }
}
