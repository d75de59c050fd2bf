using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>Answers: does the <c>using</c> that holds a call's result have something to wait for when it ends?</summary>
public static class AsyncDisposal
{
    /// <summary>The result is the only resource of a synchronous <c>using</c>, and its type's <c>DisposeAsync</c> waits for I/O, as the catalogue knows.</summary>
    public static bool Waits(ProgramModel model, IInvocationOperation call)
    {
        if (call.Parent is not IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol.Type: INamedTypeSymbol type, Parent: IVariableDeclarationOperation { Declarators.Length: 1, Parent: { } group } } }) return false;
        if (group.Parent is not (IUsingDeclarationOperation { IsAsynchronous: false } or IUsingOperation { IsAsynchronous: false })) return false;
        if (!type.AllInterfaces.Any(i => i.Name == "IAsyncDisposable") || model.Catalogue.Of(type) is { FakeAsync: true }) return false;
        return type.SelfBasesAndInterfaces().SelectMany(t => t.Type.GetMembers("DisposeAsync")).FirstOrDefault() is { } dispose && model.Catalogue.Of(dispose, type) is { Waiting: Waiting.AsyncIo };
    }
}
