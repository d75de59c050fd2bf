using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Finds the declarator of a local by its syntax position: a descent along one path of the tree, not a search of all of it.</summary>
internal static class LocalInitializers
{
    public static IOperation? Of(IOperation root, ILocalSymbol local)
    {
        var reference = local.DeclaringSyntaxReferences[0];
        if (reference.SyntaxTree != root.Syntax.SyntaxTree) return null;
        var at = reference.Span;
        var node = root;
        while (true)
        {
            if (node is IVariableDeclaratorOperation declarator && SymbolEqualityComparer.Default.Equals(declarator.Symbol, local))
                return declarator.GetVariableInitializer()?.Value;
            IOperation? next = null;
            foreach (var child in node.ChildOperations)
            {
                if (!child.Syntax.Span.Contains(at)) continue;
                next = child;
                break;
            }

            if (next is null) return null;
            node = next;
        }
    }
}
