using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Answers: does it make no difference which thread evaluates this operand, a moment later?</summary>
internal static class Steady
{
    /// <param name="pinned">The object itself belongs to one thread: its members are read before.</param>
    public static bool Operand(IOperation operand, bool pinned, ProgramModel model)
    {
        if (operand.ConstantValue.HasValue) return true;
        return operand switch
        {
            ILocalReferenceOperation or IParameterReferenceOperation or ILiteralOperation or IDefaultValueOperation or ITypeOfOperation or INameOfOperation => true,
            IInstanceReferenceOperation => !pinned,
            IFieldReferenceOperation { Field: var field, Instance: var instance } => instance is null ? field.IsReadOnly || field.IsConst : Operand(instance, pinned, model),
            IPropertyReferenceOperation { Property: var property, Instance: var instance } =>
                instance is null ? IsConstantLike(property) : IsPlain(property) && Operand(instance, pinned, model),
            IConversionOperation { OperatorMethod: null, Operand: var inner } => Operand(inner, pinned, model),
            IBinaryOperation { OperatorMethod: null or { ContainingType.SpecialType: SpecialType.System_String } } or IUnaryOperation { OperatorMethod: null } or ITupleOperation
                or IInterpolatedStringOperation or IInterpolatedStringTextOperation or IInterpolationOperation or IArrayCreationOperation or IArrayInitializerOperation or ICollectionExpressionOperation
                => operand.ChildOperations.All(c => Operand(c, pinned, model)),
            IInvocationOperation call when model.Catalogue.Of(call.TargetMethod) is { Touch: Touch.Pure } => call.ChildOperations.All(c => Operand(c, pinned, model)),
            IArgumentOperation argument => Operand(argument.Value, pinned, model),
            IDelegateCreationOperation { Target: IAnonymousFunctionOperation } => true,
            IDelegateCreationOperation { Target: IMethodReferenceOperation { Instance: null } } => true,
            _ => false,
        };
    }

    /// <summary><c>HashAlgorithmName.SHA256</c>, <c>Encoding.UTF8</c>: statics of a framework that always give the same.</summary>
    private static bool IsConstantLike(IPropertySymbol property) => property.SetMethod is null && property.DeclaringSyntaxReferences.IsEmpty
        && property.Name is not ("Now" or "UtcNow" or "Current" or "Instance" or "Today" or "CurrentCulture");

    /// <summary>An auto-property or the length of a text, array or list.</summary>
    private static bool IsPlain(IPropertySymbol property)
    {
        if (property.IsIndexer) return false;
        if (property.DeclaringSyntaxReferences.IsEmpty)
            return property.Name is "Length" or "Count" && (property.ContainingType.SpecialType is SpecialType.System_String or SpecialType.System_Array || property.ContainingType.ContainingNamespace.Name == "Generic");
        return !property.IsVirtual && !property.IsAbstract && property.IsAuto();
    }
}
