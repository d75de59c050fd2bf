using ExecutionModel.Analyzers.Tests.Harness;
using ExecutionModel.Analyzers.Tests.Samples;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>The same input gives the same output, whatever the thread order and the order of the files.</summary>
public sealed class DeterminismTests
{
    [Fact]
    public async Task ThreadsAndFileOrder_ChangeNothing()
    {
        var expected = await Report(SampleFolder.Read("Before").Project, concurrent: false);
        Assert.NotEmpty(expected);
        for (var round = 0; round < 4; round++)
        {
            Assert.Equal(expected, await Report(SampleFolder.Read("Before").Project, concurrent: true));
            Assert.Equal(expected, await Report(Shuffled(SampleFolder.Read("Before").Project, seed: round), concurrent: round % 2 == 0));
        }
    }

    [Fact]
    public async Task OneRuleAlone_SaysWhatItSaysAmongAll()
    {
        var project = SampleFolder.Read("Before").Project;
        var together = await Report(project, concurrent: true);
        var alone = new List<string>();
        foreach (var rule in RuleRoom.Analyzers) alone.AddRange(Lines(await Analysis.Run(SampleFolder.Read("Before").Project, rule)));
        Assert.Equal(together, alone.Order(StringComparer.Ordinal));
    }

    private static async Task<IEnumerable<string>> Report(Project project, bool concurrent) => Lines(await Analysis.Run(project, concurrent, RuleRoom.Analyzers)).ToArray();

    /// <summary>All that a user can see of a report: text, place, partners, properties.</summary>
    private static IEnumerable<string> Lines(Analysis analysis) =>
        analysis.Rules.Select(d => $"{d} [{string.Join(" ", d.AdditionalLocations)}] {string.Join(" ", d.Properties.OrderBy(p => p.Key, StringComparer.Ordinal))}").Order(StringComparer.Ordinal);

    private static Project Shuffled(Project project, int seed)
    {
        var files = project.Documents.Select(d => (d.Name, d.FilePath, Text: d.GetTextAsync().Result)).ToArray();
        new Random(seed).Shuffle(files);
        foreach (var id in project.DocumentIds) project = project.RemoveDocument(id);
        foreach (var (name, path, text) in files) project = project.AddDocument(name, text, filePath: path).Project;
        return project;
    }
}
