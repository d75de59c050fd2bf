using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.LimiterPerOperation;

/// <summary>Makes the limiter once: in a static field for all calls and requests, in front of the fan-out for all items. What lives on is not disposed of per call.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LimiterPerOperationCodeFix() : RuleCodeFix(LimiterPerOperationAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners.Length == 0 || target.Partners[0] is not VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } holder) return None;
        var (title, root) = target.Property("life") switch
        {
            "Item" => ("Make it once, in front of the items", HoistedLocal.InFrontOf(target, holder, target.Partners.Length > 1 ? target.Partners[1] as LambdaExpressionSyntax : null)),
            "Request" => ("Make the field static: all requests share it", Static(target, holder)),
            _ => ("Keep it in a static field: all calls share it", HoistedLocal.IntoField(target, holder)),
        };
        return root is null ? None : One(new RuleFix(title, root));
    }

    private static SyntaxNode? Static(FixTarget target, VariableDeclaratorSyntax holder)
    {
        if (holder.Parent!.Parent is not FieldDeclarationSyntax field) return null;
        var access = field.Modifiers.FirstOrDefault(m => m.IsKind(SyntaxKind.PrivateKeyword));
        var keyword = SyntaxFactory.Token(SyntaxKind.StaticKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        if (!access.IsKind(SyntaxKind.None)) return target.Root.ReplaceNode(field, field.WithModifiers(field.Modifiers.Insert(field.Modifiers.IndexOf(access) + 1, keyword)));
        var leading = field.GetLeadingTrivia();
        return target.Root.ReplaceNode(field, field.WithLeadingTrivia().WithModifiers(field.WithLeadingTrivia().Modifiers.Insert(0, keyword)).WithLeadingTrivia(leading));
    }
}
