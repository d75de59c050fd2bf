using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Costs;

/// <summary>Why a body could be heavy, the surer reason first.</summary>
public enum HeavyShape
{
    /// <summary>Names that the catalogue weighs, counted loops, marks: what can be proved.</summary>
    Counted,

    /// <summary>Nested loops and methods that call themselves twice.</summary>
    Nested,

    None,
}

/// <summary>Reads off declarations, from their words and then from their syntax, whether their own bodies could be heavy.</summary>
internal sealed class HeavyShapes(ProgramModel model)
{
    private static readonly WordSet Counting = new(["for", "CpuBound", "CpuBoundAttribute", "Range", "Repeat"]);
    private static readonly ConditionalWeakTable<CallWords, Shaped> ByWords = new();

    private readonly FacetWords weighed = new(model, model.QueryFiles.May, model.Catalogue.Weighed);
    private readonly Shaped shaped = ByWords.GetValue(model.Words, static w => new(w));
    private readonly ConcurrentDictionary<SyntaxNode, object> shapes = new();
    private readonly ConcurrentDictionary<SyntaxNode, object> withoutLambdas = new();
    private readonly ConcurrentDictionary<SyntaxNode, object> iterators = new();

    /// <summary>Of a member's or a loop's syntax. Most show by their words that they have none; the others' nodes are looked at once.</summary>
    public HeavyShape Of(SyntaxNode code)
    {
        var calls = model.Words.In(code.SyntaxTree, code.Span);
        if (weighed.AreIn(calls, code.SyntaxTree)) return HeavyShape.Counted;
        if (!MayCount(calls) && !MayNest(calls, SimpleNames.Of(code) is { } name ? CallWords.HashOf(name) : 0)) return HeavyShape.None;
        return (HeavyShape)(shapes.TryGetValue(code, out var known) ? known : shapes.GetOrAdd(code, static c => Look(c)));
    }

    /// <summary>The same without its lambdas, which run when somebody calls them.</summary>
    public HeavyShape OfItself(SyntaxNode code) => Of(code) == HeavyShape.None ? HeavyShape.None : (HeavyShape)withoutLambdas.GetOrAdd(code, c => FindOwn(c));

    /// <summary>The declarations of a file that have the shape or a surer one outside of their lambdas.</summary>
    public IEnumerable<Declaration> In(SyntaxTree tree, HeavyShape shape)
    {
        var (counted, nested) = (shaped.Counted.Of(tree), shape == HeavyShape.Nested ? shaped.Nested.Of(tree) : []);
        var isWeighed = weighed.AreIn(model.Words.In(tree), tree);
        if (!isWeighed && counted.Length + nested.Length == 0) yield break;
        foreach (var declaration in Declarations.In(tree))
        {
            var start = declaration.Span.Start;
            if (Array.BinarySearch(counted, start) >= 0 || Array.BinarySearch(nested, start) >= 0 || isWeighed && IsWeighed(declaration.Span) && declaration.OwnIn(tree, model.Words).Any(IsWeighed)) yield return declaration;
        }

        bool IsWeighed(TextSpan span) => weighed.AreIn(model.Words.In(tree, span), tree);
    }

    /// <summary>An iterator runs when somebody enumerates, not when it is called.</summary>
    public bool Yields(SyntaxNode declaration) => (bool)iterators.GetOrAdd(declaration, static d => d.DescendantNodes().Any(n => n is YieldStatementSyntax));

    private HeavyShape FindOwn(SyntaxNode code) =>
        OwnText.Of(code, model.Words).Any(s => weighed.AreIn(model.Words.In(code.SyntaxTree, s), code.SyntaxTree)) ? HeavyShape.Counted : Look(code, OwnText.IsOwn);

    private static bool MayCount(WrittenCalls calls) => calls.HasAny(Counting);

    /// <summary>The words alone: is a look at the nodes worth it?</summary>
    private static bool MayNest(WrittenCalls calls, int own)
    {
        var (loops, ownCalls) = (0, 0);
        for (var i = calls.From; i < calls.End; i++)
        {
            var word = calls.NameAt(i);
            if (CallWords.Loops.Contains(word) && ++loops > 1) return true;
            if (word == own && ++ownCalls > 2) return true; // its declaration and two calls
        }

        return false;
    }

    private static HeavyShape Look(SyntaxNode declaration, Func<SyntaxNode, bool>? into = null)
    {
        var nested = false;
        var own = SimpleNames.Of(declaration);
        var ownCalls = 0;
        foreach (var node in declaration.DescendantNodes(into))
        {
            switch (node)
            {
                case ForStatementSyntax { Condition: BinaryExpressionSyntax { Right: not MemberAccessExpressionSyntax and var limit } } counted
                    when MayBeKnown(limit, declaration) && (counted.Declaration?.Variables.First().Initializer is not { Value: var start } || MayBeKnown(start, declaration)):
                    return HeavyShape.Counted;
                case var loop when loop.IsLoop():
                    nested = nested || IsInLoop(node, declaration);
                    break;
                case InvocationExpressionSyntax call when SimpleNames.Of(call.Expression) is { } name:
                    if (name == own && ++ownCalls > 1) nested = true;
                    if (name is "Repeat" or "Range") return HeavyShape.Counted;
                    break;
                case AttributeSyntax attribute when SimpleNames.Of(attribute.Name)?.StartsWith("CpuBound", StringComparison.Ordinal) == true:
                    return HeavyShape.Counted;
            }
        }

        return nested ? HeavyShape.Nested : HeavyShape.None;
    }

    /// <summary>A constant, for all that the declaration says: what a call or a collection's size gave a local is none.</summary>
    private static bool MayBeKnown(ExpressionSyntax number, SyntaxNode declaration, int steps = 3) => number switch
    {
        ParenthesizedExpressionSyntax inner => MayBeKnown(inner.Expression, declaration, steps),
        CastExpressionSyntax cast => MayBeKnown(cast.Expression, declaration, steps),
        BinaryExpressionSyntax both => MayBeKnown(both.Left, declaration, steps) && MayBeKnown(both.Right, declaration, steps),
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Length" or "Count" } or InvocationExpressionSyntax or ElementAccessExpressionSyntax or AwaitExpressionSyntax or ConditionalAccessExpressionSyntax => false,
        IdentifierNameSyntax { Identifier.ValueText: var name } when steps > 0 => declaration.DescendantNodes().All(n => n is not VariableDeclaratorSyntax { Initializer.Value: var value } local || local.Identifier.ValueText != name || MayBeKnown(value, declaration, steps - 1)),
        _ => true,
    };

    private static bool IsInLoop(SyntaxNode loop, SyntaxNode declaration) => loop.Ancestors().TakeWhile(n => n != declaration).Any(n => n.IsLoop());

    /// <summary>Where the declarations begin that have a shape by their syntax alone, outside of their lambdas.</summary>
    private sealed class Shaped(CallWords words)
    {
        public KeptPerFile<int[]> Counted { get; } = new(tree => !MayCount(words.In(tree)) ? [] : Where(tree, d => MayCount(words.In(tree, d.Span)), HeavyShape.Counted));

        /// <summary>Those, or nested.</summary>
        public KeptPerFile<int[]> Nested { get; } = new(tree => Where(tree, d => MayNest(words.In(tree, d.Span), d.Name), HeavyShape.Nested));

        private static int[] Where(SyntaxTree tree, Func<Declaration, bool> may, HeavyShape shape) =>
            [.. Declarations.In(tree).Where(d => may(d) && Look(d.NodeIn(tree), OwnText.IsOwn) <= shape).Select(d => d.Span.Start)];
    }
}
