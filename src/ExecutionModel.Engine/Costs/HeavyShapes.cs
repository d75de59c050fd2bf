using System.Collections.Concurrent;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

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

/// <summary>Reads off one declaration, from its words and then from its syntax, whether its own body could be heavy.</summary>
internal sealed class HeavyShapes(ProgramModel model)
{
    private static readonly int For = CallWords.HashOf("for");
    private static readonly WordSet Always = new(["CpuBound", "CpuBoundAttribute", "Range", "Repeat"]);

    private readonly FacetWords weighed = new(model, model.QueryFiles.May, model.Catalogue.Weighed);
    private readonly ConcurrentDictionary<SyntaxNode, object> shapes = new();
    private readonly ConcurrentDictionary<SyntaxNode, object> iterators = new();

    /// <summary>Asked by each level of names, and for each member.</summary>
    public HeavyShape Of(SyntaxNode declaration) =>
        (HeavyShape)(shapes.TryGetValue(declaration, out var known) ? known : shapes.GetOrAdd(declaration, d => Suspicious(model.Words.In(d.SyntaxTree, d.Span), d) ? Look(d) : HeavyShape.None));

    /// <summary>An iterator runs when somebody enumerates, not when it is called.</summary>
    public bool Yields(SyntaxNode declaration) => (bool)iterators.GetOrAdd(declaration, static d => d.DescendantNodes().Any(n => n is YieldStatementSyntax));

    /// <summary>Some body of the file could have the shape <see cref="HeavyShape.Counted"/>.</summary>
    public bool MayCount(SyntaxTree tree)
    {
        var calls = model.Words.In(tree);
        for (var i = calls.From; i < calls.End; i++)
        {
            if (Counts(calls, i, tree)) return true;
        }

        return false;
    }

    private bool Counts(WrittenCalls calls, int index, SyntaxTree tree) =>
        calls.NameAt(index) is var name && (name == For || Always.Contains(name) || weighed.Means(name, calls.ReceiverAt(index), tree));

    /// <summary>The words alone: is a look at the nodes worth it?</summary>
    private bool Suspicious(WrittenCalls calls, SyntaxNode declaration)
    {
        var own = SimpleNames.Of(declaration) is { } name ? CallWords.HashOf(name) : 0;
        var (loops, ownCalls) = (0, 0);
        for (var i = calls.From; i < calls.End; i++)
        {
            var word = calls.NameAt(i);
            if (Counts(calls, i, declaration.SyntaxTree)) return true;
            if (CallWords.Loops.Contains(word) && ++loops > 1) return true;
            if (word == own && ++ownCalls > 2) return true; // its declaration and two calls
        }

        return false;
    }

    private HeavyShape Look(SyntaxNode declaration)
    {
        var nested = false;
        var own = SimpleNames.Of(declaration);
        var ownCalls = 0;
        foreach (var node in declaration.DescendantNodes())
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
                    if (name is "Repeat" or "Range" || weighed.Means(CallWords.HashOf(name), ReceiverOf(call), declaration.SyntaxTree)) return HeavyShape.Counted;
                    break;
                case ObjectCreationExpressionSyntax creation when SimpleNames.Of(creation.Type) is { } name:
                    if (weighed.Means(CallWords.HashOf(name), WrittenCalls.None, declaration.SyntaxTree)) return HeavyShape.Counted;
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

    private static int ReceiverOf(InvocationExpressionSyntax call) => call.Expression switch
    {
        SimpleNameSyntax => WrittenCalls.None,
        MemberAccessExpressionSyntax { Expression: var receiver } when SimpleNames.Of(receiver) is { } name => CallWords.HashOf(name),
        _ => WrittenCalls.Unnamed,
    };

    private static bool IsInLoop(SyntaxNode loop, SyntaxNode declaration) => loop.Ancestors().TakeWhile(n => n != declaration).Any(n => n.IsLoop());
}
