using System.Collections.Concurrent;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// Says from text and syntax alone which methods could be heavy: by their own shape, or because they call, by name, such a method. A yes only costs a look at
/// the body; a no spares it. What it can't see: constructors behind a target-typed <c>new()</c>.
/// </summary>
/// <param name="depth">Source calls followed.</param>
internal sealed class HeavyReach(ProgramModel model, int depth)
{
    private readonly HeavyShapes shapes = new(model);
    private readonly ConcurrentDictionary<SyntaxTree, List<Declaration>> declarations = new();
    private readonly object gate = new();
    private readonly HashSet<int>[]?[] levels = new HashSet<int>[2][];

    /// <summary>Marks of other projects can't be seen by name: then every body may be heavy. Packages describe themselves by a catalogue.</summary>
    private readonly Lazy<bool> marksElsewhere =
        new(() => model.Compilation.SourceModule.ReferencedAssemblySymbols.Any(a => model.Implementations.IsOfThisSolution(a) && a.TypeNames.Contains("CpuBoundAttribute")));

    /// <summary>The method, or what it calls within so many source calls, has the shape or a surer one.</summary>
    public bool May(IMethodSymbol method, int reach, HeavyShape shape)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            var declaration = reference.GetSyntax();
            if (shapes.Of(declaration) <= shape) return true;
            if (reach > 0 && model.Words.HasAny(declaration.SyntaxTree, declaration.Span, Levels(shape)[reach - 1])) return true;
        }

        return marksElsewhere.Value;
    }

    /// <summary>As <see cref="May"/>, for what a call runs at once.</summary>
    public bool MayWhenCalled(IMethodSymbol method, int reach, HeavyShape shape) =>
        May(method, reach, shape) && !method.DeclaringSyntaxReferences.Any(r => shapes.Yields(r.GetSyntax()));

    /// <summary>
    /// Names of the methods that have the shape themselves, with one call between, with two, and so on. Only files with a word that matters are parsed for their
    /// declarations, so that a compilation without heavy code costs little more than a look at its text.
    /// </summary>
    private HashSet<int>[] Levels(HeavyShape shape)
    {
        lock (gate)
        {
            if (levels[(int)shape] is { } known) return known;
            var found = new HashSet<int>[depth];
            found[0] = [];
            foreach (var tree in model.Compilation.SyntaxTrees)
            {
                if (shape == HeavyShape.Counted && !shapes.MayCount(tree)) continue;
                foreach (var declaration in DeclarationsOf(tree))
                {
                    if (shapes.Of(declaration.Node) <= shape) found[0].Add(declaration.Name);
                }
            }

            for (var level = 1; level < depth; level++)
            {
                found[level] = new HashSet<int>(found[level - 1]);
                foreach (var tree in model.Compilation.SyntaxTrees)
                {
                    if (!model.Words.HasAny(tree, found[level - 1])) continue;
                    foreach (var declaration in DeclarationsOf(tree))
                    {
                        if (model.Words.HasAny(tree, declaration.Node.Span, found[level - 1])) found[level].Add(declaration.Name);
                    }
                }
            }

            return levels[(int)shape] = found;
        }
    }

    /// <summary>Methods by name, constructors by their type's; bodies are not entered.</summary>
    private List<Declaration> DeclarationsOf(SyntaxTree tree) => declarations.GetOrAdd(tree, static t =>
    {
        var found = new List<Declaration>();
        foreach (var node in t.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            var name = node switch
            {
                MethodDeclarationSyntax method when RunsWhenCalled(method) => method.Identifier.ValueText,
                ConstructorDeclarationSyntax { Body.Statements.Count: > 0 } constructor => constructor.Identifier.ValueText,
                _ => null,
            };
            if (name is not null) found.Add(new Declaration(CallWords.HashOf(name), node));
        }

        return found;
    });

    /// <summary>Asynchronous methods are on async paths of their own; methods without a body count for what is written on them.</summary>
    private static bool RunsWhenCalled(MethodDeclarationSyntax method)
    {
        if (method.Body is null && method.ExpressionBody is null) return method.AttributeLists.Count > 0;
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return false;
        return method.ReturnType is not SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } || method.AttributeLists.Count > 0;
    }

    private sealed record Declaration(int Name, SyntaxNode Node);
}
