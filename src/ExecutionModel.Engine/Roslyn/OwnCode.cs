using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>What runs when a piece of code runs: nested functions run when somebody calls them.</summary>
internal static class OwnCode
{
    public static IEnumerable<IOperation> Own(this IOperation operation) =>
        operation.ChildOperations.Where(c => c is not (IAnonymousFunctionOperation or ILocalFunctionOperation)).SelectMany(Own).Prepend(operation);

    /// <summary><c>await</c>, <c>await foreach</c>, <c>await using</c>.</summary>
    public static bool IsAwait(this IOperation operation) =>
        operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true };
}
