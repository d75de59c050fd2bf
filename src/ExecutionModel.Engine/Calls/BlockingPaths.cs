using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>How a call of a synchronous method ends in blocking I/O.</summary>
/// <param name="Methods">From the method that is called to the one that blocks.</param>
/// <param name="Leaf">The blocking call at the end.</param>
/// <param name="Counterpart">What the last method could await instead.</param>
public sealed record BlockingPath(ImmutableArray<IMethodSymbol> Methods, BlockingCall Leaf, AsyncCounterpart Counterpart)
{
    public Confidence Confidence { get; init; }
}

/// <summary>
/// Follows calls of the compilation's own synchronous methods to the I/O that blocks in them. What a method does once and then remembers, or only while it
/// handles a fault, is no reason to make its callers wait asynchronously.
/// </summary>
public sealed class BlockingPaths
{
    private const int Reach = 3;

    private static readonly NameReach.Kept Callers = new(Reach);

    private readonly ProgramModel model;
    private readonly Lazy<BlockingWords> words;
    private readonly NameReach names;
    private readonly ConcurrentDictionary<IMethodSymbol, BlockingPath?>[] memo;

    internal BlockingPaths(ProgramModel model)
    {
        this.model = model;
        words = new(() => new BlockingWords(model));
        names = new NameReach(model, Callers, tree => words.Value.BlockingIn(tree), code => words.Value.MayStandIn(code.SyntaxTree, code.Span), code => OwnText.Of(code, model.Words).Any(s => words.Value.MayStandIn(code.SyntaxTree, s)));
        memo = [.. Enumerable.Range(0, Reach + 1).Select(_ => new ConcurrentDictionary<IMethodSymbol, BlockingPath?>(SymbolEqualityComparer.Default))];
    }

    /// <summary>A cheap no, from the text alone: nothing that is called there blocks on I/O, itself or further down.</summary>
    public bool MayStandIn(SyntaxNode body) => words.Value.AreNamedIn(body) || names.Calls(body, Reach - 1);

    /// <summary>The way from the call to blocking I/O; null where none is known.</summary>
    public BlockingPath? Of(IInvocationOperation call) => Of(call, Reach);

    private BlockingPath? Of(IInvocationOperation call, int depth)
    {
        if (depth == 0 || model.Types.IsTaskLike(call.TargetMethod.OriginalDefinition.ReturnType) || Behind(call.TargetMethod.OriginalDefinition) is not { } method) return null;
        if (memo[depth].TryGetValue(method, out var known)) return known;
        return memo[depth].GetOrAdd(method, Compute(method, depth));
    }

    /// <summary>The body that runs; of an interface's method that of its only implementation.</summary>
    private IMethodSymbol? Behind(IMethodSymbol method)
    {
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly) || model.Catalogue.Of(method) is not null) return null;
        if (method.ContainingType.TypeKind == TypeKind.Interface && method.IsAbstract)
            return model.Implementations.Of(method.ContainingType) is [var only] && TypeShapes.Implementing(method, only) is { IsAsync: false } target ? target.OriginalDefinition : null;
        return SourceFilter.RunsHere(method) ? method : null;
    }

    private BlockingPath? Compute(IMethodSymbol method, int depth)
    {
        if (model.Types.IsTaskLike(method.ReturnType) || method.IsAbstract || !names.MayWhenCalled(method, depth - 1)) return null;
        if (model.SourceBodies.Of(method) is not { } body || body.Frames.FirstOrDefault(f => f.Outer is null) is not { } frame) return null;
        if (method.ReturnType.Name is "IEnumerable" or "IEnumerator" && frame.Root.Syntax.DescendantNodes().Any(n => n is YieldStatementSyntax)) return null;
        foreach (var call in frame.Calls)
        {
            if (Step(call, frame, method, depth) is not { } path || Occasion.Of(call, frame) is not { IsRare: false } occasion) continue;
            if (AwaitPlace.ObstacleAt(model, frame, call) is not null) continue;
            return path with { Confidence = occasion.Always ? path.Confidence : path.Confidence.And(Confidence.Likely) };
        }

        return null;
    }

    private BlockingPath? Step(IInvocationOperation call, Frame frame, IMethodSymbol method, int depth)
    {
        if (model.Blocking.Io(call) is { } leaf)
            return model.Counterparts.Of(call, leaf.Facts, frame).Found is { } form ? new BlockingPath([method], leaf, form) { Confidence = leaf.Confidence } : null;
        return Of(call, depth - 1) is { } further ? further with { Methods = further.Methods.Insert(0, method), Confidence = IsOpen(call) ? further.Confidence.And(Confidence.Likely) : further.Confidence } : null;
    }

    private static bool IsOpen(IInvocationOperation call) => call.TargetMethod.IsAbstract;
}
