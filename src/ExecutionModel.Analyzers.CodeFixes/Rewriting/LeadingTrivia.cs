using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>What stands in front of a statement: the part that belongs to the place, and the part that belongs to the statement.</summary>
internal static class LeadingTrivia
{
    /// <summary>Blank lines and directives stay at the place, and so do comments above them; a comment right above the statement goes with it.</summary>
    public static (SyntaxTriviaList Above, SyntaxTriviaList Attached) Split(SyntaxTriviaList trivia)
    {
        var cut = 0;
        var blank = true;
        for (var i = 0; i < trivia.Count; i++)
        {
            var ends = trivia[i].IsKind(SyntaxKind.EndOfLineTrivia);
            if (trivia[i].IsDirective || trivia[i].IsKind(SyntaxKind.DisabledTextTrivia) || (ends && blank)) cut = i + 1;
            blank = cut == i + 1 || ends || (blank && trivia[i].IsKind(SyntaxKind.WhitespaceTrivia));
        }

        return (SyntaxFactory.TriviaList(trivia.Take(cut)), SyntaxFactory.TriviaList(trivia.Skip(cut)));
    }

    /// <summary>Without the blank lines at the start.</summary>
    public static SyntaxTriviaList WithoutBlankLines(SyntaxTriviaList trivia)
    {
        var cut = 0;
        for (var i = 0; i < trivia.Count && trivia[i].Kind() is SyntaxKind.WhitespaceTrivia or SyntaxKind.EndOfLineTrivia; i++)
        {
            if (trivia[i].IsKind(SyntaxKind.EndOfLineTrivia)) cut = i + 1;
        }

        return SyntaxFactory.TriviaList(trivia.Skip(cut));
    }

    public static bool IsComment(SyntaxTrivia trivia) => trivia.Kind() is SyntaxKind.SingleLineCommentTrivia or SyntaxKind.MultiLineCommentTrivia;

    /// <summary>What must not get lost, wherever it stands.</summary>
    public static bool IsNote(SyntaxTrivia trivia) => trivia.IsDirective || IsComment(trivia);

    /// <summary>How many comments the code holds: a rewrite must not lose any.</summary>
    public static int Comments(SyntaxNode node) => node.DescendantTrivia().Count(IsComment);
}
