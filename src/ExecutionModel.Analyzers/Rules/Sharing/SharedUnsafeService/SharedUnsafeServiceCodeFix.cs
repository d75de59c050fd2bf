using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Sharing.SharedUnsafeService;

/// <summary>Takes a session per operation from the factory that the shared one came from: its declaration moves into the lambda that each operation runs.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SharedUnsafeServiceCodeFix() : RuleCodeFix(SharedUnsafeServiceAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [_, LocalDeclarationStatementSyntax declaration, LambdaExpressionSyntax { Block: { Statements.Count: > 0 } block } lambda, ..]) return None;
        var moves = target.Property("session") == "moved";
        if (declaration.ContainsDirectives || !Layout.StartsLine(declaration) || !Layout.StartsLine(block.Statements[0]) || StatementHost.ListOf(declaration) is null) return None;
        var variable = declaration.Declaration.Variables[0];
        var layout = Layout.At(block.Statements[0]);
        var name = variable.Identifier.ValueText;
        var own = declaration.WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.EndOfLine));
        own = Layout.Shift(own, Layout.At(declaration).Indent, layout.Indent);
        var inner = block;
        if (!moves)
        {
            name = new UniqueNames(target.Model, block.SpanStart, block).Next("own" + char.ToUpperInvariant(name[0]) + name.Substring(1));
            var shared = target.Model.GetDeclaredSymbol(variable);
            var uses = block.DescendantNodes().OfType<IdentifierNameSyntax>().Where(i => i.Identifier.ValueText == variable.Identifier.ValueText && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(i).Symbol, shared));
            inner = block.ReplaceNodes(uses, (use, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(use));
            own = own.ReplaceToken(own.Declaration.Variables[0].Identifier, SyntaxFactory.Identifier(name).WithTriviaFrom(variable.Identifier));
        }

        inner = inner.WithStatements(inner.Statements.Insert(0, own));
        var root = target.Root.TrackNodes(declaration, block);
        root = root.ReplaceNode(root.GetCurrentNode(block)!, inner);
        if (moves) root = Without(root, root.GetCurrentNode(declaration)!);
        return One(new RuleFix($"Give each operation its own '{variable.Identifier.ValueText}'", root));
    }

    /// <summary>Its comments stay where they stood.</summary>
    private static SyntaxNode Without(SyntaxNode root, LocalDeclarationStatementSyntax declaration)
    {
        var next = declaration.GetLastToken().GetNextToken();
        var kept = declaration.GetLeadingTrivia().Any(LeadingTrivia.IsComment) ? declaration.GetLeadingTrivia() : default;
        root = kept.Count == 0 ? root : root.ReplaceToken(next, next.WithLeadingTrivia(kept.AddRange(next.LeadingTrivia)));
        var statement = (StatementSyntax)root.FindNode(declaration.Span);
        return StatementHost.Replace(root, statement.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>()!, []);
    }
}
