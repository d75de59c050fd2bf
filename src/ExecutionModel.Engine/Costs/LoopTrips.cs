using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>How often a loop turns.</summary>
/// <param name="Known">The number of turns, where it is constant.</param>
/// <param name="Parameter">The parameter that is the number of turns, else null.</param>
/// <param name="Deepens">The size is unknown and does not shrink with an outer loop's item: a loop inside a loop, not a walk over a tree.</param>
/// <param name="Leaves">The loop may end before its last turn.</param>
internal sealed record LoopTrips(double? Known, IParameterSymbol? Parameter, bool Deepens, bool Leaves)
{
    public static LoopTrips Of(ILoopOperation loop) => loop switch
    {
        IForLoopOperation f => OfFor(f),
        IForEachLoopOperation { IsAsynchronous: false } e => OfForEach(e),
        _ => new LoopTrips(null, null, Deepens: false, Leaves: true),
    };

    private static LoopTrips OfForEach(IForEachLoopOperation loop)
    {
        var known = KnownNumber.CountOf(loop.Collection);
        return new LoopTrips(known, null, known is null && loop.Collection.Type?.SpecialType != SpecialType.System_String && !FollowsOuterItem(loop.Collection, loop), ExitsEarly(loop));
    }

    private static LoopTrips OfFor(IForLoopOperation loop)
    {
        if (CountedFor.Of(loop) is not { } count) return new LoopTrips(null, null, Deepens: false, Leaves: true);
        var leaves = ExitsEarly(loop);
        if (KnownNumber.Of(count.Limit) is { } end && KnownNumber.Of(count.Start) is { } begin)
        {
            var turns = Math.Ceiling((Math.Abs(end - begin) + (count.Includes ? 1 : 0)) / Math.Abs(count.Step));
            return count.Step > 0 == end >= begin ? new LoopTrips(turns, null, false, leaves) : new LoopTrips(0, null, false, leaves);
        }

        var parameter = CountedFor.Unconverted(count.Limit) is IParameterReferenceOperation p && count.Step == 1 && KnownNumber.Of(count.Start) is 0 or 1 ? p.Parameter : null;
        return new LoopTrips(null, parameter, !FollowsOuterItem(count.Step > 0 ? count.Limit : count.Start, loop), leaves);
    }

    /// <summary><c>break</c>, <c>return</c> or <c>goto</c> out of the loop; a throw is no ordinary end.</summary>
    private static bool ExitsEarly(ILoopOperation loop) => loop.Body.DescendantsAndSelf().Any(o => o switch
    {
        IReturnOperation { Kind: OperationKind.Return } => !o.IsInFunctionOf(loop),
        IBranchOperation { BranchKind: BranchKind.GoTo } => true,
        IBranchOperation { BranchKind: BranchKind.Break } branch => SymbolEqualityComparer.Default.Equals(branch.Target, loop.ExitLabel),
        _ => false,
    });

    /// <summary>The size comes from an item of an outer loop (<c>order.Lines</c>, <c>rows[i].Length</c>): both loops together see each item once.</summary>
    private static bool FollowsOuterItem(IOperation? size, ILoopOperation loop)
    {
        if (size is null || Outermost(loop) is not { } outer) return false;
        if (CountedFor.Unconverted(size) is ILocalReferenceOperation { Local: var bare } && IsForCounter(bare, loop)) return false;
        return DependsOnItem(size, outer);
    }

    /// <summary>Uses a local declared inside the outer loop.</summary>
    internal static bool DependsOnItem(IOperation operation, ILoopOperation outer) => operation.DescendantsAndSelf().Any(o =>
        o is ILocalReferenceOperation { Local.DeclaringSyntaxReferences: { IsEmpty: false } declared } && outer.Syntax.Span.Contains(declared[0].Span));

    internal static ILoopOperation? Outermost(IOperation inner)
    {
        ILoopOperation? outermost = null;
        for (var o = inner.Parent; o is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; o = o.Parent)
        {
            if (o is ILoopOperation loop) outermost = loop;
        }

        return outermost;
    }

    private static bool IsForCounter(ILocalSymbol local, ILoopOperation inner)
    {
        for (IOperation? o = inner.Parent; o is not null; o = o.Parent)
        {
            if (o is IForLoopOperation outer && CountedFor.CounterOf(outer).Counter is { } counter && SymbolEqualityComparer.Default.Equals(counter, local)) return true;
        }

        return false;
    }
}
