using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Says by names alone which methods reach what somebody looks for: they hold it themselves, or call, by name, a method that does. A yes only costs a look at
/// the body; a no spares it. What it can't see: constructors behind a target-typed <c>new()</c>.
/// </summary>
/// <param name="depth">Source calls followed.</param>
/// <param name="inFile">A cheap no for all declarations of a file: it is not parsed for them.</param>
/// <param name="holds">The declaration holds it itself.</param>
internal sealed class NameReach(ProgramModel model, int depth, Func<SyntaxTree, bool> inFile, Func<SyntaxNode, bool> holds)
{
    private readonly object gate = new();
    private ReachedNames[]? levels;

    /// <summary>The method, or what it calls within so many source calls.</summary>
    public bool May(IMethodSymbol method, int reach)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            if (holds(declaration)) return true;
            if (reach > 0 && Calls(declaration, reach - 1)) return true;
        }

        return false;
    }

    /// <summary>Something that is called there reaches it within so many further calls.</summary>
    public bool Calls(SyntaxNode body, int reach) => Calls(body, Levels()[reach]);

    private bool Calls(SyntaxNode body, ReachedNames names) => names.AreIn(model.Words.In(body.SyntaxTree, body.Span), body.SyntaxTree);

    /// <summary>
    /// Names of the methods that hold it themselves, with one call between, with two, and so on. Only files with a word that matters are parsed for their
    /// declarations, so that a compilation without any costs little more than a look at its text.
    /// </summary>
    private ReachedNames[] Levels()
    {
        lock (gate)
        {
            if (levels is not null) return levels;
            var found = new ReachedNames[depth];
            found[0] = new ReachedNames(model.WrittenNames);
            foreach (var tree in model.Compilation.SyntaxTrees)
            {
                if (!inFile(tree)) continue;
                foreach (var declaration in model.Declarations.In(tree))
                {
                    if (holds(declaration.Node)) found[0].Add(declaration);
                }
            }

            for (var level = 1; level < depth; level++)
            {
                found[level] = new ReachedNames(found[level - 1]);
                foreach (var tree in model.Compilation.SyntaxTrees)
                {
                    if (!found[level - 1].AreIn(model.Words.In(tree), tree)) continue;
                    foreach (var declaration in model.Declarations.In(tree))
                    {
                        if (Calls(declaration.Node, found[level - 1])) found[level].Add(declaration);
                    }
                }
            }

            return levels = found;
        }
    }
}
