using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedThreads;

/// <summary>Lets as many threads as there are processors do what a thread per item did, where all of them are joined and none waits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedThreadsCodeFix() : RuleCodeFix(UnboundedThreadsAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [var making, ForEachStatementSyntax loop, ExpressionSyntax work, ..]) return None;
        var goes = target.Partners.Skip(3).OfType<StatementSyntax>().ToList();
        if (goes.Count != target.Partners.Length - 3 || FewThreads.Of(target, making, loop, work, goes) is not { } changed) return None;
        return One(new RuleFix("Let as many threads as there are processors share the items: Parallel.ForEach", changed));
    }
}
