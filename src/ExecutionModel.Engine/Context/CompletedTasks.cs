using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Is a task known to be done where it is asked for its result? Goes backwards from the place: what encloses it may have tested the task, what runs before it
/// whenever it runs may have waited for it. An assignment on the way ends the search; a loop that comes back with another task does, too.
/// </summary>
/// <remarks>
/// An earlier await says nothing of a <c>ValueTask</c>: it must not be asked twice. Fields are taken to keep their task: nobody waits for one and then asks
/// another.
/// </remarks>
public sealed class CompletedTasks(ProgramModel model, ValueScope scope)
{
    /// <summary>Local functions that call each other.</summary>
    private const int MostHops = 3;

    private readonly TaskJoins joins = new(model, scope);

    /// <summary>Why the task has no time left to take; null where it may still run.</summary>
    public string? ReasonFor(IOperation task, IOperation place)
    {
        if (Known(task, place) is { } reason) return reason;
        if (task.Plain() is not ILocalReferenceOperation { Local: var local }) return null;
        // A completed task stays completed: it is enough that each one was when the variable got it.
        var values = scope.WritesTo(local).Where(v => v is not { ConstantValue: { HasValue: true, Value: null } }).ToList();
        return values.Count > 0 && values.All(v => v is not null && Known(v, v) is not null) ? $"'{local.Name}' only takes completed tasks" : null;
    }

    private string? Known(IOperation task, IOperation place)
    {
        if (ByItself(task) is { } reason) return reason;
        return TaskPath.Of(task) is { } path ? Before(place, new Asked(path, model.Types.IsValueTask(task.Type))) : null;
    }

    /// <summary>The expression gives a completed task, wherever it stands.</summary>
    private string? ByItself(IOperation task)
    {
        switch (task.Plain())
        {
            case IAwaitOperation { Operation: var awaited } when joins.IsWhenAny(awaited.Awaited()):
            case IPropertyReferenceOperation { Property.Name: "Result", Instance: { } any } when joins.IsWhenAny(any.Awaited()):
                return "WhenAny gives a completed task";
            case IInvocationOperation call when model.Calls.Of(call) is { Waiting: Waiting.Memory, Confidence: Confidence.Certain } facts:
                return $"'{call.TargetMethod.Name}' completes in memory ({facts.Evidence})";
            case IPropertyReferenceOperation property when model.Catalogue.Of(property.Property) is { Waiting: Waiting.Memory }:
                return $"'{property.Property.Name}' is completed";
            case IObjectCreationOperation creation when model.Types.IsValueTask(creation.Type) && creation.Arguments is [{ Value: var value }] && !model.Types.IsTask(value.Type) && value.Type?.Name != "IValueTaskSource":
                return "a ValueTask made of a value is completed";
            case IConditionalOperation { WhenTrue: var left, WhenFalse: { } right } when ByItself(left) is { } reason && ByItself(right) is not null:
                return reason;
            case IDefaultValueOperation:
                return "a default ValueTask is completed";
            default:
                return null;
        }
    }

    private string? Before(IOperation place, Asked asked, int hops = MostHops)
    {
        var child = place;
        for (var o = place.Parent; o is not null; child = o, o = o.Parent)
        {
            if (o is ILocalFunctionOperation function) return hops > 0 ? BeforeCalls(function, asked, hops - 1) : null;
            if (TaskTests.Guards(o, child, asked, joins)) return $"'{asked.Path.Root.Name}' was tested for completion";
            foreach (var earlier in RunsBefore(o, child))
            {
                switch (After(earlier, asked))
                {
                    case { IsDone: true }:
                        return $"'{asked.Path.Root.Name}' was waited for before";
                    case { Now: { } other }:
                        asked = asked with { Path = other };
                        break;
                    case { IsChange: true }:
                        return null;
                }
            }

            if (o is IForEachLoopOperation each && ReferenceEquals(each.Body, child) && each.Locals.Contains(asked.Path.Root, SymbolEqualityComparer.Default))
            {
                if (each.IsAsynchronous && each.Collection.DescendantsAndSelf().Any(c => c is IInvocationOperation { TargetMethod.Name: "WhenEach" })) return "WhenEach gives completed tasks";
                if (each.Collection.Descendants().Any(c => c is IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "Status" })) return "the loop takes completed tasks only";
                if (asked.Path.Rooted(TaskPath.ElementsOf(each.Collection)) is not { } element) return null;
                asked = asked with { Path = element };
            }
            else if (o is ILoopOperation && Changes(o, asked))
            {
                return null;
            }

            if (o is IAnonymousFunctionOperation lambda && lambda.Symbol.Parameters.Contains(asked.Path.Root, SymbolEqualityComparer.Default))
                return AppModel.HandedTo(lambda)?.TargetMethod.Name is "ContinueWith" or "ContinueWhenAll" or "ContinueWhenAny" ? "the antecedent of a continuation is completed" : null;
        }

        return null;
    }

    /// <summary>A local function runs when it is called: the task must be done at each call.</summary>
    private string? BeforeCalls(ILocalFunctionOperation function, Asked asked, int hops)
    {
        IOperation root = function;
        while (root.Parent is { } parent) root = parent;
        string? reason = null;
        foreach (var use in root.Descendants())
        {
            if (use is IMethodReferenceOperation { Method: var taken } && Is(taken)) return null;
            if (use is not IInvocationOperation call || !Is(call.TargetMethod) || call.IsInside(function)) continue;
            reason = Before(call, asked, hops);
            if (reason is null) return null;
        }

        return reason;

        bool Is(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, function.Symbol);
    }

    /// <summary>What has run when <paramref name="child"/> begins, the latest first.</summary>
    private static IEnumerable<IOperation> RunsBefore(IOperation parent, IOperation child)
    {
        switch (parent)
        {
            case IConditionalOperation choice:
                return ReferenceEquals(choice.Condition, child) ? [] : [choice.Condition];
            case ISwitchOperation choice:
                return ReferenceEquals(choice.Value, child) ? [] : [choice.Value];
            case ISwitchExpressionOperation choice:
                return ReferenceEquals(choice.Value, child) ? [] : [choice.Value];
            case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition } loop:
                return ReferenceEquals(loop.Body, child) ? [condition] : [];
            case IForLoopOperation loop:
                return ReferenceEquals(loop.Body, child) && loop.Condition is { } test ? [test, .. loop.Before.Reverse()] : [];
            case IForEachLoopOperation loop:
                return ReferenceEquals(loop.Body, child) ? [loop.Collection] : [];
            case ILoopOperation:
                return [];
            case ITryOperation tried:
                // The fault may have come before the rest of the body: only its first statement is sure to have begun, and a wait that throws is over.
                return !ReferenceEquals(tried.Body, child) && tried.Body.Operations.FirstOrDefault() is { } first ? [first] : [];
            default:
                return parent.ChildOperations.TakeWhile(c => !ReferenceEquals(c, child)).Reverse();
        }
    }

    /// <summary>What is known behind an operation that has run.</summary>
    private Outcome After(IOperation operation, Asked asked)
    {
        switch (operation)
        {
            case IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation:
                return Outcome.Nothing;
            case IInvalidOperation when operation.Descendants().Any(o => asked.Path.Is(TaskPath.Of(o))):
                return Outcome.Done; // what an error means can't be told: it may wait
            case IConditionalOperation choice:
                var whenTrue = Ends(choice.WhenTrue, choice.Condition, true, asked);
                var whenFalse = choice.WhenFalse is null ? TaskTests.Says(choice.Condition, false, asked, joins) : Ends(choice.WhenFalse, choice.Condition, false, asked);
                if (whenTrue && whenFalse) return Outcome.Done;
                return Changes(choice, asked) ? Outcome.Change : After(choice.Condition, asked);
            case IForEachLoopOperation { LoopControlVariable: IVariableDeclaratorOperation { Symbol: var item } } each when TaskPath.ElementsOf(each.Collection) is { } elements && elements.Is(asked.Path):
                return After(each.Body, asked with { Path = new TaskPath(item, []) }) is { IsDone: true } && !HasBreak(each) ? Outcome.Done : Outcome.Nothing;
            // while (!stopped && !task.IsCompleted): whoever asks for the result behind it has ruled out the other reason to stop.
            case IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false, Condition: { } condition } loop when !HasBreak(loop) && Conjuncts(condition).Any(c => TaskTests.Says(c, false, asked, joins)):
                return Outcome.Done;
            case ILoopOperation or ISwitchOperation:
                return Changes(operation, asked) ? Outcome.Change : Outcome.Nothing;
            case ITryOperation tried:
                if (tried.Finally is { } last && After(last, asked) is { Speaks: true } atEnd) return atEnd;
                if (Changes(tried, asked)) return Outcome.Change;
                return After(tried.Catches.All(c => c.Handler.Leaves()) ? tried.Body : tried.Body.Operations.FirstOrDefault() ?? tried.Body, asked);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both:
                return After(both.LeftOperand, asked);
            case ICoalesceOperation either:
                return After(either.Value, asked);
            case IConditionalAccessOperation access:
                return After(access.Operation, asked);
            case ISwitchExpressionOperation choice:
                return After(choice.Value, asked);
            case ICoalesceAssignmentOperation assignment:
                return asked.Path.StartsWith(TaskPath.Of(assignment.Target)) ? Outcome.Change : Outcome.Nothing;
            case ISimpleAssignmentOperation assignment when asked.Path.StartsWith(TaskPath.Of(assignment.Target)):
                return Holds(assignment.Value, TaskPath.Of(assignment.Target)!, asked);
            case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, asked.Path.Root):
                return declarator.GetVariableInitializer() is { } initializer ? Holds(initializer.Value, new TaskPath(declarator.Symbol, []), asked) : Outcome.Change;
            case IDeconstructionAssignmentOperation or IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } when Changes(operation, asked):
                return Outcome.Change;
            case IIsPatternOperation { Pattern: IDeclarationPatternOperation { DeclaredSymbol: { } matched }, Value: var value } when SymbolEqualityComparer.Default.Equals(matched, asked.Path.Root):
                return asked.Path.Rooted(TaskPath.Of(value)) is { } source ? new Outcome(false, source, true) : Outcome.Change;
        }

        if (joins.Complete(operation, asked)) return Outcome.Done;
        foreach (var child in operation.ChildOperations.Reverse())
        {
            if (After(child, asked) is { Speaks: true } outcome) return outcome;
        }

        return Outcome.Nothing;
    }

    private static IEnumerable<IOperation> Conjuncts(IOperation condition) => condition.Plain() is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both
        ? Conjuncts(both.LeftOperand).Concat(Conjuncts(both.RightOperand))
        : [condition];

    /// <summary>The task is done behind a branch, if control gets there.</summary>
    private bool Ends(IOperation branch, IOperation condition, bool holds, Asked asked) =>
        branch.Leaves() || After(branch, asked) is { IsDone: true } || TaskTests.Says(condition, holds, asked, joins) && !Changes(branch, asked);

    /// <summary>The name has just got a value.</summary>
    private Outcome Holds(IOperation value, TaskPath target, Asked asked)
    {
        var rest = asked.Path.Parts.RemoveRange(0, target.Parts.Length);
        if (rest.IsEmpty && ByItself(value) is not null) return Outcome.Done;
        return TaskPath.Of(value) is { } source ? new Outcome(false, new TaskPath(source.Root, source.Parts.AddRange(rest)), true) : Outcome.Change;
    }

    /// <summary>The name may get another value inside; lambdas count.</summary>
    private static bool Changes(IOperation operation, Asked asked) => operation.DescendantsAndSelf().Any(o => o switch
    {
        IAssignmentOperation { Target: ITupleOperation tuple } => tuple.Elements.Any(e => asked.Path.StartsWith(TaskPath.Of(e))),
        IAssignmentOperation assignment => asked.Path.StartsWith(TaskPath.Of(assignment.Target)),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => asked.Path.StartsWith(TaskPath.Of(argument.Value)),
        _ => false,
    });

    private static bool HasBreak(ILoopOperation loop) => loop.Body.Descendants().Any(o => o is IBranchOperation { BranchKind: BranchKind.Break or BranchKind.GoTo });

    /// <param name="IsDone">The task is completed.</param>
    /// <param name="Now">The name stands for what another one stood for before.</param>
    /// <param name="IsChange">The name stands for something else from here on.</param>
    private readonly record struct Outcome(bool IsDone, TaskPath? Now, bool IsChange)
    {
        public static readonly Outcome Nothing = new(false, null, false);
        public static readonly Outcome Done = new(true, null, false);
        public static readonly Outcome Change = new(false, null, true);

        public bool Speaks => IsDone || IsChange;
    }
}

/// <summary>The task in question.</summary>
internal sealed record Asked(TaskPath Path, bool IsValueTask);
