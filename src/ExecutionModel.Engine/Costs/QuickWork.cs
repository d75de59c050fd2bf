using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// Answers the opposite of the cost model: how much does this compute at most? Everything in it must be known to be over in nanoseconds; allocations, loops of
/// unknown size and calls that can't be seen have no answer.
/// </summary>
public sealed class QuickWork(ProgramModel model)
{
    private const int Reach = 2;
    private const double Step = 1;
    private const double Division = 8;
    private const double DecimalStep = 30;
    private const double Call = 3;

    /// <summary>A member that the catalogue calls quick: a root, a power, an angle.</summary>
    private const double QuickCall = 25;

    /// <summary>Nanoseconds; null where that is not known.</summary>
    public double? AtMost(IOperation body) => Of(body, Reach);

    private double? Of(IOperation operation, int reach)
    {
        if (operation.ConstantValue.HasValue) return 0;
        switch (operation)
        {
            case ILoopOperation loop:
                return LoopTrips.Of(loop).Known is { } turns && Children(loop, reach) is { } turn ? turns * (turn + Step) : null;
            case IInvocationOperation call:
                return OfCall(call, reach) + Children(call, reach);
            case IPropertyReferenceOperation property:
                return OfProperty(property, reach) + Children(property, reach);
            case IObjectCreationOperation creation:
                return creation.Type is { IsValueType: true } && creation.Constructor is { } constructor && (constructor.IsImplicitlyDeclared ? Step : OfMethod(constructor, reach)) is { } made ? made + Children(creation, reach) : null;
            case IBinaryOperation { OperatorMethod: not null } or IUnaryOperation { OperatorMethod: not null } or IConversionOperation { OperatorMethod: not null } when operation.Type?.SpecialType != SpecialType.System_Decimal:
            case IBinaryOperation { Type.SpecialType: SpecialType.System_String } or IInterpolatedStringOperation or IArrayCreationOperation or ICollectionExpressionOperation or IAnonymousObjectCreationOperation:
            case IAnonymousFunctionOperation or IDelegateCreationOperation or IMethodReferenceOperation or ILocalFunctionOperation:
            case IAwaitOperation or ILockOperation or ITryOperation or IUsingOperation or IUsingDeclarationOperation or IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak }:
            case IEventReferenceOperation or IEventAssignmentOperation or IDynamicInvocationOperation or IDynamicMemberReferenceOperation or IDynamicIndexerAccessOperation or IInvalidOperation:
            case IConversionOperation { Operand.Type.IsValueType: true, Type.IsReferenceType: true }:
                return null;
            case IThrowOperation:
                return 0; // then nothing else matters
            case IBinaryOperation or ICompoundAssignmentOperation or IIncrementOrDecrementOperation or IUnaryOperation when operation.Type?.SpecialType == SpecialType.System_Decimal:
                return DecimalStep + Children(operation, reach);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder } or ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Divide or BinaryOperatorKind.Remainder }:
                return Division + Children(operation, reach);
            case IBinaryOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IUnaryOperation or IArrayElementReferenceOperation or IFieldReferenceOperation or IConversionOperation:
                return Step + Children(operation, reach);
            case IBlockOperation or IExpressionStatementOperation or IReturnOperation or IBranchOperation or IConditionalOperation or IVariableDeclarationGroupOperation or IVariableDeclarationOperation or IVariableDeclaratorOperation
                or IVariableInitializerOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or IArgumentOperation or IParenthesizedOperation or IEmptyOperation or ITupleOperation
                or IDefaultValueOperation or ICoalesceOperation or ISwitchOperation or ISwitchCaseOperation or ISwitchExpressionOperation or ISwitchExpressionArmOperation or ICaseClauseOperation or IPatternOperation
                or IIsPatternOperation or ITypeOfOperation or INameOfOperation or ISizeOfOperation or IDiscardOperation or IDeclarationExpressionOperation or ILabeledOperation or ILiteralOperation:
                return Children(operation, reach);
            default:
                return null;
        }
    }

    private double? Children(IOperation operation, int reach)
    {
        double? sum = 0;
        foreach (var child in operation.ChildOperations)
        {
            sum += Of(child, reach);
            if (sum is null) return null;
        }

        return sum;
    }

    private double? OfCall(IInvocationOperation call, int reach) =>
        model.Catalogue.Of(call.TargetMethod) is { } facts ? facts.Quick ? QuickCall : null : OfMethod(call.TargetMethod, reach);

    private double? OfProperty(IPropertyReferenceOperation reference, int reach)
    {
        var property = reference.Property;
        if (reference.Instance?.Type is IArrayTypeSymbol || property.ContainingType.SpecialType == SpecialType.System_String) return Step;
        if (model.Catalogue.Of(property) is { } facts) return facts.Quick ? Call : null;
        if (property.DeclaringSyntaxReferences.IsEmpty || property.IsAbstract || property.IsVirtual || property.IsOverride) return null;
        if (property.IsAuto()) return Step;
        return reference.Parent is IAssignmentOperation || property.GetMethod is not { } getter ? null : OfMethod(getter, reach);
    }

    private double? OfMethod(IMethodSymbol method, int reach)
    {
        if (reach == 0 || !SourceFilter.RunsHere(method) && method.MethodKind != MethodKind.PropertyGet || model.SourceBodies.Of(method) is not { } body) return null;
        double? sum = Call;
        foreach (var frame in body.Frames.Where(f => f.Outer is null)) sum += Of(frame.Root, reach - 1);
        return body.Frames.Any(f => f.Outer is not null) ? null : sum;
    }
}
