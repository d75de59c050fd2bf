using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Writes an <c>await</c> where another expression stood, with the parentheses that the place needs and the trivia that was there.</summary>
internal static class AwaitedExpression
{
    /// <param name="operation">What is awaited, as text; names of <paramref name="holes"/> stand for code that is taken over.</param>
    public static ExpressionSyntax InPlaceOf(ExpressionSyntax place, string operation, bool keepsContext, params (string Name, ExpressionSyntax Value)[] holes)
    {
        var awaited = Template.Expression($"await {operation}{(keepsContext ? "" : ".ConfigureAwait(false)")}", holes);
        if (NeedsParentheses(place)) awaited = SyntaxFactory.ParenthesizedExpression(awaited);
        return awaited.WithTriviaFrom(place);
    }

    /// <summary>The await takes what stands at its right: something that binds tighter than a unary operator has to wait for it in parentheses.</summary>
    public static bool NeedsParentheses(ExpressionSyntax place) => place.Parent switch
    {
        MemberAccessExpressionSyntax access => access.Expression == place,
        ElementAccessExpressionSyntax access => access.Expression == place,
        ConditionalAccessExpressionSyntax access => access.Expression == place,
        InvocationExpressionSyntax call => call.Expression == place,
        PostfixUnaryExpressionSyntax => true,
        _ => false,
    };
}
