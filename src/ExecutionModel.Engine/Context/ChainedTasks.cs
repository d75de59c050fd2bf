using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// <c>items.Select(async item => …).Select(task => task.Result).ToList()</c>: a chain of LINQ calls that starts tasks and waits for each of them further on. The
/// wait stands in a synchronous lambda, but the chain runs where it is written, and nothing can have awaited the tasks in between.
/// </summary>
/// <param name="End">The call that runs the chain.</param>
/// <param name="Started">The call whose task is waited for; null where an async lambda gives it.</param>
public sealed record ChainedTasks(IInvocationOperation End, IInvocationOperation? Started)
{
    public static ChainedTasks? Of(Frame frame, TaskWait wait)
    {
        if (frame.Function is not IAnonymousFunctionOperation lambda || wait.Task?.Plain() is not IParameterReferenceOperation { Parameter: var task }) return null;
        if (!lambda.Symbol.Parameters.Contains(task, SymbolEqualityComparer.Default) || AppModel.HandedTo(lambda) is not { } picks || !IsLinq(picks)) return null;
        var source = picks.Subject()?.Plain();
        while (source is IInvocationOperation { TargetMethod.Name: "ToList" or "ToArray" or "AsEnumerable" } list && IsLinq(list)) source = list.Subject()?.Plain();
        if (source is not IInvocationOperation { TargetMethod.Name: "Select" } select || !IsLinq(select) || EndOf(picks) is not { } end) return null;
        return select.Arguments[select.Arguments.Length - 1].Value.DelegateTarget() switch
        {
            IAnonymousFunctionOperation { Symbol.IsAsync: true } start => start.Body.Descendants().Any(o => o is IAwaitOperation) ? new ChainedTasks(end, null) : null,
            IAnonymousFunctionOperation { Body.Operations: [IReturnOperation { ReturnedValue: { } value }] } when value.Awaited() is IInvocationOperation call => new ChainedTasks(end, call),
            _ => null,
        };
    }

    /// <summary>The last call of the chain; null where it is still lazy: whoever enumerates it runs it.</summary>
    private static IInvocationOperation? EndOf(IInvocationOperation picks)
    {
        var end = picks;
        while (Next(end) is { } next) end = next;
        return end.Type is { Name: "IEnumerable" or "IOrderedEnumerable" } ? null : end;
    }

    private static IInvocationOperation? Next(IInvocationOperation call)
    {
        var parent = call.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation) parent = parent.Parent;
        return parent is IArgumentOperation { Parameter.Ordinal: 0, Parent: IInvocationOperation next } && IsLinq(next) ? next : null;
    }

    private static bool IsLinq(IInvocationOperation call) => call.TargetMethod.ContainingType is { Name: "Enumerable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } };
}
