using System.Composition;
using System.Globalization;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedFanOut;

/// <summary>
/// Puts a gate in front of the fan-out and lets each operation pass through it: all of them still run, in the same context, with results in the same order.
/// Where nobody uses the results, the second choice is <c>Parallel.ForEachAsync</c>.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedFanOutCodeFix() : RuleCodeFix(UnboundedFanOutAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var limit = LoopLimit.Of(target);
        if (limit.Count is not { } most || target.Partners.Length < 2) return [];
        var count = most.ToString(CultureInfo.InvariantCulture);
        var fixes = new List<RuleFix>();
        if (Gated(target, limit, most) is { } gated) fixes.Add(new RuleFix($"Let {count} run at a time: SemaphoreSlim gate, order and results kept", gated));
        if (target.Property("parallel") is { } tokens
            && await target.EveryProjectAsync(types => types.HasForEachAsync, cancellationToken).ConfigureAwait(false)
            && ParallelLoop.Of(target, count, tokens == "own-token") is { } loop)
            fixes.Add(new RuleFix($"Let {count} run at a time: Parallel.ForEachAsync, on the thread pool, stops at the first fault", loop) { Choice = "ForEachAsync" });
        return fixes;
    }

    private static SyntaxNode? Gated(FixTarget target, LoopLimit limit, int most)
    {
        var isLoop = target.Property("form") == "loop-add";
        var place = isLoop ? Host((StatementSyntax)target.Partners[target.Partners.Length - 1]) : StatementHost.Of(Whole(target), target.Model);
        if (place is not { } host) return null;
        var model = target.Model;
        var names = new UniqueNames(model, target.Node.SpanStart, host.Scope);
        var gate = limit.Gate(names);
        var disposes = target.Property("gate") == "disposed" && host.Owner is not SwitchSectionSyntax && Language.HasUsingDeclarations(target.Root);

        // First give the statement a list to stand in, then read the layout, then replace.
        var nodes = (isLoop ? target.Partners.Skip(1) : [Origin(target)]).ToList();
        var returns = host.Statement is null && Returns(host.Owner, model);
        var whole = isLoop ? nodes[nodes.Count - 1] : Whole(target);
        var root = target.Root.TrackNodes(nodes.Append(whole).Append(host.Owner).Distinct());
        root = StatementHost.WithList(root, root.GetCurrentNode(host.Owner)!, returns);
        var statement = isLoop ? (StatementSyntax)root.GetCurrentNode(whole)! : root.GetCurrentNode(whole)!.FirstAncestorOrSelf<StatementSyntax>(s => StatementHost.ListOf(s) is not null);
        if (statement is null || StatementHost.ListOf(statement) is null) return null;
        var layout = Layout.At(statement);

        var (above, attached) = LeadingTrivia.Split(statement.GetLeadingTrivia());
        var added = new List<StatementSyntax> { gate.Declaration(model, target.Node.SpanStart, most, layout, disposes) };
        StatementSyntax? changed;
        if (isLoop)
        {
            var calls = nodes.Take(nodes.Count - 1).Select(n => n is InvocationExpressionSyntax call ? (Node: call, Gated: GatedCall.Of(call, (StatementSyntax)nodes[nodes.Count - 1], model, gate, names, layout)) : default).ToList();
            if (calls.Any(c => c.Gated is null)) return null;
            added.AddRange(calls.Select((c, i) => i == 0 ? c.Gated!.Function : c.Gated!.Function.WithLeadingTrivia(c.Gated.Function.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine(layout.EndOfLine)))));
            changed = statement.ReplaceNodes(calls.Select(c => root.GetCurrentNode<SyntaxNode>(c.Node)!), (original, _) => calls.First(c => root.GetCurrentNode<SyntaxNode>(c.Node) == original).Gated!.Call);
            attached = attached.Insert(0, SyntaxFactory.EndOfLine(layout.EndOfLine)); // a blank line after the function
        }
        else
        {
            var selector = root.GetCurrentNode(nodes[0])!;
            changed = Selector(target, selector, new GatedSelector(gate, ResultOf(target)), names) is { } now ? statement.ReplaceNode(selector, now) : null;
        }

        if (changed is null) return null;
        added[0] = added[0].WithLeadingTrivia(above.AddRange(added[0].GetLeadingTrivia()));
        return StatementHost.Replace(root, statement, [.. added, changed.WithLeadingTrivia(attached)]);
    }

    private static ExpressionSyntax? Selector(FixTarget target, SyntaxNode selector, GatedSelector gated, UniqueNames names) => selector switch
    {
        LambdaExpressionSyntax lambda => gated.Of(lambda),
        QueryExpressionSyntax query => gated.Of(query),
        ExpressionSyntax group when target.Property("form") == "select-method-group" && target.Model.GetSymbolInfo(target.Partners[1]).Symbol is IMethodSymbol { Parameters.Length: 1 or 2 } method =>
            gated.Of(group, method.Parameters.Length == 1 ? [names.Next("item")] : [names.Next("item"), names.Next("index")]),
        _ => null,
    };

    /// <summary>What the gate is built into: the lambda or method group, of a query all of it.</summary>
    private static ExpressionSyntax Origin(FixTarget target) =>
        target.Property("form") == "query" && target.Partners[1].FirstAncestorOrSelf<QueryExpressionSyntax>() is { } query ? query : (ExpressionSyntax)target.Partners[1];

    /// <summary>What the gate stands in front of: of a fan-out inside another one the outer lambda.</summary>
    private static ExpressionSyntax Whole(FixTarget target) =>
        target.Property("nested") is not null && Origin(target).Ancestors().OfType<LambdaExpressionSyntax>().FirstOrDefault() is { } outer ? outer : Origin(target);

    /// <summary>Whether one operation has a result.</summary>
    private static bool ResultOf(FixTarget target)
    {
        var type = target.Partners[1] is AnonymousFunctionExpressionSyntax || target.Property("form") == "select-method-group"
            ? (target.Model.GetSymbolInfo(target.Partners[1]).Symbol as IMethodSymbol)?.ReturnType
            : target.Model.GetTypeInfo(target.Partners[1]).Type;
        return type is INamedTypeSymbol { IsGenericType: true };
    }

    private static StatementHost? Host(StatementSyntax loop) => StatementHost.ListOf(loop) is { } list ? new StatementHost(list, loop) : null;

    /// <summary>Whether an expression body becomes <c>return e;</c>.</summary>
    private static bool Returns(SyntaxNode owner, SemanticModel model) =>
        (owner is LambdaExpressionSyntax ? model.GetSymbolInfo(owner).Symbol : model.GetDeclaredSymbol(owner.Parent!)) is IMethodSymbol { ReturnsVoid: false } method
        && (!method.IsAsync || method.ReturnType is INamedTypeSymbol { IsGenericType: true });
}
