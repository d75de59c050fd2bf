using System.Collections.Concurrent;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>What an asynchronous operation computes on its caller's thread, before the caller has its task.</summary>
/// <param name="Completes">Nothing in it waits: the task is done when the caller gets it.</param>
public sealed record SynchronousPrefix(CpuCost Cost, bool Completes)
{
    internal static readonly SynchronousPrefix Unseen = new(CpuCost.None, false);
}

/// <summary>
/// Answers: how much of an operation runs before its first await that truly waits? An await of a finished task goes straight on, and so does one of an
/// operation that only computes. What can't be seen is taken for a wait.
/// </summary>
public sealed class SynchronousPrefixes(ProgramModel model, CostModel costs)
{
    /// <summary>Asynchronous operations followed into each other; what each calls to compute is followed as far as the cost model does.</summary>
    private const int Reach = 3;

    private readonly ConcurrentDictionary<IMethodSymbol, SynchronousPrefix>[] byMethod = Enumerable.Range(0, Reach + 1)
        .Select(_ => new ConcurrentDictionary<IMethodSymbol, SynchronousPrefix>(SymbolEqualityComparer.Default)).ToArray();

    /// <param name="start">A lambda, a method group, or a call with its operands.</param>
    public SynchronousPrefix Of(IOperation start) => start switch
    {
        IAnonymousFunctionOperation lambda => PrefixWalk.Of(lambda.Body, lambda.Symbol.IsAsync, model, costs, Reach, inMethod: false),
        IMethodReferenceOperation group => OfMethod(group.Method, Reach),
        _ => PrefixWalk.Of(start, isAsync: false, model, costs, Reach, inMethod: false),
    };

    /// <summary>The member itself, whoever calls it.</summary>
    public SynchronousPrefix Of(IMethodSymbol method) => OfMethod(method, Reach);

    /// <summary>The same for a body that is walked already.</summary>
    internal SynchronousPrefix OfBody(IOperation body, bool isAsync) => PrefixWalk.Of(body, isAsync, model, costs, Reach, inMethod: true);

    internal SynchronousPrefix OfCall(IInvocationOperation call, int reach, bool inMethod)
    {
        var prefix = OfMethod(call.TargetMethod, reach);
        return prefix.Cost.Terms.IsEmpty ? prefix : prefix with { Cost = CallWeight.Substitute(prefix.Cost, call.Arguments, inMethod) };
    }

    private SynchronousPrefix OfMethod(IMethodSymbol method, int reach)
    {
        if (reach == 0) return SynchronousPrefix.Unseen;
        if (model.Catalogue.Of(method) is { Waiting: not Waiting.Unstated }) return SynchronousPrefix.Unseen;
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        if (!SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly)) return SynchronousPrefix.Unseen;
        if (byMethod[reach].TryGetValue(method, out var known)) return known;
        return byMethod[reach].GetOrAdd(method, Find(method, reach));
    }

    /// <summary>Behind an interface stands its only implementation, as far as one can see: what that computes is usual, not sure.</summary>
    private SynchronousPrefix Find(IMethodSymbol method, int reach)
    {
        if (SourceFilter.StartsHere(method)) return OfBody(method, reach);
        if (method.ContainingType.TypeKind != TypeKind.Interface || model.Implementations.Of(method.ContainingType) is not [var only]) return SynchronousPrefix.Unseen;
        if (TypeShapes.Implementing(method, only) is not { } target || !SourceFilter.StartsHere(target)) return SynchronousPrefix.Unseen;
        var prefix = OfBody(target.OriginalDefinition, reach);
        return new SynchronousPrefix(prefix.Cost.Perhaps(), false);
    }

    private SynchronousPrefix OfBody(IMethodSymbol method, int reach) => model.SourceBodies.Of(method) is { Frames: [{ Outer: null } frame, ..] }
        ? PrefixWalk.Of(frame.Root, method.IsAsync, model, costs, reach - 1, inMethod: true)
        : SynchronousPrefix.Unseen;
}
