using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// Finds fan-outs. A projection that only reads stored tasks starts nothing, and <c>WhenAll(a, b)</c> has as many operations as it is written: neither is one.
/// </summary>
public static class FanOuts
{
    /// <summary>One of these words stands wherever all of a fan-out's tasks are waited for.</summary>
    public static WordSet Joins { get; } = new(["WhenAll", "WhenEach", "WaitAll"]);

    /// <summary>It waits for all of them: a race with <c>WhenAny</c> starts all on purpose.</summary>
    public static bool IsJoin(ProgramModel model, IInvocationOperation call) =>
        call.TargetMethod.Name is "WhenAll" or "WhenEach" or "WaitAll" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Task);

    public static FanOut? Of(IInvocationOperation whenAll, ValueScope scope) =>
        whenAll.Arguments is [{ ArgumentKind: ArgumentKind.Explicit } argument] ? Of(whenAll, argument.Value, scope) : null;

    /// <param name="join">What waits for the tasks.</param>
    /// <param name="sequence">The tasks.</param>
    public static FanOut? Of(IOperation join, IOperation sequence, ValueScope scope)
    {
        ILocalSymbol? tasks = null;
        var value = sequence.Plain();
        for (var hops = 0; hops < 4; hops++)
        {
            switch (value)
            {
                case ICollectionExpressionOperation { Elements: [ISpreadOperation spread] }:
                    value = spread.Operand.Plain();
                    break;
                case IInvocationOperation { TargetMethod: { Name: "ToArray" or "ToList" or "AsEnumerable" or "ToImmutableArray" or "ToHashSet", ContainingNamespace.Name: "Linq" or "Immutable" } } copy when copy.Subject() is { } copied:
                    value = copied.Plain();
                    break;
                case ILocalReferenceOperation local when tasks is null:
                    tasks = local.Local;
                    if (Loop(join, tasks, scope) is { } loop) return loop;
                    if (scope.OnlyValueOf(tasks) is not { } written) return null;
                    value = written.Plain();
                    break;
                case IInvocationOperation select when IsLinq(select, "Select"):
                    return Select(join, select, tasks, scope);
                case IInvocationOperation { TargetMethod.Parameters.Length: 2 } nested when IsLinq(nested, "SelectMany"):
                    return Nested(join, nested, tasks, scope);
                default:
                    return null;
            }
        }

        return null;
    }

    /// <summary><c>orders.SelectMany(o => o.Lines.Select(SendAsync))</c>: a fan-out for each item of another sequence.</summary>
    private static FanOut? Nested(IOperation join, IInvocationOperation nested, ILocalSymbol? tasks, ValueScope scope)
    {
        if (nested.Subject() is not { } outer || nested.InParameterOrder(1)?.DelegateTarget() is not IAnonymousFunctionOperation each) return null;
        if (Returned(each).ToList() is not [IInvocationOperation select] || !IsLinq(select, "Select")) return null;
        return Select(join, select, tasks, scope) is { } inner ? inner with { Outer = outer } : null;
    }

    private static bool IsLinq(IInvocationOperation call, string name) => call.TargetMethod is { ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } method && method.Name == name;

    private static FanOut? Select(IOperation whenAll, IInvocationOperation select, ILocalSymbol? tasks, ValueScope scope)
    {
        if (select.Subject() is not { } source || select.InParameterOrder(1)?.Plain() is not { } selector) return null;
        if (selector is ILocalReferenceOperation named && scope.OnlyValueOf(named.Local) is { } written) selector = written.Plain();
        switch (selector.DelegateTarget())
        {
            case IAnonymousFunctionOperation lambda when lambda.Symbol.IsAsync || Returned(lambda).Any(IsStart):
                var form = lambda.Syntax is AnonymousFunctionExpressionSyntax ? FanOutForm.SelectLambda : FanOutForm.Query;
                return new FanOut(form, whenAll, source, [lambda], tasks);
            case IMethodReferenceOperation group:
                return new FanOut(FanOutForm.SelectMethodGroup, whenAll, source, [group], tasks);
            default:
                return null;
        }
    }

    private static FanOut? Loop(IOperation whenAll, ILocalSymbol tasks, ValueScope scope)
    {
        var starts = new List<IOperation>();
        ILoopOperation? loop = null;
        foreach (var use in scope.UsesOf(tasks))
        {
            if (Added(use) is not { } added) continue;
            if (added is ILocalReferenceOperation stored && scope.OnlyValueOf(stored.Local) is { } written) added = written.Plain();
            if (!IsStart(added) || ListFill.LoopAround(added) is not { } around || ReferenceEquals(around, ListFill.LoopAround(scope.DeclarationOf(tasks)))) continue;
            if (loop is not null && !ReferenceEquals(loop, around)) return null;
            loop = around;
            starts.Add(added);
        }

        if (loop is null || whenAll.IsInside(loop)) return null;
        var source = loop switch
        {
            IForEachLoopOperation each => each.Collection.Plain(),
            IForLoopOperation { Condition: { } condition } => condition,
            IWhileLoopOperation { Condition: { } condition } => condition,
            _ => loop,
        };
        return new FanOut(FanOutForm.LoopAdd, whenAll, source, starts, tasks, Outermost(loop, scope.DeclarationOf(tasks)));
    }

    /// <summary>The outermost loop that does not make a new list in each turn.</summary>
    private static ILoopOperation Outermost(ILoopOperation loop, IOperation? declaration)
    {
        while (ListFill.LoopAround(loop) is { } outer && declaration?.IsInside(outer) == false) loop = outer;
        return loop;
    }

    /// <summary>What <c>tasks.Add(…)</c> or <c>tasks[i] = …</c> puts in.</summary>
    internal static IOperation? Added(IOperation tasks) => tasks.Above() switch
    {
        IInvocationOperation { TargetMethod.Name: "Add", Arguments: [var added] } call when ReferenceEquals(call.Instance?.Plain(), tasks) => added.Value.Plain(),
        IArrayElementReferenceOperation { Parent: ISimpleAssignmentOperation assignment } element when ReferenceEquals(assignment.Target, element) => assignment.Value.Plain(),
        _ => null,
    };

    private static bool IsStart(IOperation value) => value switch
    {
        IInvocationOperation call => call.TargetMethod.ReturnType.Name is "Task" or "ValueTask" or "ConfiguredTaskAwaitable" || call.Type?.Name is "Task" or "ValueTask",
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsStart(choice.WhenTrue.Plain()) || IsStart(otherwise.Plain()),
        ISwitchExpressionOperation choice => choice.Arms.Any(a => IsStart(a.Value.Plain())),
        ICoalesceOperation coalesce => IsStart(coalesce.WhenNull.Plain()),
        _ => false,
    };

    private static IEnumerable<IOperation> Returned(IAnonymousFunctionOperation lambda) =>
        lambda.Body.Descendants().OfType<IReturnOperation>().Where(r => r.ReturnedValue is not null && r.Function() == lambda).Select(r => r.ReturnedValue!.Plain());
}
