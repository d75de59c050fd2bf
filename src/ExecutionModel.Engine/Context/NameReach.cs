using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Says by names alone which methods reach what somebody looks for: they hold it themselves, or call, by name, a method that does. A yes only costs a look at
/// the body; a no spares it. What it can't see: constructors behind a target-typed <c>new()</c>.
/// </summary>
/// <param name="depth">Source calls followed.</param>
/// <param name="holding">The declarations of a file that hold it themselves, outside of their lambdas.</param>
/// <param name="holds">A declaration, or a piece of a body, holds it, in a lambda or not.</param>
/// <param name="holdsItself">Holds it outside of its lambdas.</param>
internal sealed class NameReach(ProgramModel model, int depth, Func<SyntaxTree, IEnumerable<Declaration>> holding, Func<SyntaxNode, bool> holds, Func<SyntaxNode, bool> holdsItself)
{
    private readonly Lazy<Level[]> levels = new(() => Levels(model, depth, holding));

    /// <summary>The method, or what it calls within so many source calls.</summary>
    public bool May(IMethodSymbol method, int reach) => Any(method, code => May(code, reach));

    /// <summary>As <see cref="May(IMethodSymbol, int)"/>, for what runs when it is called: its lambdas only if somebody calls them.</summary>
    public bool MayWhenCalled(IMethodSymbol method, int reach) => Any(method, code => May(code, reach) && (holdsItself(code) || reach > 0 && OwnText.Of(code).Any(s => Calls(code.SyntaxTree, s, reach - 1))));

    /// <summary>The same for a declaration, or a piece of a body.</summary>
    public bool May(SyntaxNode code, int reach) => holds(code) || reach > 0 && Calls(code, reach - 1);

    /// <summary>Something that is called there reaches it within so many further calls.</summary>
    public bool Calls(SyntaxNode body, int reach) => Calls(body.SyntaxTree, body.Span, reach);

    private bool Calls(SyntaxTree tree, TextSpan span, int reach) => levels.Value[reach].Names.AreIn(model.Words.In(tree, span), tree);

    private static bool Any(IMethodSymbol method, Func<SyntaxNode, bool> may)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (may(reference.GetSyntax())) return true;
        }

        return false;
    }

    private static Level[] Levels(ProgramModel model, int depth, Func<SyntaxTree, IEnumerable<Declaration>> holding)
    {
        var all = new Level[depth];
        for (var level = 0; level < depth; level++) all[level] = new Level(model, level == 0 ? null : all[level - 1], holding);
        return all;
    }

    /// <summary>
    /// Names of the methods that hold it themselves, or from which one more call leads to it than on the level below. Only files with a word that matters are
    /// parsed for their declarations, so that a compilation without any costs little more than a look at its text.
    /// </summary>
    private sealed class Level
    {
        private readonly ProgramModel model;
        private readonly Level? below;
        private readonly SharedPass<List<Declaration>> pass;
        private ReachedNames? names;

        public Level(ProgramModel model, Level? below, Func<SyntaxTree, IEnumerable<Declaration>> holding)
        {
            (this.model, this.below) = (model, below);
            pass = new([.. model.Compilation.SyntaxTrees], below is null ? tree => [.. holding(tree)] : Calling);
        }

        public ReachedNames Names => Volatile.Read(ref names) ?? Find();

        private ReachedNames Find()
        {
            var found = below is null ? new ReachedNames() : new ReachedNames(below.Names);
            foreach (var file in pass.Results())
            {
                foreach (var declaration in file ?? []) found.Add(declaration);
            }

            return Interlocked.CompareExchange(ref names, found, null) ?? found;
        }

        private List<Declaration> Calling(SyntaxTree tree)
        {
            var nearer = below!.Names;
            bool IsIn(TextSpan span) => nearer.AreIn(model.Words.In(tree, span), tree);
            return nearer.AreIn(model.Words.In(tree), tree) ? [.. Declarations.In(tree).Where(d => IsIn(d.Span) && d.OwnIn(tree).Any(IsIn))] : [];
        }
    }
}
