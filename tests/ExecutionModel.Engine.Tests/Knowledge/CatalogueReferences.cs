using System.Collections.Concurrent;
using System.Reflection;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>Compilations against the real libraries that the catalogue names; the build writes their paths beside the test assembly.</summary>
internal static class CatalogueReferences
{
    private static readonly Lazy<CSharpCompilation> Libraries = new(() => CSharpCompilation.Create(
        "Libraries",
        references: File.ReadAllLines(Path.Combine(Path.GetDirectoryName(Assembly.GetExecutingAssembly().Location)!, "catalogue.references"))
            .Where(l => l.Length > 0)
            .Select(l => MetadataReference.CreateFromFile(l)),
        options: new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)));

    private static readonly ConcurrentDictionary<string, CSharpCompilation> Sources = new(StringComparer.Ordinal);

    private static readonly Lazy<CSharpCompilation> Unverified = new(() => Empty.AddSyntaxTrees(StandIns()));

    /// <summary>Nothing but the references.</summary>
    public static CSharpCompilation Empty => Libraries.Value;

    /// <summary>The references and the stand-ins for the libraries of the <c>*.unverified.txt</c> files.</summary>
    public static CSharpCompilation WithUnverified => Unverified.Value;

    /// <summary>The references and a source file, which must compile.</summary>
    public static CSharpCompilation With(string source) => Sources.GetOrAdd(source, s =>
    {
        var compilation = Empty.AddSyntaxTrees(CSharpSyntaxTree.ParseText(s));
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        return compilation;
    });

    private static IEnumerable<SyntaxTree> StandIns()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Unverified/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return CSharpSyntaxTree.ParseText(reader.ReadToEnd(), path: name);
        }
    }

    public static Catalogue Catalogue(string userText = "")
    {
        var (entries, problems) = CatalogueParser.Parse(userText, "user.txt");
        Assert.Empty(problems);
        return new Catalogue(entries);
    }
}
