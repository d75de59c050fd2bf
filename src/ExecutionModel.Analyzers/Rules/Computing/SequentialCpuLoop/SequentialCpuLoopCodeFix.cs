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
        if (target.Partners is not [StatementSyntax loop, ExpressionSyntax bound, ..]) return None;
        var add = target.Partners.ElementAtOrDefault(2) as InvocationExpressionSyntax;
        if (new CpuLoop(loop, target.Model).In(target.Root, bound, add) is not { } changed) return None;
        var method = loop is ForStatementSyntax || add is not null ? "Parallel.For" : "Parallel.ForEach";
        var verify = target.Diagnostic.Severity == DiagnosticSeverity.Info ? " (verify that they are independent)" : "";
        return One(new RuleFix($"Share the turns among all processors: {method}{verify}", changed));
    }
}
