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
        var references = CatalogueReferences.Empty;
        if (library is not null) references = references.AddReferences(Image(library));
        return new(references.WithAssemblyName("App").AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings + source)));
    }

    /// <summary>One project, a file for each source.</summary>
    public static TestProgram OfFiles(params string[] sources) =>
        new(CatalogueReferences.Empty.WithAssemblyName("App").AddSyntaxTrees(sources.Select(s => CSharpSyntaxTree.ParseText(s.StartsWith("global ", StringComparison.Ordinal) ? s : Usings + s, path: $"{s.Length}.cs"))));

    /// <param name="library">Another project of the solution, here with its source, as an editor has it.</param>
    public static TestProgram Beside(string source, string library) =>
        new(CatalogueReferences.Empty.WithAssemblyName("App").AddReferences(CatalogueReferences.Empty.WithAssemblyName("Library").AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings + library)).ToMetadataReference())
            .AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings + source)));

    public INamedTypeSymbol Type(string name) => Model.Compilation.GetTypeByMetadataName(name)!;

    public IMethodSymbol Method(string type, string name) => Type(type).GetMembers(name).OfType<IMethodSymbol>().Single();

    /// <summary>The body of <c>C.M</c>.</summary>
    public Frame Frame() => Model.SourceBodies.Of(Method("C", "M"))!.Frames[0];

    public IEnumerable<IOperation> Operations() => Frame().Root.DescendantsAndSelf();

    /// <summary>The only call of that name in <c>C.M</c>.</summary>
    public IInvocationOperation Call(string name) => Operations().OfType<IInvocationOperation>().Single(c => c.TargetMethod.Name == name);

    public IReadOnlyList<StraightLine> Lines() => [.. StraightLine.Of(Frame())];

    private static PortableExecutableReference Image(string source)
    {
        const string path = "/solution/Library/obj/ref/Library.dll";
        var compilation = CatalogueReferences.Empty.WithAssemblyName("Library").AddSyntaxTrees(CSharpSyntaxTree.ParseText(Usings + source));
        using var stream = new MemoryStream();
        var emitted = compilation.Emit(stream, options: new Microsoft.CodeAnalysis.Emit.EmitOptions(metadataOnly: true, includePrivateMembers: false));
        Assert.True(emitted.Success, string.Join("\n", emitted.Diagnostics));
        return MetadataReference.CreateFromImage(stream.ToArray(), filePath: path);
    }
}
