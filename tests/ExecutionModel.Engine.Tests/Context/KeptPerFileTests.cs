using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Context;

/// <summary>What is kept of a file while compilations come and go.</summary>
public sealed class KeptPerFileTests
{
    [Fact]
    public void SameFile_IsReadOnce()
    {
        var read = 0;
        var kept = new KeptPerFile<object>(_ => ++read);
        var (one, two) = (CSharpSyntaxTree.ParseText("class A;"), CSharpSyntaxTree.ParseText("class A;"));
        Assert.Equal([1, 1, 2, 1], new[] { one, one, two, one }.Select(t => (int)kept.Of(t)));
    }

    [Fact]
    public void FileInACompilationWithOtherContexts_IsAskedAnew()
    {
        const string source = "class C { bool M(string shopContext) => shopContext.Contains('a'); }"; // the name of no type here
        var with = TestProgram.Of(source, "using Microsoft.EntityFrameworkCore; public abstract class shopContext : DbContext;").Model;
        var file = with.Compilation.SyntaxTrees.Single();
        Assert.True(with.QueryFiles.May(file));

        var without = ProgramModel.For(CatalogueReferences.Empty.AddSyntaxTrees(file), new AnalyzerOptions([]));
        Assert.False(without.QueryFiles.May(file));
        Assert.True(with.QueryFiles.May(file));
    }
}
