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
        return AwaitedExpression.NeedsParentheses(place) ? SyntaxFactory.ParenthesizedExpression(awaited) : awaited;
    }

    public static bool IsAwaited(InvocationExpressionSyntax call) =>
        call.Parent is AwaitExpressionSyntax || call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax } };

    private static int Notes(SyntaxNode node) => node.DescendantTrivia().Count(LeadingTrivia.IsNote);

    private static bool IsConfigured(ExpressionSyntax task) => task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" } };

    private static ExpressionSyntax Primary(ExpressionSyntax task) => task is AwaitExpressionSyntax or CastExpressionSyntax or PrefixUnaryExpressionSyntax ? SyntaxFactory.ParenthesizedExpression(task) : task;
}
