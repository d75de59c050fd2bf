using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>A variable that several runs read, change and write back: what one of them wrote in between is lost.</summary>
/// <param name="Operation">The increment or assignment.</param>
/// <param name="Place">The variable.</param>
/// <param name="Via">The call of the body that leads there; null where it stands in the body itself.</param>
/// <param name="Wait">The await between reading and writing back.</param>
/// <param name="Confidence">That an update can get lost.</param>
/// <param name="OnThreads">Once nothing waits in between any more, it is still one step of several threads.</param>
public sealed record SharedUpdate(IOperation Operation, IOperation Target, ISymbol Place, ConcurrentBody Body, IOperation? Via, IAwaitOperation? Wait, Confidence Confidence, bool OnThreads)
{
    /// <summary>The method that changes it while a timer does; null where the runs are those of <see cref="Body"/>.</summary>
    public IMethodSymbol? Rival { get; init; }
}

/// <summary>Finds <c>x++</c>, <c>x += …</c>, <c>x = x + …</c>, <c>x = Math.Max(x, …)</c> on variables, and elements of arrays, that concurrent bodies share.</summary>
public static class SharedUpdates
{
    public static IEnumerable<SharedUpdate> In(ProgramModel model, FlatBody member, IReadOnlyList<ConcurrentBody> bodies) =>
        ConcurrentBodies.Contested([.. bodies.SelectMany(b => Of(model, member, b))], u => u.Body, u => u.Place);

    /// <summary>Updates that a timer makes beside methods of the same object.</summary>
    public static IEnumerable<SharedUpdate> OnTimers(ProgramModel model, FlatBody member)
    {
        foreach (var update in TimedRuns.In(model, member).SelectMany(b => Of(model, member, b)))
        {
            if (TimedRuns.RivalOf(model, update.Place, member.Member, update.Operation, TargetOf) is { } rival) yield return update with { Rival = rival };
        }
    }

    /// <summary>
    /// <c>total += await F()</c> on a static variable: whoever else is in the method, or in another one that writes it, reads the same old value meanwhile.
    /// </summary>
    public static IEnumerable<(IOperation Operation, ISymbol Place)> Torn(ProgramModel model, Frame frame)
    {
        var guards = new Guards(model);
        foreach (var wait in frame.Awaits)
        {
            for (var o = wait.Parent; o is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation and not IBlockOperation; o = o.Parent)
            {
                if (!ReferenceEquals(WaitInside(o), wait)) continue;
                if (TargetOf(o) is { } target && SharedPlaces.Of(target, _ => true) is { IsStatic: true } place && Pauses.Of(model, wait) != Confidence.Unknown && !guards.Hold(frame, o)) yield return (o, place);
                break;
            }
        }
    }

    /// <summary>What is assigned a value made of its own; null where the operation is none.</summary>
    public static IOperation? TargetOf(IOperation operation) => operation switch
    {
        IIncrementOrDecrementOperation step => step.Target,
        ICompoundAssignmentOperation { Type: not { TypeKind: TypeKind.Delegate } } compound => compound.Target,
        ISimpleAssignmentOperation { Target: var target, Value: var value } => IsMadeOf(value, target) || IsBetter(operation, value, target) ? target : null,
        _ => null,
    };

    /// <summary><c>x + y</c>, <c>Math.Max(x, y)</c>, <c>y &gt; x ? y : x</c>.</summary>
    private static bool IsMadeOf(IOperation value, IOperation target) => value.Plain() switch
    {
        IBinaryOperation binary => Same(binary.LeftOperand, target) || Same(binary.RightOperand, target) || binary.LeftOperand.Plain() is IBinaryOperation && IsMadeOf(binary.LeftOperand, target),
        IInvocationOperation call => call.Arguments.Any(a => a.Parameter is { RefKind: RefKind.None } && Same(a.Value, target)), // EnsureInitialized(ref x) looks after itself
        IConditionalOperation { Condition: IBinaryOperation condition } choice => condition.Ranks() && (Same(choice.WhenTrue, target) || choice.WhenFalse is { } other && Same(other, target)),
        _ => false,
    };

    /// <summary><c>if (y &gt; x) x = y;</c></summary>
    private static bool IsBetter(IOperation assignment, IOperation value, IOperation target)
    {
        var statement = assignment.Parent;
        if (statement?.Parent is IBlockOperation block) statement = block;
        if (statement?.Parent is not IConditionalOperation { Condition: IBinaryOperation condition } choice || !ReferenceEquals(choice.WhenTrue, statement) || !condition.Ranks()) return false;
        return Same(condition.LeftOperand, target) && AreWrittenAlike(value, condition.RightOperand) || Same(condition.RightOperand, target) && AreWrittenAlike(value, condition.LeftOperand);
    }

    /// <summary>The await that runs after the old value was read and before the new one is written.</summary>
    public static IAwaitOperation? WaitInside(IOperation update) => update switch
    {
        ICompoundAssignmentOperation compound => compound.Value.Own().OfType<IAwaitOperation>().FirstOrDefault(),
        ISimpleAssignmentOperation { Target: var target, Value: var value } when value.Plain() is IBinaryOperation binary && Same(binary.LeftOperand, target) => binary.RightOperand.Own().OfType<IAwaitOperation>().FirstOrDefault(),
        _ => null,
    };

    /// <summary><c>y</c> of <c>x = x + y</c>.</summary>
    public static IOperation? Addend(SharedUpdate update) =>
        update.Operation is ISimpleAssignmentOperation { Value: var value } && value.Plain() is IBinaryOperation { OperatorKind: BinaryOperatorKind.Add } sum && Same(sum.LeftOperand, update.Target) ? sum.RightOperand : null;

    private static IEnumerable<SharedUpdate> Of(ProgramModel model, FlatBody member, ConcurrentBody body)
    {
        foreach (var reached in ReachedCode.Of(model, member, body, o => TargetOf(o) is not null))
        {
            var target = TargetOf(reached.Operation)!;
            if (PlaceOf(target, member, reached, body) is not var (place, sure)) continue;
            var wait = WaitInside(reached.Operation);
            var confidence = reached.Overlap;
            if (wait is not null && Pauses.Of(model, wait) is var pause && pause > confidence) confidence = pause.And(body.Confidence);
            confidence = confidence.And(sure);
            if (confidence != Confidence.Unknown) yield return new SharedUpdate(reached.Operation, target, place, body, reached.Via, wait, confidence, !reached.Pinned);
        }
    }

    /// <summary>Elements of an array only where a body runs beside itself, and there only at indices of its own: those of different bodies are not compared.</summary>
    private static (ISymbol Place, Confidence Sure)? PlaceOf(IOperation target, FlatBody member, Reached reached, ConcurrentBody body)
    {
        bool Owns(ISymbol symbol) => Owners.IsOwn(symbol, reached, body);
        if (target is IArrayElementReferenceOperation element) return body.Repeats && reached.Via is null ? SharedElements.Of(element, reached.Operation, Owns, member.Values) : null;
        return SharedPlaces.Of(target, Owns) is { } place ? (place, Confidence.Certain) : null;
    }

    private static bool Same(IOperation one, IOperation other) => (one.Plain(), other.Plain()) switch
    {
        (ILocalReferenceOperation a, ILocalReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Local, b.Local),
        (IParameterReferenceOperation a, IParameterReferenceOperation b) => SymbolEqualityComparer.Default.Equals(a.Parameter, b.Parameter),
        (IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation, IFieldReferenceOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation) => AreWrittenAlike(one, other),
        _ => false,
    };

    private static bool AreWrittenAlike(IOperation one, IOperation other) => one.Plain().Syntax.IsEquivalentTo(other.Plain().Syntax, topLevel: false);
}
