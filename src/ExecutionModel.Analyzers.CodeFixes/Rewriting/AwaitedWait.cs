using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Writes <c>await</c> in place of an expression that waits, or in front of a call that has become async.</summary>
internal static class AwaitedWait
{
    /// <summary>The awaited form of <paramref name="wait"/>; null where its text has another shape, or a comment or directive stands in what goes away.</summary>
    /// <param name="place">Where the wait stands in its document, for style and parentheses.</param>
    public static ExpressionSyntax? Of(ExpressionSyntax wait, AwaitedKind kind, ExpressionSyntax place)
    {
        if (AwaitedForm.Operand(wait, kind) is not { } operand) return null;
        var awaited = Awaited(operand, place).WithTriviaFrom(wait);
        return Notes(awaited) == Notes(wait) ? awaited : null;
    }

    /// <summary><c>await call</c>, configured as the awaits around it, in parentheses where something is taken from its result.</summary>
    public static ExpressionSyntax Awaited(ExpressionSyntax operand, ExpressionSyntax place)
    {
        var task = operand is ParenthesizedExpressionSyntax { Expression: AwaitExpressionSyntax inner } ? inner.WithoutTrivia() : operand.WithoutTrivia();
        if (!AwaitStyle.KeepsContext(place) && !IsConfigured(task)) task = Template.Expression("OPERAND.ConfigureAwait(false)", ("OPERAND", Primary(task)));
        ExpressionSyntax awaited = SyntaxFactory.AwaitExpression(SyntaxFactory.Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(SyntaxFactory.Space), task);
        return NeedsParentheses(place) ? SyntaxFactory.ParenthesizedExpression(awaited) : awaited;
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

    public static bool IsAwaited(InvocationExpressionSyntax call) =>
        call.Parent is AwaitExpressionSyntax || call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax } };

    private static int Notes(SyntaxNode node) => node.DescendantTrivia().Count(t => t.IsDirective || LeadingTrivia.IsComment(t));

    private static bool IsConfigured(ExpressionSyntax task) => task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } };

    private static ExpressionSyntax Primary(ExpressionSyntax task) => task is AwaitExpressionSyntax or CastExpressionSyntax or PrefixUnaryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(task) : task;

}
