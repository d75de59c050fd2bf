using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Roslyn;

internal static class ConditionalAccess
{
    /// <summary>Only a part: <c>.B.C()</c> of <c>a?.B.C()</c> means nothing without what stands before the <c>?</c>, and Roslyn throws when it is asked to bind it alone.</summary>
    public static bool IsBehind(ExpressionSyntax expression)
    {
        while (true)
        {
            switch (expression)
            {
                case MemberBindingExpressionSyntax or ElementBindingExpressionSyntax:
                    return true;
                case InvocationExpressionSyntax call:
                    expression = call.Expression;
                    break;
                case MemberAccessExpressionSyntax access:
                    expression = access.Expression;
                    break;
                case ElementAccessExpressionSyntax element:
                    expression = element.Expression;
                    break;
                case PostfixUnaryExpressionSyntax sure:
                    expression = sure.Operand;
                    break;
                case ConditionalAccessExpressionSyntax conditional:
                    expression = conditional.Expression;
                    break;
                default:
                    return false;
            }
        }
    }
}
