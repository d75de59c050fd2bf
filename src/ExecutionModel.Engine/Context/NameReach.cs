using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Says by names alone which methods reach what somebody looks for: they hold it themselves, or call, by name, a method that does. A yes only costs a look at
/// the body; a no spares it. What it can't see: constructors behind a target-typed <c>new()</c>.
/// </summary>
/// <param name="kept">Of earlier compilations that looked for the same.</param>
/// <param name="holding">The declarations of a file that hold it themselves, outside of their lambdas.</param>
/// <param name="holds">A declaration, or a piece of a body, holds it, in a lambda or not.</param>
/// <param name="holdsItself">Holds it outside of its lambdas.</param>
internal sealed class NameReach(ProgramModel model, NameReach.Kept kept, Func<SyntaxTree, IEnumerable<Declaration>> holding, Func<SyntaxNode, bool> holds, Func<SyntaxNode, bool> holdsItself)
{
    private readonly Lazy<Level[]> levels = new(() => Levels(model, kept, holding));

    /// <summary>The method, or what it calls within so many source calls.</summary>
    public bool May(IMethodSymbol method, int reach) => Any(method, code => May(code, reach));

    /// <summary>As <see cref="May(IMethodSymbol, int)"/>, for what runs when it is called: its lambdas only if somebody calls them.</summary>
    public bool MayWhenCalled(IMethodSymbol method, int reach) => Any(method, code => May(code, reach) && (holdsItself(code) || reach > 0 && OwnText.Of(code, model.Words).Any(s => Calls(code.SyntaxTree, s, reach - 1))));

    /// <summary>The same for a declaration, or a piece of a body.</summary>
    public bool May(SyntaxNode code, int reach) => holds(code) || reach > 0 && Calls(code, reach - 1);

    /// <summary>Something that is called there reaches it within so many further calls.</summary>
    public bool Calls(SyntaxNode body, int reach) => Calls(body.SyntaxTree, body.Span, reach);

    private bool Calls(SyntaxTree tree, TextSpan span, int reach) => levels.Value[reach].Names.AreIn(tree, span);

    private static bool Any(IMethodSymbol method, Func<SyntaxNode, bool> may)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (may(reference.GetSyntax())) return true;
        }

        return false;
    }

    private static Level[] Levels(ProgramModel model, Kept kept, Func<SyntaxTree, IEnumerable<Declaration>> holding)
    {
        var all = new Level[kept.Depth];
        for (var level = 0; level < all.Length; level++) all[level] = level == 0 ? new Level(model, holding, kept.CallersOf(level)) : new Level(all[level - 1], kept.CallersOf(level));
        return all;
    }

    /// <summary>Who calls a name of each level, file by file, for one thing that is looked for.</summary>
    /// <param name="depth">Source calls followed.</param>
    internal sealed class Kept(int depth)
    {
        private readonly LastAnswers<ReachedNames, Declaration[]>[] callers = [.. Enumerable.Range(1, depth - 1).Select(_ => new LastAnswers<ReachedNames, Declaration[]>(static (one, other) => one.IsSame(other), Calling))];

        public int Depth => depth;

        /// <summary>Null for the last level, which nobody follows further.</summary>
        public LastAnswers<ReachedNames, Declaration[]>? CallersOf(int level) => level < callers.Length ? callers[level] : null;

        private static Declaration[] Calling(SyntaxTree tree, ReachedNames names) =>
            names.AreIn(tree) ? [.. Declarations.In(tree).Where(d => names.AreIn(tree, d.Span) && d.OwnIn(tree, names.Words).Any(s => names.AreIn(tree, s)))] : [];
    }

    /// <summary>
    /// Names of the methods that hold it themselves, or from which one more call leads to it than on the level below. Only files with a word that matters are
    /// parsed for their declarations, so that a compilation without any costs little more than a look at its text.
    /// </summary>
    private sealed class Level
    {
        private readonly SyntaxTree[] files;
        private readonly LastAnswers<ReachedNames, Declaration[]>? callers;
        private readonly Func<ReachedNames> below;
        private readonly SharedPass<Declaration[]> pass;
        private ReachedNames? names;

        public Level(ProgramModel model, Func<SyntaxTree, IEnumerable<Declaration>> holding, LastAnswers<ReachedNames, Declaration[]>? callers)
        {
            (files, this.callers) = ([.. model.Compilation.SyntaxTrees], callers);
            below = () => new ReachedNames(model.Words);
            pass = new(files, tree => [.. holding(tree)]);
        }

        public Level(Level nearer, LastAnswers<ReachedNames, Declaration[]>? callers)
        {
            (files, this.callers) = (nearer.files, callers);
            below = () => new ReachedNames(nearer.Names);
            pass = new(files, tree => nearer.callers!.Of(tree, nearer.Names));
        }

        public ReachedNames Names => Volatile.Read(ref names) ?? Find();

        private ReachedNames Find()
        {
            var found = below();
            foreach (var file in pass.Results())
            {
                foreach (var declaration in file ?? []) found.Add(declaration);
            }

            return Interlocked.CompareExchange(ref names, callers?.Known(files, found) ?? found, null) ?? names;
        }
    }
}
