using System.Composition;
using System.Globalization;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop;

/// <summary>
/// Lets the calls of a loop overlap, a limited number at a time. Where results are used, the calls are gathered first and their results used in order;
/// where whole turns may overlap, the loop becomes one that runs them side by side.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SequentialLoopCodeFix() : RuleCodeFix(SequentialLoopAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [StatementSyntax loop, AwaitExpressionSyntax last, StatementSyntax head] || loop.ContainsDirectives) return [];
        var (root, model) = (target.Root, target.Model);
        if (StatementHost.ListOf(loop) is null)
        {
            // Several statements take the place of one that stands without braces.
            root = root.TrackNodes<SyntaxNode>(loop, last, head);
            root = BlockBody.Wrap(root, root.GetCurrentNode(loop)!);
            var document = target.Document.WithSyntaxRoot(root);
            if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } wrapped || await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } current) return [];
            (root, model, loop, last, head) = (wrapped, current, wrapped.GetCurrentNode(loop)!, wrapped.GetCurrentNode(last)!, wrapped.GetCurrentNode(head)!);
        }

        if (StatementHost.ListOf(loop) is not { } list) return [];
        var limit = LoopLimit.Of(target);
        var names = new UniqueNames(model, loop.SpanStart, new StatementHost(list, loop).Scope);
        var gathers = target.Property("form") == "gather";
        var isParallel = !gathers && limit.Count is not null && target.Property("parallel") is not null && await target.EveryProjectAsync(types => types.HasForEachAsync, cancellationToken).ConfigureAwait(false);
        var statements = gathers ? GatheredLoop.Of(loop, last, head, model, limit, names)
            : isParallel ? OverlappingLoop.Parallel(loop, model, limit, names)
            : OverlappingLoop.Gated(loop, model, limit, names);
        if (statements is null) return [];

        var added = statements.ToList();
        added[0] = added[0].WithLeadingTrivia(loop.GetLeadingTrivia());
        var changed = StatementHost.Replace(root, loop, added);
        if (!isParallel && !LinqImport.IsThere(model, loop.SpanStart))
        {
            if (LinqImport.Add(changed, Layout.At(loop).EndOfLine) is not { } imported) return [];
            changed = imported;
        }

        var most = limit.Count is { } n ? $"{n.ToString(CultureInfo.InvariantCulture)} at a time" : "together";
        var title = gathers ? $"Run the calls {most}, then use their results in order" : isParallel ? $"Run the turns {most}: Parallel.ForEachAsync" : $"Run the turns {most}, in this context";
        return [new RuleFix(title + (target.Diagnostic.Severity == DiagnosticSeverity.Info ? " (verify that they are independent)" : ""), changed)];
    }
}
