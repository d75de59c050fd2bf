using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Formatting;
using Microsoft.CodeAnalysis.Host.Mef;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>A workspace project made of test sources, with the marks that they held.</summary>
public sealed class TestProject
{
    public const string Folder = "/app/";
    public const string MainFile = "Source.cs";

    /// <summary>What Microsoft.CodeAnalysis.Testing calls a test's own project.</summary>
    private const string Name = "TestProject";

    private const string UsingsFile = "GlobalUsings.g.cs";

    private const string Usings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;

        """;

    private static readonly MefHostServices Host = MefHostServices.DefaultHost;

    /// <summary>Resolving some three hundred references costs more than analysing a test: tests with the same settings start from one empty project.</summary>
    private static readonly ConcurrentDictionary<Start, Lazy<Project>> Started = new();

    private TestProject(Project empty, Project project, IReadOnlyDictionary<string, Markup> files)
    {
        Empty = empty;
        Project = project;
        Files = files;
    }

    /// <summary>The same without sources: its references are resolved.</summary>
    public Project Empty { get; }

    public Project Project { get; }

    /// <summary>By path, additional files included.</summary>
    public IReadOnlyDictionary<string, Markup> Files { get; }

    public static TestProject Create(string source, TestSettings settings)
    {
        var marked = new Dictionary<string, Markup>(StringComparer.Ordinal);
        var parse = new CSharpParseOptions(settings.LanguageVersion);
        var main = Add(MainFile, source);
        var kind = settings.OutputKind ?? (HasTopLevelStatements(main, parse) ? OutputKind.ConsoleApplication : OutputKind.DynamicallyLinkedLibrary);
        var usings = settings.ImplicitUsings ? Usings + string.Concat(settings.GlobalUsings.Select(u => $"global using {u};\n")) : "";
        var start = new Start(settings.References, settings.LanguageVersion, settings.Nullable, kind, settings.AssemblyName, settings.NewLine);
        var project = Started.GetOrAdd(start, s => new(() => Begin(s))).Value;
        if (settings.Library is { } library) project = project.AddMetadataReference(Emit(library, settings));

        var (id, empty) = (project.Id, project);
        var solution = usings == "" ? project.Solution : AddDocument(project.Solution, UsingsFile, usings);
        solution = AddDocument(solution, MainFile, main);
        foreach (var file in settings.Sources) solution = AddDocument(solution, file.Name, Add(file.Name, file.Text, file.Verbatim));
        foreach (var file in settings.AdditionalFiles) solution = solution.AddAdditionalDocument(DocumentId.CreateNewId(id), file.Name, SourceText.From(Add(file.Name, file.Text, file.Verbatim)), filePath: Folder + file.Name);
        solution = AddConfig(solution, ".editorconfig", "root = true\n[*.cs]\n", settings.Options);
        solution = AddConfig(solution, ".globalconfig", "is_global = true\n", settings.GlobalOptions);
        return new TestProject(empty, solution.GetProject(id)!, marked);

        string Add(string name, string text, bool verbatim = false)
        {
            text = text.ReplaceLineEndings(settings.NewLine);
            var markup = verbatim ? new Markup(text, []) : Markup.Parse(text);
            marked.Add(Folder + name, markup);
            return markup.Text;
        }

        Solution AddDocument(Solution to, string name, string text) => to.AddDocument(DocumentId.CreateNewId(id), name, SourceText.From(text), filePath: Folder + name);

        Solution AddConfig(Solution to, string name, string head, IReadOnlyDictionary<string, string> lines) => lines.Count == 0
            ? to
            : to.AddAnalyzerConfigDocument(DocumentId.CreateNewId(id), name, SourceText.From(head + string.Concat(lines.Select(l => $"{l.Key} = {l.Value}\n"))), filePath: Folder + name);
    }

    /// <summary>An empty project whose compilation has resolved its references.</summary>
    private static Project Begin(Start start)
    {
        var workspace = new AdhocWorkspace(Host);
        var id = ProjectId.CreateNewId();
        var solution = workspace.CurrentSolution
            .AddProject(ProjectInfo.Create(
                id,
                VersionStamp.Default,
                Name,
                start.AssemblyName,
                LanguageNames.CSharp,
                Folder + start.AssemblyName + ".csproj",
                compilationOptions: new CSharpCompilationOptions(start.Kind, allowUnsafe: true, nullableContextOptions: start.Nullable),
                parseOptions: new CSharpParseOptions(start.LanguageVersion),
                metadataReferences: start.References.Assemblies))
            .WithOptions(workspace.Options.WithChangedOption(FormattingOptions.NewLine, LanguageNames.CSharp, start.NewLine));
        var project = solution.GetProject(id)!;
        project.GetCompilationAsync().GetAwaiter().GetResult()!.GetSpecialType(SpecialType.System_Object);
        return project;
    }

    /// <summary>The place of <c>{|#key:…|}</c>.</summary>
    public (string Path, Markup Markup, MarkedSpan Mark) Marked(int key)
    {
        foreach (var (path, markup) in Files)
        {
            if (markup.Spans.FirstOrDefault(s => s.Id == "#" + key) is { } mark) return (path, markup, mark);
        }

        throw new InvalidOperationException($"No span is marked {{|#{key}:…|}}.");
    }

    /// <summary>The texts that a fix may change: sources by path, the hidden usings left out.</summary>
    public static async Task<ImmutableSortedDictionary<string, string>> Texts(Project project)
    {
        var texts = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var document in project.Documents)
        {
            if (document.Name == UsingsFile) continue;
            texts[PathOf(document)] = (await document.GetTextAsync()).ToString();
        }

        return texts.ToImmutable();
    }

    /// <summary>A document that a fix added may have no path.</summary>
    public static string PathOf(Document document) => document.FilePath ?? Folder + string.Concat(document.Folders.Select(f => f + "/")) + document.Name;

    private static bool HasTopLevelStatements(string source, CSharpParseOptions options) =>
        CSharpSyntaxTree.ParseText(source, options).GetCompilationUnitRoot().Members.OfType<GlobalStatementSyntax>().Any();

    private static PortableExecutableReference Emit(string source, TestSettings settings)
    {
        var parse = new CSharpParseOptions(settings.LanguageVersion);
        var compilation = CSharpCompilation.Create(
            "Library",
            [CSharpSyntaxTree.ParseText(Usings, parse), CSharpSyntaxTree.ParseText(source, parse)],
            settings.References.Assemblies,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: settings.Nullable));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        if (!result.Success) Assert.Fail("The library does not compile:\n" + string.Join("\n", result.Diagnostics));
        return MetadataReference.CreateFromImage(image.ToArray());
    }

    private sealed record Start(References References, LanguageVersion LanguageVersion, NullableContextOptions Nullable, OutputKind Kind, string AssemblyName, string NewLine);
}
