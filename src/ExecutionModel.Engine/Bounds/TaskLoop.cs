using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary><c>foreach (var task in tasks) await task;</c> over tasks that the same body has started: the first fault leaves the rest unobserved.</summary>
/// <param name="Started">Where they come from; its join is the loop.</param>
public sealed record TaskLoop(IForEachLoopOperation Loop, IAwaitOperation Await, FanOut Started)
{
    public static TaskLoop? Of(ProgramModel model, Frame frame, ILoopOperation loop, ValueScope scope)
    {
        if (loop is not IForEachLoopOperation { IsAsynchronous: false, LoopControlVariable: IVariableDeclaratorOperation variable } each || !model.Types.IsTask(variable.Symbol.Type)) return null;
        // A query starts its tasks when it is stepped through, one per turn.
        if (each.Collection.Plain() is not ILocalReferenceOperation { Local: { Type: IArrayTypeSymbol or INamedTypeSymbol { TypeKind: TypeKind.Class } } tasks }) return null;
        if (scope.UsesOf(variable.Symbol) is not [var use] || frame.Awaits.Where(a => a.IsInside(each.Body)).ToList() is not [var wait] || !ReferenceEquals(wait.Operation.Awaited(), use)) return null;
        if (!StraightLine.RunsWith(wait, each.Body) || each.Body.DescendantsAndSelf().Any(o => o is IReturnOperation { Kind: OperationKind.YieldReturn })) return null;
        if (!scope.UsesOf(tasks).All(u => u.IsInside(each.Collection) || IsFilled(u) || u.Above() is IPropertyReferenceOperation { Property.Name: "Count" or "Length" })) return null;
        return FanOuts.Of(each, each.Collection, scope) is { } started ? new TaskLoop(each, wait, started) : null;
    }

    private static bool IsFilled(IOperation tasks) => FanOuts.Added(tasks) is not null;
}
