using System.Collections.Immutable;
using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait;

/// <summary>Starts the read in front of the computing and leaves the <c>await</c> where it was, now of the started task.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ComputeBeforeWaitCodeFix() : RuleCodeFix(ComputeBeforeWaitAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Node is not AwaitExpressionSyntax wait || target.Partners.IsEmpty) return None;
        var hoisted = target.Partners.Skip(1).OfType<StatementSyntax>().ToImmutableArray();
        if (hoisted.Length != target.Partners.Length - 1) return None;
        if (AwaitGroup.Of([wait], hoisted, target.Model, before: target.Partners[0]) is not { } group || GroupStart.Returns(group.Host.Owner, target.Model) is not { } returns) return None;
        var names = new UniqueNames(target.Model, wait.SpanStart, group.Host.Scope);
        var root = new GroupStart(group, [names.Next(group.Operations[0].TaskName())], Join: null).In(target.Root, returns);
        var title = "Start the operation before the computing" + (target.Diagnostic.Severity == DiagnosticSeverity.Info ? " (verify that they are independent)" : "");
        return One(new RuleFix(title, root));
    }
}
