using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Expressions that a <c>.Member</c> can follow.</summary>
internal static class Primary
{
    public static bool Is(ExpressionSyntax expression) =>
        expression is InvocationExpressionSyntax or MemberAccessExpressionSyntax or SimpleNameSyntax or ElementAccessExpressionSyntax or ParenthesizedExpressionSyntax or BaseObjectCreationExpressionSyntax or ThisExpressionSyntax or LiteralExpressionSyntax
            or ArrayCreationExpressionSyntax { Initializer: not null } or ImplicitArrayCreationExpressionSyntax;

    /// <summary>In parentheses where it needs them.</summary>
    public static ExpressionSyntax Of(ExpressionSyntax expression) => Is(expression) ? expression : SyntaxFactory.ParenthesizedExpression(expression);
}
