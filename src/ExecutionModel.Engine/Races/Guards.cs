using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: does only one run at a time get to an operation? A lock around it, a gate that was passed before it, a condition that one run alone can meet.
/// A semaphore that lets several pass is no lock.
/// </summary>
internal sealed class Guards(ProgramModel model)
{
    /// <param name="frame">The function that holds the operation.</param>
    public bool Hold(Frame frame, IOperation operation)
    {
        var position = operation.Syntax.SpanStart;
        if (frame.Calls.Any(c => c.Syntax.SpanStart < position && !operation.IsInside(c) && IsGate(c, frame)) || frame.Creations.Any(c => c.Syntax.Span.End <= position && c.Type is { } type && CallNames.OpensRegion(type.Name))) return true;
        for (var o = operation; o is not null && !ReferenceEquals(o, frame.Root.Parent); o = o.Parent)
        {
            if (o is ILockOperation || o.Parent is IConditionalOperation condition && !ReferenceEquals(condition.Condition, o) && PicksOne(condition.Condition, frame)) return true;
        }

        return false;
    }

    private bool IsGate(IInvocationOperation call, Frame frame)
    {
        var method = call.TargetMethod;
        if (SymbolEqualityComparer.Default.Equals(method.ContainingType, model.Types.SemaphoreSlim)) return method.Name is "Wait" or "WaitAsync" && !LetsSeveralPass(call.Instance, frame);
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

    private static bool LetsSeveralPass(IOperation? semaphore, Frame frame)
    {
        var made = semaphore?.Plain() switch
        {
            ILocalReferenceOperation local => Roots(local),
            IFieldReferenceOperation field => field.Field.DeclaringSyntaxReferences.Select(r => (r.GetSyntax() as VariableDeclaratorSyntax)?.Initializer?.Value).FirstOrDefault(),
            _ => null,
        };
        return (made as BaseObjectCreationExpressionSyntax)?.ArgumentList?.Arguments is [var count, ..] && count.Expression is var expression
            && (expression is LiteralExpressionSyntax { Token.Value: > 1 } || expression.ToString() == "Environment.ProcessorCount");
    }

    private static SyntaxNode? Roots(ILocalReferenceOperation local) => Effects.Roots.Initializer(local)?.Syntax;
}
