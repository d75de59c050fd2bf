using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.LimiterLeak;

/// <summary>Puts what stands between the wait and the release into a <c>try</c>, and the release into its <c>finally</c>. The wait stays outside.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LimiterLeakCodeFix() : RuleCodeFix(LimiterLeakAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Property("form") == "using") return Using(target);
        if (target.Node.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax { Parent: BlockSyntax } wait) return None;
        var releases = target.Partners.Skip(1).Select(r => r.FirstAncestorOrSelf<StatementSyntax>()).OfType<ExpressionStatementSyntax>().ToList();
        if (releases.Count != target.Partners.Length - 1 || GuardedRelease.Of(wait, releases, target.Model) is not { } block) return None;
        var root = target.Root.ReplaceNode(wait.Parent!, block);
        return One(new RuleFix("Release it on every path: try/finally", root));
    }

    /// <summary>The lease ends with its block.</summary>
    private static Task<IReadOnlyList<RuleFix>> Using(FixTarget target)
    {
        if (target.Partners is not [VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1, Parent: LocalDeclarationStatementSyntax { Parent: BlockSyntax, Modifiers.Count: 0 } declared } }] || !Language.HasUsingDeclarations(target.Root)) return None;
        var keyword = SyntaxFactory.Token(SyntaxKind.UsingKeyword).WithTrailingTrivia(SyntaxFactory.Space).WithLeadingTrivia(declared.GetLeadingTrivia());
        return One(new RuleFix("Dispose of the lease at the end of the block: using", target.Root.ReplaceNode(declared, declared.WithLeadingTrivia().WithUsingKeyword(keyword))));
    }
}
