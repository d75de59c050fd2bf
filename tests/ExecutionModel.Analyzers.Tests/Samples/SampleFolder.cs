using System.Text.RegularExpressions;
using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers.Tests.Samples;

/// <summary>A folder of <c>samples</c> as a project: of the web SDK, or a console program where its name says so.</summary>
public sealed class SampleFolder
{
    /// <summary>What names of folders with console programs end in.</summary>
    public const string Tool = "Tool";

    private const string HiddenUsings = "WebUsings.g.cs";

    // What the web SDK's implicit usings add to those of the harness.
    private const string WebUsings = """
        global using System.Net.Http.Json;
        global using Microsoft.AspNetCore.Builder;
        global using Microsoft.AspNetCore.Hosting;
        global using Microsoft.AspNetCore.Http;
        global using Microsoft.AspNetCore.Routing;
        global using Microsoft.Extensions.Configuration;
        global using Microsoft.Extensions.DependencyInjection;
        global using Microsoft.Extensions.Hosting;
        global using Microsoft.Extensions.Logging;

        """;

    private static readonly Regex Guilty = new("// (EXM[0-9]{3})");

    private SampleFolder(string folder, IReadOnlyList<TestFile> files)
    {
        Folder = folder;
        Files = files;
        Project = TestProject.Create(folder.EndsWith(Tool, StringComparison.Ordinal) ? "" : WebUsings, new TestSettings
        {
            AssemblyName = "Samples",
            OutputKind = OutputKind.ConsoleApplication,
            Sources = files,
        }).Project;
        Project = Project.WithDefaultNamespace("Samples");
        var hidden = Project.Documents.Single(d => d.Name == TestProject.MainFile);
        Project = hidden.WithName(HiddenUsings).Project;
    }

    public string Folder { get; }

    public IReadOnlyList<TestFile> Files { get; }

    public Project Project { get; }

    /// <summary>Rule and line of every mark.</summary>
    public IEnumerable<string> Marks =>
        (from file in Files
         from line in file.Text.Split('\n').Select((text, index) => (Text: text, Number: index + 1))
         from Match mark in Guilty.Matches(line.Text)
         select $"{file.Name}({line.Number}): {mark.Groups[1].Value}").Order(StringComparer.Ordinal);

    public static SampleFolder Read(string name)
    {
        var folder = Path.Combine(Root(), "samples", name);
        var files =
            from path in Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            let relative = Path.GetRelativePath(folder, path).Replace('\\', '/')
            where !relative.StartsWith("bin/", StringComparison.Ordinal) && !relative.StartsWith("obj/", StringComparison.Ordinal)
            orderby relative
            select new TestFile(relative, File.ReadAllText(path));
        return new SampleFolder(folder, files.ToArray());
    }

    /// <summary>The sources, by the path inside the folder; marks of the harness's own usings left out.</summary>
    public static async Task<IReadOnlyDictionary<string, string>> Texts(Project project)
    {
        var texts = await TestProject.Texts(project);
        return texts.Where(t => !t.Key.EndsWith(".g.cs", StringComparison.Ordinal) && t.Key != TestProject.Folder + TestProject.MainFile)
            .ToDictionary(t => t.Key[TestProject.Folder.Length..], t => t.Value);
    }

    private static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Analyzers.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("Analyzers.sln is in no folder above the tests.");
    }
}
