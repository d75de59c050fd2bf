using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>New code written as text, with the nodes that it takes over from the old code put in for their names.</summary>
internal static class Template
{
    /// <summary>Parsed as statements of an async body; their trivia is exactly that of the text.</summary>
    public static SyntaxList<StatementSyntax> Statements(string text, params (string Name, ExpressionSyntax Value)[] holes)
    {
        var method = (MethodDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration("async void M(){\n" + text + "}")!;
        return Fill(method.Body!, holes).Statements;
    }

    public static StatementSyntax Statement(string text, params (string Name, ExpressionSyntax Value)[] holes) => Statements(text, holes).Single();

    /// <summary>Parsed as an expression of an async body.</summary>
    public static ExpressionSyntax Expression(string text, params (string Name, ExpressionSyntax Value)[] holes) => ((AssignmentExpressionSyntax)((ExpressionStatementSyntax)Statement($"_ = {text};", holes)).Expression).Right;

    /// <summary><c>a, b, c</c></summary>
    public static SeparatedSyntaxList<ArgumentSyntax> Arguments(IEnumerable<ExpressionSyntax> values)
    {
        var arguments = values.Select(SyntaxFactory.Argument).ToList();
        return SyntaxFactory.SeparatedList(arguments, Enumerable.Repeat(SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space), Math.Max(0, arguments.Count - 1)));
    }

    private static BlockSyntax Fill(BlockSyntax body, (string Name, ExpressionSyntax Value)[] holes)
    {
        var places = body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => holes.Any(h => h.Name == n.Identifier.ValueText));
        return body.ReplaceNodes(places, (place, _) => holes.First(h => h.Name == place.Identifier.ValueText).Value.WithTriviaFrom(place));
    }
}
