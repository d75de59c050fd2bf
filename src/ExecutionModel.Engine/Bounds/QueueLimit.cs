using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>What would a limit do to a queue, other than make its producer wait while it is full? Items could get lost, or the producer wait for ever.</summary>
public static class QueueLimit
{
    /// <summary>Null: nothing.</summary>
    public static string? ObstacleOf(ProgramModel model, QueueTraffic queue)
    {
        if (queue.IsHandedOn || queue.Holder is ILocalSymbol) return "others may add to it, or end before it is empty";
        if (!queue.Adds.All(a => a.Call.TargetMethod.Name == "Add" || a.Call.TargetMethod.Name is "WriteAsync" or "SendAsync" && IsAwaited(a.Call))) return "an item that finds it full would be lost";
        if (queue.Consumer is not { } consumer) return queue.Making is IObjectCreationOperation { Arguments.Length: 1 } ? null : "it has options already";
        if (queue.Adds.Any(a => SymbolEqualityComparer.Default.Equals(a.Body.Member, consumer.Body.Member))) return "the consumer may start after the producer";
        var runsByItself = consumer.Body.Member is { Name: "ExecuteAsync", IsOverride: true } && model.App.HostOf(consumer.Body.Member.ContainingType) == Host.Worker;
        return runsByItself || IsOnThreadOfItsOwn(consumer.Frame) && SwallowsFaults(queue.Turn) ? null : "a consumer that ends early would leave the producer waiting";
    }

    private static bool IsAwaited(IOperation call)
    {
        var above = call.Above();
        if (above is IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured) above = configured.Above();
        return above is IAwaitOperation;
    }

    /// <summary>A lambda handed to <c>Task.Run</c> or a thread.</summary>
    private static bool IsOnThreadOfItsOwn(Frame frame)
    {
        if (frame.Function is not IAnonymousFunctionOperation lambda) return false;
        var taker = lambda.Above();
        while (taker is IDelegateCreationOperation or IArgumentOperation) taker = taker.Parent;
        return taker is IInvocationOperation { TargetMethod: { Name: "Run" or "StartNew", ContainingType.Name: "Task" or "TaskFactory" } } or IObjectCreationOperation { Type.Name: "Thread" };
    }

    private static bool SwallowsFaults(IOperation turn) =>
        turn is IBlockOperation { Operations: [ITryOperation tried] } && tried.Catches.Any(c => c is { Filter: null, ExceptionType: { Name: "Exception" } or { SpecialType: SpecialType.System_Object } } && !c.Handler.Descendants().Any(o => o is IThrowOperation));
}
