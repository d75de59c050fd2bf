using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Conventions;

/// <summary>Our own source is real code that waits on files and Roslyn: no rule may have anything to say about it.</summary>
public sealed class DogfoodTests
{
    private static readonly string[] Roslyn = ["Microsoft.CodeAnalysis*.dll", "System.Composition*.dll", "DiffPlex.dll", "FsCheck.dll", "FSharp.Core.dll", "xunit*.dll", "Microsoft.Extensions.DependencyInjection.Abstractions.dll"];

    [Theory]
    [InlineData("src")]
    [InlineData("tests/ExecutionModel.Analyzers.Tests")]
    public async Task OwnSource_IsSilent(string folder)
    {
        var analysis = await Analysis.Run(OwnSource(folder), RuleRoom.Analyzers);
        Assert.DoesNotContain(analysis.Errors, e => e.Id != "CS8795"); // the bodies of [GeneratedRegex] come from a generator
        Assert.Empty(analysis.Rules);
    }

    /// <summary>Silence means something: the same project with a mistake in it is not silent.</summary>
    [Fact]
    public async Task PlantedMistake_IsReported()
    {
        var project = OwnSource("src").AddDocument("Planted.cs", """
            class Planted
            {
                async Task<string> M(HttpClient http)
                {
                    var a = await http.GetStringAsync("a");
                    var b = await http.GetStringAsync("b");
                    return a + b;
                }
            }
            """, filePath: "/app/Planted.cs").Project;
        Assert.Equal("EXM101", Assert.Single((await Analysis.Run(project, RuleRoom.Analyzers)).Rules).Id);
    }

    private static Project OwnSource(string folder)
    {
        var ours = folder == "src" ? [] : Files("ExecutionModel*.dll").Where(r => !Path.GetFileName(r.Display!).Contains("Tests", StringComparison.Ordinal));
        var linked = folder == "src" ? [] : new[] { "samples/After/CpuLane.cs" };
        var references = References.Net100.Assemblies.AddRange(Roslyn.SelectMany(Files)).AddRange(ours);
        return TestProject.Create("", TestSettings.Default with
        {
            References = References.Of(references),
            AssemblyName = Path.GetFileName(folder), // src shows its internals to the tests by name
            GlobalUsings = folder == "src" ? [] : ["Xunit"],
            Sources = [.. Repository.Sources(folder).Concat(linked).Select(p => new TestFile(p, Repository.Read(p), Verbatim: true))],
            Options = new Dictionary<string, string> { [RuleOptions.AnalyzeTests.Key] = "true" },
        }).Project;
    }

    private static IEnumerable<MetadataReference> Files(string pattern) => Directory.GetFiles(AppContext.BaseDirectory, pattern).Select(f => MetadataReference.CreateFromFile(f));
}
