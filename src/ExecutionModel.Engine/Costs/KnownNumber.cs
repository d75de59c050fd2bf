using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>The value of an integer expression where it never changes: constants, locals assigned once, read-only fields and properties with a literal.</summary>
internal static class KnownNumber
{
    private const int Steps = 6;

    public static double? Of(IOperation? operation, int steps = Steps)
    {
        if (operation is null || steps == 0) return null;
        if (operation.ConstantValue is { HasValue: true, Value: { } value }) return Number(value);
        return operation switch
        {
            IConversionOperation conversion => Of(conversion.Operand, steps),
            IParenthesizedOperation inner => Of(inner.Operand, steps),
            ILocalReferenceOperation local => Of(OnlyValue(local), steps - 1),
            IFieldReferenceOperation { Field.IsReadOnly: true } field => Of(Initializer(field.Field)),
            IPropertyReferenceOperation { Property: { IsIndexer: false } property } reference => LengthOf(reference, steps) ?? OfProperty(property),
            IBinaryOperation binary => Combine(binary.OperatorKind, Of(binary.LeftOperand, steps - 1), Of(binary.RightOperand, steps - 1)),
            _ => null,
        };
    }

    /// <summary>How many items the collection holds, where its creation says so.</summary>
    public static double? CountOf(IOperation? collection, int steps = Steps)
    {
        if (steps == 0) return null;
        return collection switch
        {
            IConversionOperation conversion => CountOf(conversion.Operand, steps),
            ILocalReferenceOperation local => CountOf(OnlyValue(local), steps - 1),
            IArrayCreationOperation array => ArrayLength(array),
            ICollectionExpressionOperation { Elements: var elements } when elements.All(e => e is not ISpreadOperation) => elements.Length,
            IInvocationOperation { TargetMethod: { Name: "Range" or "Repeat", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } } call
                when call.Arguments.Length == 2 => Of(call.Arguments[1].Value, steps - 1),
            IInvocationOperation { TargetMethod: { Name: "Select" or "ToArray" or "ToList", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } } call => CountOf(call.Subject(), steps - 1),
            _ => null,
        };
    }

    private static double? ArrayLength(IArrayCreationOperation array)
    {
        double? product = 1;
        foreach (var size in array.DimensionSizes) product *= Of(size);
        return product;
    }

    private static double? LengthOf(IPropertyReferenceOperation reference, int steps) =>
        reference.Property.Name is "Length" or "Count" or "LongLength" ? CountOf(reference.Instance, steps - 1) : null;

    /// <summary>The initializer of a local that nothing assigns again.</summary>
    public static IOperation? OnlyValue(ILocalReferenceOperation reference)
    {
        var local = reference.Local;
        IOperation? value = null;
        foreach (var operation in reference.Root().Descendants())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Same(declarator.Symbol):
                    value = declarator.GetVariableInitializer()?.Value;
                    break;
                case IAssignmentOperation assignment when assignment.Target is ILocalReferenceOperation target && Same(target.Local):
                case IIncrementOrDecrementOperation { Target: ILocalReferenceOperation counted } when Same(counted.Local):
                case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out, Value: ILocalReferenceOperation passed } when Same(passed.Local):
                case IDeconstructionAssignmentOperation deconstruction when deconstruction.Target.DescendantsAndSelf().OfType<ILocalReferenceOperation>().Any(l => Same(l.Local)):
                    return null;
            }
        }

        return value;

        bool Same(ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(other, local);
    }

    private static double? OfProperty(IPropertySymbol property)
    {
        if (property.SetMethod is not null || property.IsVirtual || property.IsAbstract || property.IsOverride) return null;
        return property.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() is PropertyDeclarationSyntax declaration
            ? Of(declaration.ExpressionBody?.Expression ?? declaration.Initializer?.Value)
            : null;
    }

    private static ExpressionSyntax? Initializer(IFieldSymbol field) =>
        (field.DeclaringSyntaxReferences.FirstOrDefault()?.GetSyntax() as VariableDeclaratorSyntax)?.Initializer?.Value;

    /// <summary>Literals and arithmetic on them: a field's initializer is read without binding it.</summary>
    private static double? Of(ExpressionSyntax? expression) => expression switch
    {
        LiteralExpressionSyntax { Token.Value: { } value } => Number(value),
        ParenthesizedExpressionSyntax inner => Of(inner.Expression),
        CastExpressionSyntax cast => Of(cast.Expression),
        BinaryExpressionSyntax binary => Combine(
            binary.Kind() switch
            {
                SyntaxKind.MultiplyExpression => BinaryOperatorKind.Multiply,
                SyntaxKind.AddExpression => BinaryOperatorKind.Add,
                SyntaxKind.SubtractExpression => BinaryOperatorKind.Subtract,
                SyntaxKind.LeftShiftExpression => BinaryOperatorKind.LeftShift,
                _ => BinaryOperatorKind.None,
            },
            Of(binary.Left),
            Of(binary.Right)),
        _ => null,
    };

    private static double? Combine(BinaryOperatorKind kind, double? left, double? right) => kind switch
    {
        BinaryOperatorKind.Multiply => left * right,
        BinaryOperatorKind.Add => left + right,
        BinaryOperatorKind.Subtract => left - right,
        BinaryOperatorKind.Divide when right is not 0d => left / right,
        BinaryOperatorKind.LeftShift when right is >= 0 and < 31 => left * (1L << (int)right),
        _ => null,
    };

    private static double? Number(object value) => value switch
    {
        int i => i,
        long l => l,
        uint u => u,
        ulong u => u,
        short s => s,
        ushort u => u,
        byte b => b,
        sbyte b => b,
        _ => null,
    };
}
