using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Brings the extension methods of <c>System.Linq</c> into a file that lacks them.</summary>
internal static class LinqImport
{
    private const string Space = "System.Linq";

    public static bool IsThere(SemanticModel model, int position) => model.GetImportScopes(position).SelectMany(s => s.Imports).Any(i => i.NamespaceOrType.ToDisplayString() == Space);

    /// <summary>The root with the directive among the others, in order; null where there are none to stand among.</summary>
    public static SyntaxNode? Add(SyntaxNode root, string endOfLine)
    {
        var owner = root.DescendantNodesAndSelf(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax).FirstOrDefault(n => UsingsOf(n).Count > 0);
        if (owner is null) return null;
        var usings = UsingsOf(owner);
        var before = usings.Where(u => u is { Alias: null, StaticKeyword.RawKind: 0 }).LastOrDefault(u => string.CompareOrdinal(u.Name?.ToString(), Space) < 0);
        var neighbour = before ?? usings[0];
        var added = SyntaxFactory.UsingDirective(SyntaxFactory.ParseName(Space)).WithUsingKeyword(SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space)).WithTrailingTrivia(SyntaxFactory.EndOfLine(endOfLine));
        if (before is not null) return root.InsertNodesAfter(before, [added.WithLeadingTrivia(SyntaxFactory.Whitespace(Layout.At(before).Indent))]);
        var moved = neighbour.WithLeadingTrivia(SyntaxFactory.Whitespace(Layout.At(neighbour).Indent));
        return root.ReplaceNode(neighbour, [added.WithLeadingTrivia(neighbour.GetLeadingTrivia()), moved]);
    }

    private static SyntaxList<UsingDirectiveSyntax> UsingsOf(SyntaxNode owner) => owner switch
    {
        CompilationUnitSyntax unit => unit.Usings,
        BaseNamespaceDeclarationSyntax space => space.Usings,
        _ => default,
    };
}
