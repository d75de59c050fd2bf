using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Tests.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Tests.Calls;

public sealed class DelegateUseTests
{
    [Theory]
    [InlineData("static void M(Action a) => a();", Drops.Joined)]
    [InlineData("static void M(Action a) { ArgumentNullException.ThrowIfNull(a); if (a != null) a.Invoke(); }", Drops.Joined)]
    [InlineData("static void M(Action a) { for (var i = 0; i < 3; i++) a?.Invoke(); }", Drops.Joined)]
    [InlineData("static async Task M(Action a) { await Task.Yield(); a(); }", Drops.Joined)]
    [InlineData("static void M(Action a) { }", Drops.Unstated)]
    [InlineData("static Action kept; static void M(Action a) { a(); kept = a; }", Drops.Unstated)]
    [InlineData("static void M(Action a) { a(); Task.Run(a); }", Drops.Unstated)]
    [InlineData("static void M(Action a) => Task.Run(() => a());", Drops.Unstated)]
    [InlineData("static event Action E; static void M(Action a) { E += a; }", Drops.Unstated)]
    [InlineData("protected virtual void M(Action a) => a();", Drops.Unstated)]
    public void BodyDecides(string member, Drops drops)
    {
        var model = Model($"class C {{ {member} }}");
        Assert.Equal(drops, Use(model, model.Compilation.GetTypeByMetadataName("C")!, "M").Drops);
    }

    [Theory]
    [InlineData("System.Threading.Tasks.Parallel", "Invoke", Drops.Joined)]
    [InlineData("System.Collections.Generic.List`1", "ForEach", Drops.Joined)]
    [InlineData("System.Threading.Timer", ".ctor", Drops.Detached)]
    [InlineData("System.Threading.CancellationToken", "UnsafeRegister", Drops.Detached)]
    [InlineData("System.Threading.SynchronizationContext", "Post", Drops.Unstated)]
    public void CatalogueDecides(string type, string member, Drops drops)
    {
        var model = Model("");
        Assert.Equal(drops, Use(model, model.Compilation.GetTypeByMetadataName(type)!, member).Drops);
    }

    private static DelegateUse Use(ProgramModel model, INamedTypeSymbol type, string member)
    {
        var method = type.GetMembers(member).OfType<IMethodSymbol>().First(m => !m.Parameters.IsEmpty);
        return DelegateUse.Of(model, method, method.Parameters[0]);
    }

    private static ProgramModel Model(string source) => ProgramModel.For(
        CatalogueReferences.Empty.WithOptions(new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)).AddSyntaxTrees(CSharpSyntaxTree.ParseText("using System; using System.Threading.Tasks;\n" + source)),
        new AnalyzerOptions([]));
}
