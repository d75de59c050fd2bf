using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>How often a loop turns, and how many items the loops of a body put into a list.</summary>
internal static class ListFill
{
    public static Bound Of(ILocalSymbol list, Step step, SourceSize sizes)
    {
        Bound sum = new Bound.AtMost(0, "a literal");
        foreach (var use in step.Scope.UsesOf(list))
        {
            if (use.Above() is not IInvocationOperation { TargetMethod.Name: "Add" or "AddRange" or "Enqueue" or "Push" or "TryAdd" } call || !ReferenceEquals(call.Instance?.Plain(), use)) continue;
            var added = call.TargetMethod.Name == "AddRange" && call.Arguments is [var range] ? sizes.Of(range.Value, step) : new Bound.AtMost(1, "a literal");
            sum = sum.Plus(Turns(call, LoopAround(step.Scope.DeclarationOf(list)), step, sizes) is { } turns ? Times(turns, added) : added);
        }

        return sum;
    }

    /// <summary>How often the loops around <paramref name="operation"/>, inside <paramref name="outer"/>, run it in all; null where there are none.</summary>
    public static Bound? Turns(IOperation operation, IOperation? outer, Step step, SourceSize sizes)
    {
        Bound? turns = null;
        for (var o = operation.Parent; o is not null && !ReferenceEquals(o, outer) && o is not IAnonymousFunctionOperation and not ILocalFunctionOperation; o = o.Parent)
        {
            if (o is not ILoopOperation loop) continue;
            var once = Of(loop, step, sizes);
            turns = turns is null ? once : Times(turns, once);
        }

        return turns;
    }

    public static ILoopOperation? LoopAround(IOperation? operation)
    {
        for (var o = operation?.Parent; o is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; o = o.Parent)
        {
            if (o is ILoopOperation loop) return loop;
        }

        return null;
    }

    private static Bound Of(ILoopOperation loop, Step step, SourceSize sizes) => loop switch
    {
        IForEachLoopOperation { IsAsynchronous: true } => new Bound.Huge("item of an asynchronous stream"),
        IForEachLoopOperation each => sizes.Of(each.Collection, step),
        IForLoopOperation { Condition: IBinaryOperation compare } => Counted(compare, step, sizes),
        IWhileLoopOperation { Condition: IBinaryOperation compare } when compare.Ranks() => Counted(compare, step, sizes),
        _ => new Bound.Huge("turn of a 'while' loop"),
    };

    /// <summary><c>i &lt; n</c>: n turns, whichever side the counter is on.</summary>
    private static Bound Counted(IBinaryOperation compare, Step step, SourceSize sizes)
    {
        var limit = compare.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual ? compare.LeftOperand : compare.RightOperand;
        return sizes.OfCount(limit, step);
    }

    /// <summary>As many of the one for each of the other.</summary>
    public static Bound Times(Bound a, Bound b) => (a, b) switch
    {
        (Bound.AtMost x, Bound.AtMost y) => new Bound.AtMost((int)Math.Min(int.MaxValue, (long)x.Count * y.Count), x.Why),
        (Bound.AtMost { Count: 0 }, _) => a,
        (_, Bound.AtMost { Count: 0 }) => b,
        _ => a.Join(b),
    };
}
