using System.Collections.Immutable;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Awaits of one straight line whose operations can be started before the first of them is awaited, or before what precedes it, as far as syntax and scopes go.</summary>
/// <param name="Operations">In source order.</param>
/// <param name="Hoisted">Statements that later operations need; they move above the starts.</param>
/// <param name="Host">Of the first await; all share its owner.</param>
/// <param name="From">The statement of the same list that the starts precede; null: that of the first await.</param>
internal sealed record AwaitGroup(ImmutableArray<AwaitedOperation> Operations, ImmutableArray<StatementSyntax> Hoisted, StatementHost Host, StatementSyntax? From)
{
    /// <summary>Null where the rewritten code would not compile or would evaluate something in another order than the rule assumed.</summary>
    /// <param name="before">A node that the operations start before; null: the first await.</param>
    public static AwaitGroup? Of(IReadOnlyList<AwaitExpressionSyntax> awaits, ImmutableArray<StatementSyntax> hoisted, SemanticModel model, SyntaxNode? before = null)
    {
        if (awaits.Count < (before is null ? 2 : 1) || StatementHost.Of(awaits[0], model) is not { } host) return null;
        if (before is not null && !host.Owner.Span.Contains(before.Span)) return null;
        var from = before is null || !host.IsList ? null : StatementHost.StatementsOf(host.Owner).First(s => s.Span.Contains(before.Span));
        var types = new KnownTypes(model.Compilation);
        var operations = ImmutableArray.CreateBuilder<AwaitedOperation>(awaits.Count);
        var last = host;
        foreach (var wait in awaits)
        {
            if (StatementHost.Of(wait, model) is not { } here || here.Owner != host.Owner) return null;
            if (AwaitedOperation.Of(wait, model, types) is not { } operation) return null;
            if (operations.Count > 0 && (wait.SpanStart < operations[operations.Count - 1].Await.Span.End || Awaits(operation.Start))) return null;
            if (EvaluatesBefore(wait, here.Statement ?? here.Owner, [.. awaits, .. Offloaded(before)])) return null;
            operations.Add(operation);
            last = here;
        }

        if (hoisted.Any(h => !host.IsList || StatementHost.ListOf(h) != host.Owner || Awaits(h) || h.SpanStart < (before ?? awaits[0]).SpanStart)) return null;
        var region = Microsoft.CodeAnalysis.Text.TextSpan.FromBounds((from ?? host.Statement ?? host.Owner).SpanStart, (last.Statement ?? last.Owner).Span.End);
        if (host.Owner.DescendantTrivia(region).Any(t => region.Contains(t.Span) && (t.IsDirective || t.IsKind(SyntaxKind.DisabledTextTrivia)))) return null;
        var statements = host.IsList ? StatementHost.StatementsOf(host.Owner).Where(s => region.Contains(s.Span)) : [];
        if (statements.Any(s => s.DescendantNodesAndSelf(InSameFunction).Any(n => n is YieldStatementSyntax))) return null;

        var group = new AwaitGroup(operations.MoveToImmutable(), hoisted, host, from);
        return group.Moved.All(m => SeesItsLocals(m, region, group, model)) ? group : null;
    }

    private IEnumerable<SyntaxNode> Moved => Hoisted.Concat<SyntaxNode>(Operations.Select(o => o.Start));

    /// <summary>Locals of the region are declared after the place that code moves to, unless their declaration moves along.</summary>
    private static bool SeesItsLocals(SyntaxNode moved, Microsoft.CodeAnalysis.Text.TextSpan region, AwaitGroup group, SemanticModel model)
    {
        foreach (var name in moved.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local) continue;
            var declaration = local.DeclaringSyntaxReferences[0];
            if (!region.Contains(declaration.Span) || moved.Span.Contains(declaration.Span)) continue;
            if (!group.Hoisted.Any(h => h.Span.Contains(declaration.Span) && h.SpanStart <= moved.SpanStart)) return false;
        }

        return true;
    }

    /// <summary>Another await or a write that precedes the group's await in the same statement, or a call in the target that its result is stored to.</summary>
    private static bool EvaluatesBefore(AwaitExpressionSyntax wait, SyntaxNode statement, IReadOnlyList<AwaitExpressionSyntax> group)
    {
        var target = wait.Ancestors().TakeWhile(n => n != statement).OfType<AssignmentExpressionSyntax>().Select(a => a.Left);
        if (target.Any(left => left.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Any())) return true;
        return statement.DescendantNodes(n => InSameFunction(n, statement) && !group.Contains(n)).Any(n => n.Span.End <= wait.SpanStart && n switch
        {
            AwaitExpressionSyntax other => !group.Contains(other),
            AssignmentExpressionSyntax => n.Parent is not InitializerExpressionSyntax,
            PrefixUnaryExpressionSyntax or PostfixUnaryExpressionSyntax => n.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression,
            _ => false,
        });
    }

    /// <summary>The await of computing on another lane, which the rule let the operations start before.</summary>
    private static IEnumerable<AwaitExpressionSyntax> Offloaded(SyntaxNode? work) =>
        work?.Ancestors().TakeWhile(n => n is ExpressionSyntax).OfType<AwaitExpressionSyntax>().Take(1) ?? [];

    private static bool Awaits(SyntaxNode node) => node.DescendantNodesAndSelf(InSameFunction).Any(n => n is AwaitExpressionSyntax);

    private static bool InSameFunction(SyntaxNode node) => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax);

    private static bool InSameFunction(SyntaxNode node, SyntaxNode root) => node == root || InSameFunction(node);
}
