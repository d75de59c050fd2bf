using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Tests;

/// <summary>Source that the Engine is asked about; it must compile.</summary>
internal sealed class TestProgram
{
    private const string Usings = "using System; using System.Collections.Generic; using System.IO; using System.Linq; using System.Net.Http; using System.Threading; using System.Threading.Tasks; using Microsoft.Extensions.DependencyInjection; using Microsoft.Extensions.DependencyInjection.Extensions;\n";

    private TestProgram(CSharpCompilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error));
        Model = ProgramModel.For(compilation, new AnalyzerOptions([]));
    }

    public ProgramModel Model { get; }

    /// <param name="library">Another project of the solution, seen as metadata.</param>
    public static TestProgram Of(string source, string? library = null)
    {
        var app = Project("App", Usings + source);
        return new(library is null ? app : app.AddReferences(Image(library)));
    }

    /// <summary>One project, a file for each source.</summary>
    public static TestProgram OfFiles(params string[] sources) =>
        new(Project("App", [.. sources.Select(s => s.StartsWith("global ", StringComparison.Ordinal) ? s : Usings + s)]));

    /// <param name="library">Another project of the solution, here with its source, as an editor has it.</param>
    public static TestProgram Beside(string source, string library) =>
        new(Project("App", Usings + source).AddReferences(Project("Library", Usings + library).ToMetadataReference()));

    public INamedTypeSymbol Type(string name) => Model.Compilation.GetTypeByMetadataName(name)!;

    public IMethodSymbol Method(string type, string name) => Type(type).GetMembers(name).OfType<IMethodSymbol>().Single();

    /// <summary>The body of <c>C.M</c>.</summary>
    public Frame Frame() => Model.SourceBodies.Of(Method("C", "M"))!.Frames[0];

    public IEnumerable<IOperation> Operations() => Frame().Root.DescendantsAndSelf();

    /// <summary>The only call of that name in <c>C.M</c>.</summary>
    public IInvocationOperation Call(string name) => Operations().OfType<IInvocationOperation>().Single(c => c.TargetMethod.Name == name);

    public IReadOnlyList<StraightLine> Lines() => [.. StraightLine.Of(Frame())];

    private static CSharpCompilation Project(string name, params string[] files) =>
        CatalogueReferences.Empty.WithAssemblyName(name).AddSyntaxTrees(files.Select((f, i) => CSharpSyntaxTree.ParseText(f, path: i == 0 ? "" : $"{i}.cs")));

    private static PortableExecutableReference Image(string source)
    {
        const string path = "/solution/Library/obj/ref/Library.dll";
        using var stream = new MemoryStream();
        var emitted = Project("Library", Usings + source).Emit(stream, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: true, includePrivateMembers: false));
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray(), filePath: path);
    }
}
