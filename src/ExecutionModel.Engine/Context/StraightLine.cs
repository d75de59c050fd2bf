using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>An awaited call that runs whenever its statement does.</summary>
/// <param name="Await">The await.</param>
/// <param name="Call">The call whose task is awaited, <c>ConfigureAwait</c> taken off.</param>
/// <param name="Index">Position of its statement in the list.</param>
/// <param name="Configured"><c>ConfigureAwait</c> argument in the source, or null.</param>
public sealed record AwaitSite(IAwaitOperation Await, IInvocationOperation Call, int Index, string? Configured)
{
    public bool IsResultUnused => Await.Parent is IExpressionStatementOperation;
}

/// <summary>One statement list of a frame, with its awaits that no condition guards, in evaluation order.</summary>
/// <param name="Statements">The list.</param>
/// <param name="Sites">Awaited calls.</param>
/// <param name="Opaque">Statements that await something else, or await under a condition: nothing moves across them.</param>
public sealed record StraightLine(IReadOnlyList<IOperation> Statements, IReadOnlyList<AwaitSite> Sites, ISet<int> Opaque)
{
    public static IEnumerable<StraightLine> Of(Frame frame)
    {
        var lines = new List<(IOperation List, List<AwaitSite> Sites, HashSet<int> Opaque)>();
        foreach (var wait in frame.Awaits)
        {
            var (list, statement, unconditional) = Climb(wait, frame.Root);
            for (var outermost = false; list is not null; outermost = true)
            {
                var known = lines.FindIndex(l => ReferenceEquals(l.List, list));
                if (known < 0)
                {
                    known = lines.Count;
                    lines.Add((list, [], []));
                }

                var index = IndexOf(StatementsOf(list), statement!);
                if (!outermost && unconditional && Called(wait) is var (call, configured)) lines[known].Sites.Add(new AwaitSite(wait, call, index, configured));
                else lines[known].Opaque.Add(index);
                if (ReferenceEquals(list, frame.Root)) break;
                (list, statement, _) = Climb(list!, frame.Root);
            }
        }

        foreach (var (list, sites, opaque) in lines)
        {
            if (sites.Count > 1 && !IsInHandler(list, frame.Root)) yield return new StraightLine(StatementsOf(list), sites, opaque);
        }
    }

    private static (IInvocationOperation Call, string? Configured)? Called(IAwaitOperation wait)
    {
        if (wait.Operation.Plain() is not IInvocationOperation call) return null;
        if (call.TargetMethod.Name != "ConfigureAwait") return (call, null);
        var configured = call.Arguments.Length == 1 ? call.Arguments[0].Value.Syntax.ToString() : null;
        return call.Instance?.Plain() is IInvocationOperation inner ? (inner, configured) : null;
    }

    /// <summary>From an operation up to the statement list that holds it; unconditional while every ancestor evaluates it always and once.</summary>
    private static (IOperation? List, IOperation? Statement, bool Unconditional) Climb(IOperation operation, IOperation root)
    {
        var unconditional = true;
        var child = operation;
        for (var parent = operation.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is IBlockOperation or ISwitchCaseOperation) return (parent, child, unconditional);
            if (ReferenceEquals(child, root)) break;
            unconditional &= EvaluatesAlways(parent, child);
        }

        return (null, null, false);
    }

    private static bool EvaluatesAlways(IOperation parent, IOperation child) => parent switch
    {
        IConditionalAccessOperation access => ReferenceEquals(access.Operation, child),
        ICoalesceOperation coalesce => ReferenceEquals(coalesce.Value, child),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } binary => ReferenceEquals(binary.LeftOperand, child),
        IArgumentOperation or IInvocationOperation or IObjectCreationOperation or IAnonymousObjectCreationOperation or IArrayCreationOperation
            or IArrayInitializerOperation or ICollectionExpressionOperation or IObjectOrCollectionInitializerOperation or IMemberInitializerOperation
            or ISimpleAssignmentOperation or IDeconstructionAssignmentOperation or IVariableInitializerOperation or IVariableDeclaratorOperation
            or IVariableDeclarationOperation or IVariableDeclarationGroupOperation or IExpressionStatementOperation or IReturnOperation or ITupleOperation
            or IInterpolatedStringOperation or IInterpolationOperation or IBinaryOperation or IUnaryOperation or IConversionOperation
            or IParenthesizedOperation or IPropertyReferenceOperation or IFieldReferenceOperation or IIsPatternOperation or IAwaitOperation
            or IArrayElementReferenceOperation or IInterpolatedStringTextOperation => true,
        _ => false,
    };

    private static bool IsInHandler(IOperation list, IOperation root)
    {
        for (var o = list; o is not null && !ReferenceEquals(o, root); o = o.Parent)
        {
            if (o is ICatchClauseOperation || (o.Parent is ITryOperation t && ReferenceEquals(t.Finally, o))) return true;
        }

        return false;
    }

    private static IReadOnlyList<IOperation> StatementsOf(IOperation list) => list is IBlockOperation block ? block.Operations : ((ISwitchCaseOperation)list).Body;

    private static int IndexOf(IReadOnlyList<IOperation> statements, IOperation statement)
    {
        for (var i = 0; i < statements.Count; i++)
        {
            if (ReferenceEquals(statements[i], statement)) return i;
        }

        return -1;
    }
}
