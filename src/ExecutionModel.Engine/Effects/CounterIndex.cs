using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Does an index have another value in every turn of a counted loop?</summary>
internal static class CounterIndex
{
    /// <summary><c>i</c>, <c>i + offset</c>, <c>n - i</c>, <c>2 * i</c>, <c>i * width + x</c> with <c>x</c> counted up to <c>width</c>.</summary>
    public static bool IsInjective(IOperation index, ILocalSymbol counter, PlainLoop loop)
    {
        var value = index.Plain();
        switch (value)
        {
            case ILocalReferenceOperation local:
                return SymbolEqualityComparer.Default.Equals(local.Local, counter);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, IsChecked: false } sum:
                return IsInjective(sum.LeftOperand, counter, loop) && IsSteady(sum.RightOperand, loop)
                    || IsSteady(sum.LeftOperand, loop) && IsInjective(sum.RightOperand, counter, loop)
                    || IsRow(sum.LeftOperand, sum.RightOperand, counter, loop)
                    || IsRow(sum.RightOperand, sum.LeftOperand, counter, loop);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract } difference:
                return IsInjective(difference.LeftOperand, counter, loop) && IsSteady(difference.RightOperand, loop)
                    || IsSteady(difference.LeftOperand, loop) && IsInjective(difference.RightOperand, counter, loop);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product:
                return IsInjective(product.LeftOperand, counter, loop) && IsFactor(product.RightOperand)
                    || IsFactor(product.LeftOperand) && IsInjective(product.RightOperand, counter, loop);
            default:
                return false;
        }
    }

    private static bool IsFactor(IOperation operation) => operation.Plain().Constant() is > 0;

    /// <summary><c>y * width</c> beside an <c>x</c> that stays below <c>width</c>.</summary>
    private static bool IsRow(IOperation row, IOperation column, ILocalSymbol counter, PlainLoop loop)
    {
        if (row.Plain() is not IBinaryOperation { OperatorKind: BinaryOperatorKind.Multiply } product) return false;
        var width = IsCounter(product.LeftOperand, counter) ? product.RightOperand : IsCounter(product.RightOperand, counter) ? product.LeftOperand : null;
        return width is not null && IsSteady(width, loop) && StaysBelow(column.Plain(), width, loop);
    }

    /// <summary>A counter of an inner loop that runs from 0 or more to less than the limit.</summary>
    private static bool StaysBelow(IOperation column, IOperation limit, PlainLoop loop)
    {
        if (column is not ILocalReferenceOperation { Local: var local }) return false;
        for (var o = column.Parent; o is not null && !ReferenceEquals(o, loop.Loop); o = o.Parent)
        {
            if (o is not IForLoopOperation inner || CountedFor.Of(inner) is not { } count || !SymbolEqualityComparer.Default.Equals(count.Counter, local)) continue;
            return count is { Rises: true, Includes: false, Step: > 0 } && KnownNumber.Of(count.Start) is >= 0 && Same(count.Limit, limit);
        }

        return false;
    }

    private static bool Same(IOperation one, IOperation other) =>
        one.Plain().Syntax.IsEquivalentTo(other.Plain().Syntax, topLevel: false) || KnownNumber.Of(one) is { } a && KnownNumber.Of(other) is { } b && a == b;

    private static bool IsCounter(IOperation operation, ILocalSymbol counter) =>
        operation.Plain() is ILocalReferenceOperation local && SymbolEqualityComparer.Default.Equals(local.Local, counter);

    /// <summary>The same in every turn, provided that no turn writes it: a variable of the method, a field, a constant, a size, a sum of those.</summary>
    private static bool IsSteady(IOperation operation, PlainLoop loop) => operation.Plain() switch
    {
        { ConstantValue.HasValue: true } => true,
        ILocalReferenceOperation local => !loop.Declares(local.Local),
        IParameterReferenceOperation parameter => !loop.Declares(parameter.Parameter),
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
        IBinaryOperation { OperatorMethod: null } binary => IsSteady(binary.LeftOperand, loop) && IsSteady(binary.RightOperand, loop),
        IPropertyReferenceOperation { Property.Name: "Length" or "Count" or "Width" or "Height", Instance: { } instance } => instance is IInstanceReferenceOperation || IsSteady(instance, loop),
        _ => false,
    };
}
