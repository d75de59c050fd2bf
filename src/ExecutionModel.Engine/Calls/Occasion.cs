using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>When a call is made, each time that the function around it runs.</summary>
/// <param name="Always">On every run that gets there without a fault or an early return.</param>
/// <param name="IsRare">Once and then remembered, or only to handle a fault.</param>
internal sealed record Occasion(bool Always, bool IsRare)
{
    private static readonly Occasion Rare = new(false, true);

    public static Occasion Of(IOperation call, Frame frame)
    {
        var always = true;
        var child = call;
        for (var o = call.Parent; o is not null && !ReferenceEquals(child, frame.Root); child = o, o = o.Parent)
        {
            switch (o)
            {
                case ICatchClauseOperation:
                case ICoalesceAssignmentOperation { Value: var value } when ReferenceEquals(value, child):
                    return Rare;
                case IConditionalOperation { Condition: var condition } when !ReferenceEquals(condition, child):
                    if (ReadsState(condition)) return Rare;
                    always = false;
                    break;
                case ICoalesceOperation { Value: var first } when !ReferenceEquals(first, child):
                    if (ReadsState(first)) return Rare;
                    always = false;
                    break;
                case ISwitchCaseOperation or ISwitchExpressionArmOperation or ILoopOperation or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } or IConditionalAccessOperation:
                    always = false;
                    break;
                case IBlockOperation block:
                    foreach (var before in block.Operations)
                    {
                        if (ReferenceEquals(before, child)) break;
                        if (before is not IConditionalOperation { Condition: var test } check || !Leaves(check)) continue;
                        if (ReadsState(test)) return Rare;
                        always = false;
                    }

                    break;
            }
        }

        return new Occasion(always, false);
    }

    private static bool Leaves(IConditionalOperation check) => check.WhenTrue.DescendantsAndSelf().Any(o => o is IReturnOperation) || check.WhenFalse?.DescendantsAndSelf().Any(o => o is IReturnOperation) == true;

    /// <summary>Asks something that stays between runs, as a cache does.</summary>
    private static bool ReadsState(IOperation condition) => condition.DescendantsAndSelf().Any(o => o switch
    {
        IFieldReferenceOperation { Field: { IsConst: false, ContainingType.TypeKind: not TypeKind.Enum } } field => field.Instance is null or IInstanceReferenceOperation,
        IPropertyReferenceOperation property => property.Instance is IInstanceReferenceOperation || property.Instance is null && property.Property.SetMethod is not null,
        _ => false,
    });
}
