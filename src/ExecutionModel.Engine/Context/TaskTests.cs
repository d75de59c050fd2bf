using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>Conditions that say a task is completed.</summary>
internal static class TaskTests
{
    /// <summary>The construct around <paramref name="child"/> lets it run only if the task is completed.</summary>
    public static bool Guards(IOperation parent, IOperation child, Asked asked, TaskJoins joins) => parent switch
    {
        IConditionalOperation choice when ReferenceEquals(choice.WhenTrue, child) => Says(choice.Condition, true, asked, joins),
        IConditionalOperation choice when ReferenceEquals(choice.WhenFalse, child) => Says(choice.Condition, false, asked, joins),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when ReferenceEquals(both.RightOperand, child) => Says(both.LeftOperand, true, asked, joins),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when ReferenceEquals(either.RightOperand, child) => Says(either.LeftOperand, false, asked, joins),
        IWhileLoopOperation { ConditionIsTop: true, ConditionIsUntil: false, Condition: { } condition } loop when ReferenceEquals(loop.Body, child) => Says(condition, true, asked, joins),
        IForLoopOperation { Condition: { } condition } loop when ReferenceEquals(loop.Body, child) => Says(condition, true, asked, joins),
        ISwitchCaseOperation section when parent.Parent is ISwitchOperation choice && section.Body.Any(s => ReferenceEquals(s, child)) => section.Clauses.All(c => c switch
        {
            ISingleValueCaseClauseOperation single => IsStatusOf(choice.Value, asked) && IsFinal(single.Value),
            IPatternCaseClauseOperation { Pattern: var pattern } clause => Matches(choice.Value, pattern, asked) || clause.Guard is { } guard && Says(guard, true, asked, joins),
            _ => false,
        }),
        ISwitchExpressionArmOperation arm when parent.Parent is ISwitchExpressionOperation choice && ReferenceEquals(arm.Value, child) => Matches(choice.Value, arm.Pattern, asked) || arm.Guard is { } guard && Says(guard, true, asked, joins),
        // The pattern has matched when its guard is asked.
        ISwitchExpressionArmOperation arm when parent.Parent is ISwitchExpressionOperation choice && ReferenceEquals(arm.Guard, child) => Matches(choice.Value, arm.Pattern, asked),
        IPatternCaseClauseOperation clause when parent.Parent?.Parent is ISwitchOperation choice && ReferenceEquals(clause.Guard, child) => Matches(choice.Value, clause.Pattern, asked),
        _ => false,
    };

    /// <summary>The task is completed if the condition comes out as <paramref name="holds"/>.</summary>
    public static bool Says(IOperation condition, bool holds, Asked asked, TaskJoins joins)
    {
        switch (condition.Plain())
        {
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not:
                return Says(not.Operand, !holds, asked, joins);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.And } both:
                var (left, right) = (Says(both.LeftOperand, holds, asked, joins), Says(both.RightOperand, holds, asked, joins));
                return holds ? left || right : left && right;
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.Or } either:
                var (one, other) = (Says(either.LeftOperand, holds, asked, joins), Says(either.RightOperand, holds, asked, joins));
                return holds ? one && other : one || other;
            case IPropertyReferenceOperation { Property.Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" } property:
                return holds ? asked.Path.Is(TaskPath.Of(property.Instance)) : property.Property.Name == "IsCompleted" && joins.HaveRaced(property, asked);
            case IInvocationOperation { TargetMethod: { Name: "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled", ReturnType.SpecialType: SpecialType.System_Boolean } } test: // what older frameworks lack, libraries wrote themselves
                return holds && asked.Path.Is(TaskPath.Of(test.Subject()));
            // source?.Task.IsCompleted, as a condition in one of the ways that take a missing source for no.
            case IConditionalAccessOperation { WhenNotNull: var chain }:
                return holds && Says(chain, true, asked, joins);
            case ICoalesceOperation { Value: var value, WhenNull.ConstantValue: { HasValue: true, Value: false } }:
                return holds && Says(value, true, asked, joins);
            case IInvocationOperation { TargetMethod: { Name: "GetValueOrDefault", Parameters.IsEmpty: true }, Instance: { } value }:
                return holds && Says(value, true, asked, joins);
            case IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } equality:
                var same = holds == (equality.OperatorKind == BinaryOperatorKind.Equals);
                if (equality.RightOperand.Plain().ConstantValue is { HasValue: true, Value: bool constant })
                    return (same || equality.LeftOperand.Type?.SpecialType == SpecialType.System_Boolean) && Says(equality.LeftOperand, same == constant, asked, joins);
                return Compared(equality.LeftOperand, equality.RightOperand, same, asked, joins) || Compared(equality.RightOperand, equality.LeftOperand, same, asked, joins);
            case IIsPatternOperation test:
                var (pattern, matches) = test.Pattern is INegatedPatternOperation { Pattern: var negated } ? (negated, !holds) : (test.Pattern, holds);
                if (pattern is IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool expected } }) return matches && Says(test.Value, expected, asked, joins);
                return matches && Matches(test.Value, pattern, asked);
            case IInvocationOperation { TargetMethod: { Name: "ReferenceEquals" or "Equals" }, Arguments: [var a, var b] }:
                return Compared(a.Value, b.Value, holds, asked, joins) || Compared(b.Value, a.Value, holds, asked, joins);
            case IInvocationOperation { TargetMethod: { Name: "Wait", ContainingType.Name: "Task" }, Instance: { } waited }:
                return holds && asked.Path.Is(TaskPath.Of(waited));
            case IInvocationOperation { TargetMethod: { Name: "WaitAll", ContainingType.Name: "Task" } } all:
                return holds && joins.Join(all, asked);
            case ILocalReferenceOperation { Local: { Type.SpecialType: SpecialType.System_Boolean } local } when joins.OnlyValueOf(local) is { } value && value.Plain() is not ILocalReferenceOperation:
                return Says(value, holds, asked, joins);
            default:
                return false;
        }
    }

    private static bool Compared(IOperation one, IOperation other, bool same, Asked asked, TaskJoins joins)
    {
        if (IsStatusOf(one, asked)) return same && IsFinal(other);
        if (one.Plain() is IPropertyReferenceOperation { Property: { Name: "Exception", ContainingType.Name: "Task" } } fault) return !same && other.ConstantValue is { HasValue: true, Value: null } && asked.Path.Is(TaskPath.Of(fault.Instance));
        if (joins.Candidates(one) is not { } candidates) return false;
        // The winner is this one, or it is not the only other one.
        if (same) return asked.Path.Is(TaskPath.Of(other));
        return candidates.Count == 2 && TaskPath.Of(other) is { } loser && candidates.Any(c => loser.Is(TaskPath.Of(c))) && candidates.Any(c => asked.Path.Is(TaskPath.Of(c))) && !asked.Path.Is(loser);
    }

    private static bool Matches(IOperation value, IPatternOperation pattern, Asked asked) => pattern switch
    {
        IConstantPatternOperation constant => IsStatusOf(value, asked) && IsFinal(constant.Value),
        IBinaryPatternOperation { OperatorKind: BinaryOperatorKind.Or } either => Matches(value, either.LeftPattern, asked) && Matches(value, either.RightPattern, asked),
        IBinaryPatternOperation both => Matches(value, both.LeftPattern, asked) || Matches(value, both.RightPattern, asked),
        IRecursivePatternOperation recursive => TaskPath.Of(value) is { } path && Matches(path, recursive, asked),
        _ => false,
    };

    /// <summary><c>{ IsCompleted: true }</c>, <c>{ Task.IsCompleted: true }</c>.</summary>
    private static bool Matches(TaskPath path, IRecursivePatternOperation pattern, Asked asked) =>
        asked.Path.Is(path) && pattern.PropertySubpatterns.Any(IsCompletion)
        || pattern.PropertySubpatterns.Any(p => p is { Member: IMemberReferenceOperation { Member.Name: var member }, Pattern: IRecursivePatternOperation inner } && Matches(path.Then(member), inner, asked));

    private static bool IsCompletion(IPropertySubpatternOperation part) => part is { Member: IPropertyReferenceOperation { Property.Name: var name }, Pattern: IConstantPatternOperation { Value: var value } }
        && (name == "Status" ? IsFinal(value) : name is "IsCompleted" or "IsCompletedSuccessfully" or "IsFaulted" or "IsCanceled" && value.ConstantValue is { HasValue: true, Value: true });

    private static bool IsStatusOf(IOperation value, Asked asked) => (value.Plain() is IConditionalAccessOperation { WhenNotNull: var chain } ? chain : value.Plain()) is IPropertyReferenceOperation { Property.Name: "Status" } status && asked.Path.Is(TaskPath.Of(status.Instance));

    /// <summary><c>RanToCompletion</c>, <c>Canceled</c>, <c>Faulted</c>.</summary>
    private static bool IsFinal(IOperation status) => status.Plain().ConstantValue is { HasValue: true, Value: 5 or 6 or 7 };
}
