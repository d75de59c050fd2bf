using ExecutionModel.Engine.Costs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>A <c>for</c> that moves one counter by a constant, and nothing else moves it.</summary>
/// <param name="Start">The counter's first value; null where it has none.</param>
/// <param name="Limit">What the counter is compared with.</param>
/// <param name="Includes">The turn at the limit happens, too.</param>
/// <param name="Rises">The comparison asks for a counter below the limit.</param>
/// <param name="Step">What is added each time; negative where the counter falls.</param>
/// <param name="Declares">The counter belongs to the loop.</param>
internal sealed record CountedFor(ILocalSymbol Counter, IOperation? Start, IOperation Limit, bool Includes, bool Rises, double Step, bool Declares)
{
    public static CountedFor? Of(IForLoopOperation loop)
    {
        var (counter, start, declares) = CounterOf(loop);
        if (counter is null || loop.Condition is not IBinaryOperation condition || StepOf(loop, counter) is not { } step || step == 0 || Writes(loop.Body, counter)) return null;
        var isLeft = IsCounter(condition.LeftOperand, counter);
        if (!isLeft && !IsCounter(condition.RightOperand, counter)) return null;
        var limit = isLeft ? condition.RightOperand : condition.LeftOperand;
        var includes = condition.OperatorKind is BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThanOrEqual;
        var less = condition.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual;
        var greater = condition.OperatorKind is BinaryOperatorKind.GreaterThan or BinaryOperatorKind.GreaterThanOrEqual;
        return new CountedFor(counter, start, limit, includes, isLeft ? less : greater, step, declares);
    }

    /// <summary>The counter of a loop, whatever moves it.</summary>
    internal static (ILocalSymbol? Counter, IOperation? Start, bool Declares) CounterOf(IForLoopOperation loop)
    {
        foreach (var before in loop.Before)
        {
            switch (before)
            {
                case IVariableDeclarationGroupOperation { Declarations.IsEmpty: false } group when group.Declarations[0].Declarators.Length > 0:
                    var declarator = group.Declarations[0].Declarators[0];
                    return (declarator.Symbol, declarator.GetVariableInitializer()?.Value, true);
                case IExpressionStatementOperation { Operation: ISimpleAssignmentOperation { Target: ILocalReferenceOperation target } assignment }:
                    return (target.Local, assignment.Value, false);
            }
        }

        return (null, null, false);
    }

    private static double? StepOf(IForLoopOperation loop, ILocalSymbol counter)
    {
        if (loop.AtLoopBottom.Length != 1 || loop.AtLoopBottom[0] is not IExpressionStatementOperation { Operation: var bottom }) return null;
        return bottom switch
        {
            IIncrementOrDecrementOperation step when IsCounter(step.Target, counter) => step.Kind == OperationKind.Increment ? 1 : -1,
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } add when IsCounter(add.Target, counter) => KnownNumber.Of(add.Value),
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract } subtract when IsCounter(subtract.Target, counter) => -KnownNumber.Of(subtract.Value),
            _ => null,
        };
    }

    private static bool Writes(IOperation body, ILocalSymbol counter) => body.Descendants().Any(o => o switch
    {
        IAssignmentOperation assignment => IsCounter(assignment.Target, counter),
        IIncrementOrDecrementOperation step => IsCounter(step.Target, counter),
        IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument => IsCounter(argument.Value, counter),
        _ => false,
    });

    private static bool IsCounter(IOperation operation, ILocalSymbol counter) =>
        Unconverted(operation) is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, counter);

    internal static IOperation Unconverted(IOperation operation) => operation is IConversionOperation conversion ? Unconverted(conversion.Operand) : operation;
}
