using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// How many tasks a loop starts and drops before something lets it wait. Loops that end when the world has nothing more for them, and turns that wait for
/// something, go at the pace of others: a server that accepts connections drops tasks on purpose.
/// </summary>
public sealed class DroppedTurns(ProgramModel model, SourceSize sizes, Throttle throttle)
{
    public Bound Of(DroppedStart start, Frame frame, ValueScope scope)
    {
        if (start.Loop is not { } innermost) return throttle.In(frame.Root) is { } limit ? new Bound.Throttled(limit) : Narrowed(start, sizes.Of(start.Source!, scope));
        ILoopOperation? outermost = null;
        IOperation? beyond = innermost;
        string? pace = null;
        for (var loop = innermost; loop is not null; loop = ListFill.LoopAround(loop))
        {
            beyond = loop;
            if (PaceOf(loop, frame) is { } found)
            {
                pace ??= found;
                break;
            }

            outermost = loop;
            beyond = null;
        }

        if (outermost is null) return new Bound.Unknown(pace!);
        if ((throttle.In(outermost) ?? Throttle.Around(scope.Body.Member)) is { } reason) return new Bound.Throttled(reason);
        return Narrowed(start, sizes.OfTurns(start.Call, beyond, scope));
    }

    private static Bound Narrowed(DroppedStart start, Bound size) => start.IsConditional ? size.Narrowed() : size;

    /// <summary>Null where nothing but the end of its source stops the loop.</summary>
    private string? PaceOf(ILoopOperation loop, Frame frame)
    {
        if (frame.Awaits.Any(a => a.IsInside(loop.Body))) return "a turn waits";
        if (loop.Body.Own().Any(o => o is IForEachLoopOperation { IsAsynchronous: true } or IUsingOperation { IsAsynchronous: true })) return "a turn waits";
        return loop switch
        {
            IForEachLoopOperation { IsAsynchronous: true } each => IsStored(each.Collection.Awaited()) ? null : "a stream sets the pace",
            IForEachLoopOperation { Collection: var source } when source.Plain() is IInvocationOperation { TargetMethod.Name: "GetConsumingEnumerable" } => "a queue sets the pace",
            IForEachLoopOperation => null,
            IForLoopOperation { Condition: IBinaryOperation } => null,
            IWhileLoopOperation { Condition: IBinaryOperation { OperatorKind: BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual } } => null,
            IWhileLoopOperation { Condition: { } condition } when IsStored(condition) => null,
            _ => "it goes on as long as others have something for it",
        };
    }

    /// <summary>Rows and lines are there already; messages come when somebody sends them.</summary>
    private bool IsStored(IOperation source) => source.DescendantsAndSelf().Any(o => o is IInvocationOperation call && IsStored(call));

    private bool IsStored(IInvocationOperation call)
    {
        var type = call.Subject()?.Type;
        if (model.Catalogue.Of(call.TargetMethod, type) is not { } facts) return false;
        var channel = facts.Channel == Channel.Receiver ? model.Catalogue.Of(type)?.Channel : facts.Channel;
        return channel is Channel.File or Channel.Database || facts.Size == Size.Huge && channel is not Channel.Queue;
    }
}
