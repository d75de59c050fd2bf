using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>A thread that code makes for one piece of work: <c>new Thread(…)</c>, <c>StartNew(…, LongRunning)</c>.</summary>
/// <param name="Work">The lambda that runs on it; null for a method.</param>
public sealed record OwnThread(IOperation Making, IMethodSymbol Api, Frame Frame, Frame? Work)
{
    private const int LongRunning = 2;

    /// <summary>One of these words stands wherever there is one.</summary>
    public static WordSet Names { get; } = new(["Thread", "StartNew"]);

    public static IEnumerable<OwnThread> In(ProgramModel model, FlatBody body)
    {
        foreach (var frame in body.Frames)
        {
            foreach (var creation in frame.Creations)
            {
                if (creation.Constructor is { } constructor && SymbolEqualityComparer.Default.Equals(creation.Type, model.Types.Thread)) yield return new OwnThread(creation, constructor, frame, WorkOf(body, creation));
            }

            foreach (var call in frame.Calls)
            {
                if (call.TargetMethod is { Name: "StartNew", ContainingType: { Name: "TaskFactory", ContainingNamespace.Name: "Tasks" } } start && call.Arguments.Any(IsLongRunning)) yield return new OwnThread(call, start, frame, WorkOf(body, call));
            }
        }
    }

    /// <summary>How many there can be at once; null where it stands in no loop.</summary>
    public Bound? Size(FlatBody body, SourceSize sizes, Throttle throttle)
    {
        Bound? size = null;
        var child = Making;
        for (var o = Making.Parent; o is not null && !ReferenceEquals(child, Frame.Root); child = o, o = o.Parent)
        {
            if (o is not ILoopOperation loop || !ReferenceEquals(loop.Body, child)) continue;
            if (loop.Body.Descendants().Any(d => d is IInvocationOperation { TargetMethod: { Name: "Join", ContainingType.Name: "Thread" } or { Name: "Wait", ContainingType.Name: "Task" } } or IAwaitOperation { Operation: ILocalReferenceOperation })) return new Bound.Throttled("each turn waits for its thread");
            if (throttle.In(loop) is { } limit) return new Bound.Throttled(limit);
            var turns = loop switch
            {
                IForEachLoopOperation each => sizes.Of(each.Collection, body.Values),
                IForLoopOperation { Condition: IBinaryOperation condition } => sizes.OfCount(condition.RightOperand, body.Values),
                IWhileLoopOperation { Condition: not IBinaryOperation { OperatorKind: not BinaryOperatorKind.ConditionalAnd } } => new Bound.Unbounded("turn of the loop"),
                _ => new Bound.Unknown("nobody can tell how many turns the loop has"),
            };
            size = size?.Join(turns) ?? turns;
        }

        return size;
    }

    private static bool IsLongRunning(IArgumentOperation argument) =>
        argument.Value is { Type.Name: "TaskCreationOptions", ConstantValue: { HasValue: true, Value: int options } } && (options & LongRunning) != 0;

    private static Frame? WorkOf(FlatBody body, IOperation making) => body.Frames.FirstOrDefault(f => f.Function is IAnonymousFunctionOperation && f.Function.IsInside(making));
}
