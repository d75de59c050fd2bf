using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: does only one run at a time get to an operation? A lock around it, a gate that was passed before it, a condition that one run alone can meet.
/// A semaphore that lets several pass is no lock.
/// </summary>
internal sealed class Guards(ProgramModel model)
{
    private readonly Dictionary<Frame, Gates> gates = [];

    /// <param name="frame">The function that holds the operation.</param>
    public bool Hold(Frame frame, IOperation operation)
    {
        if (!gates.TryGetValue(frame, out var known)) gates[frame] = known = new([.. frame.Calls.Where(IsGate)], [.. Regions.OpeningCreations(frame)]);
        var position = operation.Syntax.SpanStart;
        if (known.Calls.Exists(c => c.Syntax.SpanStart < position && !operation.IsInside(c)) || known.Creations.Exists(c => c.Syntax.Span.End <= position)) return true;
        for (var o = operation; o is not null && !ReferenceEquals(o, frame.Root.Parent); o = o.Parent)
        {
            if (o is ILockOperation || o.Parent is IConditionalOperation condition && !ReferenceEquals(condition.Condition, o) && PicksOne(condition.Condition, frame)) return true;
        }

        return false;
    }

    private bool IsGate(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, model.Types.SemaphoreSlim)) return method.Name is "Wait" or "WaitAsync" && !LetsSeveralPass(call.Instance);
        return model.Catalogue.Of(method) is { Gate: true, Offloads: false } || CallNames.OpensRegion(method.Name);
    }

    /// <summary><c>if (index == 0)</c>, <c>if (Interlocked.Increment(ref started) == 1)</c></summary>
    private static bool PicksOne(IOperation condition, Frame frame) => condition.DescendantsAndSelf().Any(o => o switch
    {
        IInvocationOperation { TargetMethod.ContainingType.Name: "Interlocked" } => true,
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals } equals => IsOwn(equals.LeftOperand) || IsOwn(equals.RightOperand),
        _ => false,
    });

    private static bool IsOwn(IOperation operand) => operand.Plain() is IParameterReferenceOperation { Parameter.Type.SpecialType: SpecialType.System_Int32 or SpecialType.System_Int64 };

    /// <summary>Nobody computes how many may pass a lock: a count that is no constant is a limit.</summary>
    private bool LetsSeveralPass(IOperation? semaphore)
    {
        var made = semaphore?.Plain() switch
        {
            ILocalReferenceOperation local => Roots.Initializer(local),
            IFieldReferenceOperation field => new FieldValues(model).Of(field.Field)?.Operation,
            _ => null,
        };
        return made?.DescendantsAndSelf().OfType<IObjectCreationOperation>().FirstOrDefault()?.Arguments.FirstOrDefault(a => a.Parameter?.Ordinal == 0)?.Value is { } count && count.Constant() is null or > 1;
    }

    /// <summary>What opens a guarded region in a function, wherever it stands.</summary>
    private sealed record Gates(List<IInvocationOperation> Calls, List<IObjectCreationOperation> Creations);
}
