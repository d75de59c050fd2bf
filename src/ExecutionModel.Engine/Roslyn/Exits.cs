using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>How control goes on after a statement.</summary>
public static class Exits
{
    /// <summary>What stands behind the statement does not run after it: it returns, throws, breaks or continues.</summary>
    public static bool Leaves(this IOperation statement) => statement switch
    {
        IReturnOperation { Kind: OperationKind.YieldReturn } => false,
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => statements[statements.Length - 1].Leaves(),
        IConditionalOperation { WhenFalse: { } otherwise } choice => choice.WhenTrue.Leaves() && otherwise.Leaves(),
        _ => false,
    };

    /// <summary>A <c>return</c>, <c>yield</c> or <c>goto</c> stands in it: what follows it in the function may not run.</summary>
    public static bool LeavesFunction(this IOperation statement) =>
        statement.Own().Any(o => o is IReturnOperation or IBranchOperation { BranchKind: BranchKind.GoTo });
}
