using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>What comes back only when a task is done: awaits, blocking waits, joins of several tasks, and the setting of a completion source.</summary>
internal sealed class TaskJoins(ProgramModel model, ValueScope scope)
{
    private const int Hops = 4;

    /// <summary>The task is done when the operation itself, its operands left aside, has run.</summary>
    public bool Complete(IOperation operation, Asked asked) => operation switch
    {
        IAwaitOperation wait => Joins(wait.Operation, asked, Hops),
        IPropertyReferenceOperation { Property: { Name: "Result", ContainingType: var type }, Instance: { } task } when model.Types.IsTask(type) => Joins(task, asked, Hops),
        IInvocationOperation call => Complete(call, asked),
        _ => false,
    };

    /// <summary><c>Task.WhenAny(…)</c>.</summary>
    public bool IsWhenAny(IOperation value) => value is IInvocationOperation { TargetMethod.Name: "WhenAny" } call && IsOfTask(call);

    /// <summary>The elements of the <c>WhenAny</c> whose winner the value is; null where it is none.</summary>
    public IReadOnlyList<IOperation>? Candidates(IOperation value)
    {
        var winner = value.Plain();
        if (winner is ILocalReferenceOperation { Local: var local } && scope.OnlyValueOf(local) is { } only) winner = only.Plain();
        return winner is IAwaitOperation { Operation: var awaited } && awaited.Awaited() is IInvocationOperation call && IsWhenAny(call) ? ElementsOf(call) : null;
    }

    /// <summary>Before the question whether one task is done, code has waited until it or the other one was: <c>await Task.WhenAny(one, other)</c>.</summary>
    public bool HaveRaced(IPropertyReferenceOperation question, Asked other)
    {
        if (TaskPath.Of(question.Instance) is not { } one || one.Is(other.Path)) return false;
        return (question.Function() ?? question.Root()).Descendants().Any(o => o is IInvocationOperation call && call.Syntax.Span.End <= question.Syntax.SpanStart && IsWhenAny(call) && IsAwaited(call)
            && ElementsOf(call).Select(TaskPath.Of).ToList() is [var first, var second] && (one.Is(first) && other.Path.Is(second) || one.Is(second) && other.Path.Is(first)));
    }

    public IOperation? OnlyValueOf(ILocalSymbol local) => scope.OnlyValueOf(local);

    /// <summary>The call waits for the task, among others.</summary>
    public bool Join(IInvocationOperation call, Asked asked) => Join(call, asked, Hops);

    private bool Complete(IInvocationOperation call, Asked asked)
    {
        var method = call.TargetMethod;
        if (IsOfTask(call))
        {
            if (method.ReturnsVoid && method.Name == "WaitAll") return Join(call, asked, Hops);
            return method is { Name: "Wait", ReturnsVoid: true } && call.Instance is { } task && Joins(task, asked, Hops);
        }

        if (method.Name == "GetResult") return call.Instance is IInvocationOperation { TargetMethod.Name: "GetAwaiter", Instance: { } awaited } && Joins(awaited, asked, Hops);
        if (IsSet(method) && call.Instance is { } source) return asked.Path.Parts.LastOrDefault() == "Task" && TaskPath.Of(source) is { } path && asked.Path.StartsWith(path) && asked.Path.Parts.Length == path.Parts.Length + 1;
        foreach (var argument in call.Arguments)
        {
            // Debug.Assert(task.IsCompleted): comes back only if it holds.
            if (argument.Parameter is { Type.SpecialType: SpecialType.System_Boolean } parameter && parameter.GetAttributes().Any(a => a.AttributeClass?.Name == "DoesNotReturnIfAttribute" && a.ConstructorArguments is [{ Value: false }]) && TaskTests.Says(argument.Value, true, asked, this)) return true;
        }

        return false;
    }

    /// <summary>The awaited value is the task, or ends no earlier than it.</summary>
    private bool Joins(IOperation awaited, Asked asked, int hops)
    {
        var value = awaited.Awaited();
        if (value is ITupleOperation tuple) return tuple.Elements.Any(e => Joins(e, asked, hops));
        if (asked.Path.Is(TaskPath.Of(value))) return !asked.IsValueTask;
        if (hops == 0) return false;
        // WhenAll(a, b ?? Task.CompletedTask): only where b is null has it not been awaited, and then there is no b to ask.
        if (value is ICoalesceOperation { Value: var preferred }) return Joins(preferred, asked, hops - 1);
        if (value is ILocalReferenceOperation { Local: var local } && scope.OnlyValueOf(local) is { } only) return Joins(only, asked, hops - 1);
        if (value is not IInvocationOperation call) return false;
        // Whoever is given a task and awaited, has awaited it: ContinueWith, TimeoutAfter, a project's own WhenAll.
        return !IsWhenAny(call) && (call.Instance is { } task && Joins(task, asked, hops - 1) || Join(call, asked, hops - 1));
    }

    private bool Join(IInvocationOperation call, Asked asked, int hops)
    {
        foreach (var argument in call.Arguments)
        {
            if (asked.Path.Is(TaskPath.ElementsOf(argument.Value))) return !asked.IsValueTask;
        }

        return ElementsOf(call).Any(e => Joins(e, asked, hops));
    }

    /// <summary>The tasks that a call lists, or that the collection was made of.</summary>
    private IReadOnlyList<IOperation> ElementsOf(IInvocationOperation call)
    {
        var elements = new List<IOperation>();
        foreach (var argument in call.Arguments)
        {
            if (!Listed(argument.Value)) elements.Add(argument.Value);
        }

        return elements;

        bool Listed(IOperation collection)
        {
            switch (collection.Plain())
            {
                case { Type: var type } when model.Types.IsTaskLike(type):
                    return false;
                case IArrayCreationOperation { Initializer: { } initializer }:
                    elements.AddRange(initializer.ElementValues);
                    return true;
                case ICollectionExpressionOperation expression:
                    elements.AddRange(expression.Elements.Where(e => !(e is ISpreadOperation spread && Listed(spread.Operand))));
                    return true;
                case IObjectCreationOperation { Initializer: { } initializer }:
                    elements.AddRange(initializer.Initializers.OfType<IInvocationOperation>().SelectMany(i => i.Arguments).Select(a => a.Value));
                    return true;
                case ILocalReferenceOperation { Local: var local } when scope.OnlyValueOf(local) is { } only && only.Plain() is not ILocalReferenceOperation:
                    Listed(only);
                    foreach (var use in scope.UsesOf(local))
                    {
                        if (use.Parent is IInvocationOperation { TargetMethod.Name: "Add" or "AddRange", Arguments: [var added] } && !Listed(added.Value)) elements.Add(added.Value);
                    }

                    return true;
                case IInvocationOperation { TargetMethod.Name: "Concat" or "Append" or "Prepend" or "Union" or "ToArray" or "ToList" } operators:
                    foreach (var argument in operators.Arguments)
                    {
                        if (!Listed(argument.Value)) elements.Add(argument.Value);
                    }

                    return true;
                default:
                    return false;
            }
        }
    }

    /// <summary>Itself, or what it was handed to.</summary>
    private static bool IsAwaited(IOperation call)
    {
        for (var o = call.Parent; o is not null and not IBlockOperation and not IAnonymousFunctionOperation; o = o.Parent)
        {
            if (o is IAwaitOperation) return true;
        }

        return false;
    }

    private bool IsOfTask(IInvocationOperation call) => model.Types.IsTask(call.TargetMethod.ContainingType);

    private static bool IsSet(IMethodSymbol method) =>
        method.ContainingType.Name == "TaskCompletionSource" && (method.Name.StartsWith("Set", StringComparison.Ordinal) || method.Name.StartsWith("TrySet", StringComparison.Ordinal));
}
