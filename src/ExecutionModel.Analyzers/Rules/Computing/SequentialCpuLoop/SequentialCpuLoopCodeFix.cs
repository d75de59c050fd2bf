using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Computing.SequentialCpuLoop;

/// <summary>Hands the turns of a loop to all processors.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SequentialCpuLoopCodeFix() : RuleCodeFix(SequentialCpuLoopAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [StatementSyntax loop, ExpressionSyntax bound, ..] || loop.ContainsDirectives) return None;
        var shared = new CpuLoop(loop, target.Model);
        if (target.Partners.Length > 2) return Gathered(target, shared, loop, bound);
        return shared.Shared(bound) is { } statement ? Planned(target, target.Root.ReplaceNode(loop, statement), loop) : None;
    }

    private static Task<IReadOnlyList<RuleFix>> Gathered(FixTarget target, CpuLoop shared, StatementSyntax loop, ExpressionSyntax bound)
    {
        if (StatementHost.ListOf(loop) is not { } list || target.Partners[2] is not InvocationExpressionSyntax add) return None;
        var names = new UniqueNames(target.Model, loop.SpanStart, new StatementHost(list, loop).Scope);
        if (shared.Gathered(bound, add, names)?.ToList() is not { } statements) return None;
        statements[0] = statements[0].WithLeadingTrivia(loop.GetLeadingTrivia());
        return Planned(target, StatementHost.Replace(target.Root, loop, statements), loop);
    }

    private static Task<IReadOnlyList<RuleFix>> Planned(FixTarget target, SyntaxNode changed, StatementSyntax loop)
    {
        if (LeadingTrivia.Comments(changed) < LeadingTrivia.Comments(target.Root)) return None;
        var method = loop is ForStatementSyntax || target.Partners.Length > 2 ? "Parallel.For" : "Parallel.ForEach";
        var verify = target.Diagnostic.Severity == DiagnosticSeverity.Info ? " (verify that they are independent)" : "";
        return One(new RuleFix($"Share the turns among all processors: {method}{verify}", SequentialCpuLoopAnalyzer.Id, changed));
    }
}
