using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>Operations that one body starts and then waits for together: one per item of a source, or as many as are written.</summary>
/// <param name="Join">The call that waits, or the loop that waits for one task after the other.</param>
/// <param name="Starts">Lambdas, method groups or calls.</param>
/// <param name="FanOut">Where each start runs once per item; null where each runs once.</param>
public sealed record StartedTogether(IOperation Join, IReadOnlyList<IOperation> Starts, FanOut? FanOut)
{
    /// <summary>One of these words, as <see cref="CallWords.HashOf"/>, stands wherever tasks are waited for together.</summary>
    public static WordSet Joins { get; } = new(["WhenAll", "WhenAny", "WhenEach", "WaitAll", "WaitAny"]);

    public static bool IsJoin(ProgramModel model, IInvocationOperation call) =>
        call.TargetMethod.Name is "WhenAll" or "WhenAny" or "WhenEach" or "WaitAll" or "WaitAny" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Task);

    /// <summary>Null where the tasks come from elsewhere, or from one start only.</summary>
    public static StartedTogether? Of(ProgramModel model, IInvocationOperation join, ValueScope scope)
    {
        if (join.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0) is not { } tasks) return null;
        if (FanOuts.Of(join, tasks.Value, scope) is { } fanOut) return new StartedTogether(join, fanOut.Starts, fanOut);
        var starts = Elements(tasks.Value.Plain()).Select(e => StartOf(model, e, scope)).OfType<IInvocationOperation>().ToList();
        return starts.Count > 1 ? new StartedTogether(join, starts, null) : null;
    }

    private static IEnumerable<IOperation> Elements(IOperation tasks) => tasks switch
    {
        IArrayCreationOperation { Initializer: { } initializer } => initializer.ElementValues,
        ICollectionExpressionOperation { Elements: var elements } when elements.All(e => e is not ISpreadOperation) => elements,
        _ => [],
    };

    private static IInvocationOperation? StartOf(ProgramModel model, IOperation element, ValueScope scope)
    {
        var value = element.Plain();
        if (value is ILocalReferenceOperation { Local: var local } && scope.OnlyValueOf(local) is { } only) value = only.Plain();
        return value is IInvocationOperation call && model.Types.IsTask(call.Type) ? call : null;
    }
}
