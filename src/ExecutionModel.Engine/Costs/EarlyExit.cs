using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Which statements may end a method before its work begins. Checks of the input don't count, look-ups of earlier results do.</summary>
internal static class EarlyExit
{
    /// <summary>A conditional return that is not a check of the input: <c>if (cache.TryGetValue(key, out var known)) return known;</c>.</summary>
    public static bool MaySkipTheRest(IOperation statement) => statement switch
    {
        IConditionalOperation branch => !IsGuard(branch.Condition) && (Returns(branch.WhenTrue) || Returns(branch.WhenFalse)),
        ISwitchOperation or ITryOperation or ILoopOperation => Returns(statement),
        ILockOperation or IUsingOperation or IBlockOperation => statement.ChildOperations.Any(MaySkipTheRest),
        _ => false,
    };

    /// <summary>Looks only at parameters and locals: null, empty, length, a constant. A field may hold an earlier result.</summary>
    public static bool IsGuard(IOperation condition)
    {
        foreach (var operation in condition.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IInvocationOperation { TargetMethod: { Name: "IsNullOrEmpty" or "IsNullOrWhiteSpace", ContainingType.SpecialType: SpecialType.System_String } }:
                    continue;
                case IInvocationOperation or IFieldReferenceOperation { Field.HasConstantValue: false } or IInstanceReferenceOperation:
                    return false;
            }
        }

        return true;
    }

    public static bool Throws(IOperation? branch) => branch switch
    {
        IThrowOperation => true,
        IExpressionStatementOperation { Operation: var inner } => Throws(inner),
        IConversionOperation { Operand: var inner } => Throws(inner),
        IBlockOperation { Operations: { Length: > 0 } statements } => Throws(statements[statements.Length - 1]),
        _ => false,
    };

    /// <summary>Read off the statements of the syntax: most of a body's operations are expressions, and no function that returns for itself.</summary>
    private static bool Returns(IOperation? operation) =>
        operation is not null && operation.Syntax.DescendantNodesAndSelf(HoldsStatements).Any(n => n is ReturnStatementSyntax or YieldStatementSyntax);

    private static bool HoldsStatements(SyntaxNode node) =>
        node is StatementSyntax and not (LocalFunctionStatementSyntax or ExpressionStatementSyntax or LocalDeclarationStatementSyntax) or ElseClauseSyntax or SwitchSectionSyntax or CatchClauseSyntax or FinallyClauseSyntax;
}
