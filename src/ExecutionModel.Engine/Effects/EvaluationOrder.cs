using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Takes just the part of a statement that runs after one await and before another.</summary>
internal static class EvaluationOrder
{
    /// <param name="after">Start behind this operation; null: at the statement's start.</param>
    /// <param name="until">Stop before this operation and its operands; null: at the statement's end.</param>
    /// <param name="transparent">Operations that count for nothing beyond their operands.</param>
    public static void Visit(IOperation statement, IOperation? after, IOperation? until, EffectWalker walker, ISet<IOperation>? transparent = null)
    {
        var started = after is null;
        Enter(statement);

        bool Enter(IOperation operation)
        {
            if (ReferenceEquals(operation, until)) return false;
            if (ReferenceEquals(operation, after)) return started = true;
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
            {
                if (started) walker.Tree(operation);
                return true;
            }

            // An initializer runs after its constructor, although it stands below it.
            if (started && operation is IObjectCreationOperation { Initializer: not null }) walker.Own(operation);
            foreach (var child in operation.ChildOperations)
            {
                if (!Enter(child)) return false;
            }

            if (started && transparent?.Contains(operation) != true) walker.Own(operation);
            return true;
        }
    }
}
