using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

public enum TaskWaitKind
{
    Result,
    Wait,
    GetResult,
    WaitAll,
    WaitAny,
}

/// <summary>A place that holds its thread until a task is done.</summary>
/// <param name="Operation">The whole expression.</param>
/// <param name="Task">What is waited for; of <c>WaitAll</c> and <c>WaitAny</c> null.</param>
/// <param name="Token">Ends the wait early by throwing.</param>
/// <param name="HasTimeout">The wait may end before the task, and says so by its result.</param>
public sealed record TaskWait(IOperation Operation, TaskWaitKind Kind, IOperation? Task, IOperation? Token, bool HasTimeout)
{
    /// <summary>How the member that waits is written.</summary>
    public string Name => Kind switch
    {
        TaskWaitKind.GetResult => "GetAwaiter().GetResult()",
        TaskWaitKind.Result => "Result",
        _ => Kind + "()",
    };

    /// <summary>The property or method behind the name.</summary>
    public ISymbol Member => Operation is IPropertyReferenceOperation read ? read.Property : ((IInvocationOperation)Operation).TargetMethod;

    /// <summary>The task below what only wraps it: the call that gave it, where the wait stands on a call.</summary>
    public IOperation? Source => Task?.Awaited();

    /// <summary>The task's fault comes wrapped into an <see cref="AggregateException"/>.</summary>
    public bool Wraps => Kind is TaskWaitKind.Wait or TaskWaitKind.WaitAll || Kind == TaskWaitKind.Result && Task?.Type?.Name == "Task";

    public static IEnumerable<TaskWait> In(Frame frame, ProgramModel model)
    {
        foreach (var read in frame.Results)
        {
            if (read.Instance is { } task && model.Types.IsTaskLike(read.Property.ContainingType)) yield return new TaskWait(read, TaskWaitKind.Result, task, null, false);
        }

        foreach (var call in frame.Calls)
        {
            if (call.TargetMethod.Name is "GetResult" or "Wait" or "WaitAll" or "WaitAny" && Of(call, model) is { } wait) yield return wait;
        }
    }

    private static TaskWait? Of(IInvocationOperation call, ProgramModel model)
    {
        if (call.TargetMethod.Name == "GetResult")
            return call.Instance?.Plain() is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } && TaskIn(awaited, model) is { } task ? new TaskWait(call, TaskWaitKind.GetResult, task, null, false) : null;
        if (!SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Task)) return null;
        var token = call.Arguments.FirstOrDefault(a => SymbolEqualityComparer.Default.Equals(a.Parameter?.Type, model.Types.CancellationToken))?.Value;
        var timeout = call.Arguments.FirstOrDefault(a => a.Parameter is { Name: "timeout" or "millisecondsTimeout" })?.Value;
        if (timeout is not null && IsZero(timeout)) return null;
        return call.TargetMethod.Name switch
        {
            "Wait" when call.Instance is { } task => new TaskWait(call, TaskWaitKind.Wait, task, token, timeout is not null),
            "WaitAll" => new TaskWait(call, TaskWaitKind.WaitAll, null, token, timeout is not null),
            "WaitAny" => new TaskWait(call, TaskWaitKind.WaitAny, null, token, timeout is not null),
            _ => null,
        };
    }

    /// <summary>The task below <c>ConfigureAwait</c>.</summary>
    private static IOperation? TaskIn(IOperation awaited, ProgramModel model)
    {
        var value = awaited.Plain();
        if (value is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task }) value = task;
        return model.Types.IsTaskLike(value.Type) ? value : null;
    }

    /// <summary>A wait of no time only asks.</summary>
    private static bool IsZero(IOperation timeout) => timeout.Constant() == 0 || timeout.Plain() is IFieldReferenceOperation { Field: { Name: "Zero", ContainingType.Name: "TimeSpan" } };
}
