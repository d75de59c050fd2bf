using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>What runs when a piece of code runs: nested functions run when somebody calls them.</summary>
internal static class OwnCode
{
    /// <summary>In source order, outer before inner.</summary>
    public static IEnumerable<IOperation> Own(this IOperation operation)
    {
        var pending = new Stack<IOperation>([operation]);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            yield return next;
            foreach (var child in next.ChildOperations.Reverse())
            {
                if (child is not (IAnonymousFunctionOperation or ILocalFunctionOperation)) pending.Push(child);
            }
        }
    }

    /// <summary><c>await</c>, <c>await foreach</c>, <c>await using</c>.</summary>
    public static bool IsAwait(this IOperation operation) =>
        operation is IAwaitOperation or IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true } or IUsingDeclarationOperation { IsAsynchronous: true };
}
