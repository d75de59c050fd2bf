using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// How the code around a node is laid out, so that new code looks like it. New code is written with exact trivia and never sent through the formatter,
/// which would use the machine's line ends and touch lines that the edit doesn't own.
/// </summary>
/// <param name="EndOfLine">As the file has it.</param>
/// <param name="Indent">White space in front of the line on which the node starts.</param>
/// <param name="Unit">One step of indentation.</param>
/// <param name="BraceOnOwnLine">Where the nearest enclosing opening brace stands.</param>
internal sealed record Layout(string EndOfLine, string Indent, string Unit, bool BraceOnOwnLine)
{
    public static Layout At(SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        var indent = IndentAt(text, node.SpanStart);
        return new Layout(LineEnd(text, node.SpanStart), indent, UnitAt(text, node, indent), OpensOnOwnLine(text, node));
    }

    /// <summary>The same, one step further in.</summary>
    public Layout Inner => this with { Indent = Indent + Unit };

    /// <summary>What separates a header from its opening brace.</summary>
    public string BeforeBrace => BraceOnOwnLine ? EndOfLine + Indent : " ";

    /// <summary>Whether nothing but white space precedes the node on its line.</summary>
    public static bool StartsLine(SyntaxNode node) => StartsLine(node.GetFirstToken());

    /// <summary>Moves the lines of a node that follow its first one, from one indentation to another.</summary>
    public static T Shift<T>(T node, string from, string to) where T : SyntaxNode
    {
        if (from == to) return node;
        var first = node.GetFirstToken();
        return node.ReplaceTokens(
            node.DescendantTokens().Where(t => t != first && t.LeadingTrivia.Any(SyntaxKind.WhitespaceTrivia) && StartsLine(t)),
            (_, token) => token.WithLeadingTrivia(token.LeadingTrivia.Select(t => Shifted(t, from, to))));
    }

    /// <summary>The same with the first line.</summary>
    public static T Move<T>(T node, string from, string to) where T : SyntaxNode => Shift(node, from, to).WithLeadingTrivia(node.GetLeadingTrivia().Select(t => Shifted(t, from, to)));

    private static SyntaxTrivia Shifted(SyntaxTrivia trivia, string from, string to) =>
        trivia.IsKind(SyntaxKind.WhitespaceTrivia) && trivia.ToString().StartsWith(from, StringComparison.Ordinal)
            ? SyntaxFactory.Whitespace(to + trivia.ToString().Substring(from.Length))
            : trivia;

    private static bool StartsLine(SyntaxToken token)
    {
        if (token.LeadingTrivia.Any(t => t.IsKind(SyntaxKind.EndOfLineTrivia) || t.IsDirective)) return true;
        var previous = token.GetPreviousToken();
        return previous.IsKind(SyntaxKind.None) || previous.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
    }

    private static string IndentAt(SourceText text, int position)
    {
        var line = text.Lines.GetLineFromPosition(position);
        var end = line.Start;
        while (end < line.End && text[end] is ' ' or '\t') end++;
        return text.ToString(TextSpan.FromBounds(line.Start, end));
    }

    private static string LineEnd(SourceText text, int position)
    {
        for (var i = text.Lines.GetLineFromPosition(position).LineNumber; i >= 0; i--)
        {
            var line = text.Lines[i];
            if (line.EndIncludingLineBreak > line.End) return text.ToString(TextSpan.FromBounds(line.End, line.EndIncludingLineBreak));
        }

        return "\n";
    }

    private static string UnitAt(SourceText text, SyntaxNode node, string indent)
    {
        foreach (var outer in node.Ancestors().Where(n => n is StatementSyntax or MemberDeclarationSyntax or SwitchSectionSyntax))
        {
            var above = IndentAt(text, outer.SpanStart);
            if (above.Length < indent.Length && indent.StartsWith(above, StringComparison.Ordinal)) return indent.Substring(above.Length);
        }

        return indent.Contains('\t') ? "\t" : "    ";
    }

    private static bool OpensOnOwnLine(SourceText text, SyntaxNode node)
    {
        foreach (var outer in node.AncestorsAndSelf())
        {
            var brace = outer switch
            {
                BlockSyntax block => block.OpenBraceToken,
                BaseTypeDeclarationSyntax type => type.OpenBraceToken,
                NamespaceDeclarationSyntax space => space.OpenBraceToken,
                SwitchStatementSyntax choice => choice.OpenBraceToken,
                _ => default,
            };
            if (brace.IsKind(SyntaxKind.None) || brace.IsMissing) continue;
            var lines = text.Lines;
            if (lines.GetLineFromPosition(brace.SpanStart).LineNumber != lines.GetLineFromPosition(brace.GetNextToken().SpanStart).LineNumber) return StartsLine(brace);
        }

        return true;
    }
}
