using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>Tasks that are started once and kept: whoever asks while one runs gets the same one, and starts nothing.</summary>
internal static class KeptTasks
{
    /// <summary>
    /// <c>task ??= F()</c>, or <c>task = F()</c> where a look at <c>task</c> leads there or past it. A value that is awaited first and then kept is none: whoever
    /// comes meanwhile finds nothing and starts another one.
    /// </summary>
    public static bool Hold(ProgramModel model, Frame frame, IInvocationOperation call)
    {
        if (!model.Types.IsTaskLike(call.Type)) return false;
        for (IOperation o = call; o.Parent is { } parent && parent is not IAwaitOperation; o = parent)
        {
            if (parent is IBlockOperation or IAnonymousFunctionOperation) return false;
            if (parent is ICoalesceAssignmentOperation kept && ReferenceEquals(kept.Value, o)) return PlaceOf(kept.Target) is not null;
            if (parent is ISimpleAssignmentOperation assigned && ReferenceEquals(assigned.Value, o)) return PlaceOf(assigned.Target) is { } place && IsAskedFirst(frame, assigned, place);
        }

        return false;
    }

    private static bool IsAskedFirst(Frame frame, IOperation assigned, ISymbol place) => frame.Root.Descendants().OfType<IConditionalOperation>().Any(c =>
        c.Condition.DescendantsAndSelf().Any(o => SymbolEqualityComparer.Default.Equals(PlaceOf(o), place))
        && (assigned.IsInside(c.WhenTrue) || c.Syntax.Span.End <= assigned.Syntax.SpanStart && c.WhenTrue.DescendantsAndSelf().Any(o => o is IReturnOperation)));

    /// <summary>What outlives the call.</summary>
    private static ISymbol? PlaceOf(IOperation target) => target.Plain() switch
    {
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation { Property.IsIndexer: false } property => property.Property,
        _ => null,
    };
}
