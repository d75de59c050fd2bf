using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Roslyn;

internal static class ConditionalAccess
{
    /// <summary>Only a part: <c>.B.C()</c> of <c>a?.B.C()</c> means nothing without what stands before the <c>?</c>, and Roslyn throws when it is asked to bind it alone.</summary>
    public static bool IsBehind(ExpressionSyntax expression)
    {
        for (ExpressionSyntax? left = expression; left is not null; left = Before(left))
        {
            if (left is MemberBindingExpressionSyntax or ElementBindingExpressionSyntax) return true;
        }

        return false;
    }

    private static ExpressionSyntax? Before(ExpressionSyntax expression) => expression switch
    {
        InvocationExpressionSyntax call => call.Expression,
        MemberAccessExpressionSyntax access => access.Expression,
        ElementAccessExpressionSyntax element => element.Expression,
        PostfixUnaryExpressionSyntax sure => sure.Operand,
        ConditionalAccessExpressionSyntax conditional => conditional.Expression,
        _ => null,
    };
}
