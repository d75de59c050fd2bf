using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// What of a body runs when it is called: all but its lambdas. A method that maps the routes of a service is mostly lambdas, and dear to bind. Its own name is
/// left out, too: it is no call.
/// </summary>
internal static class OwnText
{
    /// <param name="words">They show without its nodes that most code has no lambda.</param>
    public static IEnumerable<TextSpan> Of(SyntaxNode code, CallWords words)
    {
        var start = code.SpanStart;
        if (NameOf(code) is { } name)
        {
            yield return TextSpan.FromBounds(start, name.Start);
            start = name.End;
        }

        if (TextSignals.Has(words, code.SyntaxTree, code.Span, Signal.Lambda, enough: IsArrow(code) ? 2 : 1))
        {
            foreach (var node in code.DescendantNodes(IsOwn))
            {
                if (IsOwn(node) || node.SpanStart < start) continue; // before the name: in an attribute, an error
                yield return TextSpan.FromBounds(start, node.SpanStart);
                start = node.Span.End;
            }
        }

        yield return TextSpan.FromBounds(start, code.Span.End);
    }

    /// <summary>Local functions count: who calls them runs them.</summary>
    public static bool IsOwn(SyntaxNode node) => node is not AnonymousFunctionExpressionSyntax;

    private static bool IsArrow(SyntaxNode code) => code is ArrowExpressionClauseSyntax or BaseMethodDeclarationSyntax { ExpressionBody: not null } or LocalFunctionStatementSyntax { ExpressionBody: not null };

    private static TextSpan? NameOf(SyntaxNode code) => code switch
    {
        MethodDeclarationSyntax method => method.Identifier.Span,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.Span,
        LocalFunctionStatementSyntax local => local.Identifier.Span,
        _ => null,
    };
}
