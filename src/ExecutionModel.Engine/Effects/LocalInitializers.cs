using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Effects;

/// <summary>Finds the declarator of a local by its syntax position: a descent along one path of the tree, not a search of all of it.</summary>
internal static class LocalInitializers
{
    public static IOperation? Of(IOperation root, ILocalSymbol local)
    {
        var reference = local.DeclaringSyntaxReferences[0];
        if (reference.SyntaxTree != root.Syntax.SyntaxTree) return null;
        var at = reference.Span;
        for (var node = root; node is not null; node = ChildAround(node, at))
        {
            if (node is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                return declarator.GetVariableInitializer()?.Value;
        }

        return null;
    }

    private static IOperation? ChildAround(IOperation node, TextSpan at)
    {
        if (node is IBlockOperation block) return StatementAround(block.Operations, at);
        foreach (var child in node.ChildOperations)
        {
            if (child.Syntax.Span.Contains(at)) return child;
        }

        return null;
    }

    /// <summary>Statements stand in the order of the text: in a long body each local would otherwise cost a look at all of them.</summary>
    private static IOperation? StatementAround(ImmutableArray<IOperation> statements, TextSpan at)
    {
        var (low, high) = (0, statements.Length);
        while (high > 1 && statements[high - 1].IsImplicit) high--; // the return at a body's end has the body's span; an expression body has nothing else
        while (low < high)
        {
            var middle = (low + high) / 2;
            var span = statements[middle].Syntax.Span;
            if (span.Contains(at)) return statements[middle];
            if (span.Start < at.Start) low = middle + 1;
            else high = middle;
        }

        return null;
    }
}
