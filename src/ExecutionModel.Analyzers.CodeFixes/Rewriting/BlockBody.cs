using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Turns what holds one expression or one statement into a block, so that statements can stand before it.</summary>
internal static class BlockBody
{
    /// <summary>The lambda with another body; the layout is that of the line on which the lambda starts.</summary>
    public static LambdaExpressionSyntax Of(LambdaExpressionSyntax lambda, BlockSyntax block, Layout layout)
    {
        var (before, after) = Opening(lambda.ArrowToken, layout);
        return lambda.WithArrowToken(before).WithBody(block.WithLeadingTrivia(after)).WithTrailingTrivia(lambda.GetTrailingTrivia());
    }

    /// <summary><c>x =&gt; e</c> as <c>x =&gt; { return e; }</c>.</summary>
    public static LambdaExpressionSyntax Of(LambdaExpressionSyntax lambda, bool returns) =>
        Of(lambda, Around(lambda.ExpressionBody!, returns, Layout.At(lambda)), Layout.At(lambda));

    /// <summary>A method or local function of the form <c>=&gt; e;</c> with a block; null for other members, which are never async.</summary>
    public static SyntaxNode? Of(ArrowExpressionClauseSyntax arrow, bool returns)
    {
        if (arrow.Parent is not { } owner) return null;
        var layout = Layout.At(owner);
        var header = arrow.GetFirstToken().GetPreviousToken();
        var (before, after) = Opening(header, layout);
        var block = Around(arrow.Expression, returns, layout).WithLeadingTrivia(after).WithTrailingTrivia(owner.GetTrailingTrivia());
        owner = owner.ReplaceToken(header, before);
        return owner switch
        {
            MethodDeclarationSyntax m => m.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            LocalFunctionStatementSyntax f => f.WithExpressionBody(null).WithSemicolonToken(default).WithBody(block),
            _ => null,
        };
    }

    /// <summary>The root with braces around a statement that stands without them under <c>if</c>, <c>else</c> or a loop.</summary>
    public static SyntaxNode Wrap(SyntaxNode root, StatementSyntax statement)
    {
        var header = statement.GetFirstToken().GetPreviousToken();
        var layout = Layout.At(statement.Parent!);
        var (before, after) = Opening(header, layout);
        var body = Layout.Shift(statement, Layout.At(statement).Indent, layout.Inner.Indent);
        if (!Layout.StartsLine(statement)) body = body.WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Inner.Indent));
        var endsLine = statement.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia);
        if (!endsLine) body = body.WithTrailingTrivia(WithoutSpaceAtEnd(statement.GetTrailingTrivia()).Add(SyntaxFactory.EndOfLine(layout.EndOfLine)));
        var afterBlock = endsLine ? layout.EndOfLine : layout.EndOfLine + layout.Indent;
        var block = (BlockSyntax)Template.Statement($"{{{layout.EndOfLine}{layout.Indent}}}{afterBlock}");
        return root.ReplaceSyntax(
            [statement], (_, _) => block.WithStatements([body]).WithLeadingTrivia(after),
            [header], (_, _) => before,
            [], (trivia, _) => trivia);
    }

    /// <summary>A block of statements that end their lines.</summary>
    public static BlockSyntax Of(IEnumerable<StatementSyntax> statements, Layout layout) =>
        ((BlockSyntax)Template.Statement($"{{{layout.EndOfLine}{layout.Indent}}}")).WithStatements([.. statements]);

    private static BlockSyntax Around(ExpressionSyntax expression, bool returns, Layout layout)
    {
        var (line, inner) = (layout.EndOfLine, layout.Inner.Indent);
        var moved = Layout.Shift(expression, Layout.At(expression).Indent, inner);
        return (BlockSyntax)Template.Statement($"{{{line}{inner}{(returns ? "return " : "")}BODY;{line}{layout.Indent}}}", ("BODY", moved));
    }

    /// <summary>The token in front of a new block, and what goes before the brace.</summary>
    private static (SyntaxToken Header, SyntaxTriviaList BeforeBrace) Opening(SyntaxToken header, Layout layout)
    {
        var kept = WithoutSpaceAtEnd(header.TrailingTrivia);
        if (kept.Count == 0 && !layout.BraceOnOwnLine) return (header.WithTrailingTrivia(SyntaxFactory.Space), default);
        return (header.WithTrailingTrivia(kept.Add(SyntaxFactory.EndOfLine(layout.EndOfLine))), [SyntaxFactory.Whitespace(layout.Indent)]);
    }

    private static SyntaxTriviaList WithoutSpaceAtEnd(SyntaxTriviaList trivia)
    {
        var count = trivia.Count;
        while (count > 0 && trivia[count - 1].Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia) count--;
        return SyntaxFactory.TriviaList(trivia.Take(count));
    }
}
