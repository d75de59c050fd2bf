using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

public enum ThreadKind
{
    /// <summary><c>Parallel.For</c>, <c>ForEach</c>, <c>Invoke</c>.</summary>
    Loop,

    /// <summary>PLINQ.</summary>
    Query,

    /// <summary><c>Task.Run</c>.</summary>
    Pool,

    /// <summary><c>new Thread</c>.</summary>
    Thread,
}

/// <summary>Lambdas handed to a call that runs them on threads of their own.</summary>
/// <param name="Api">The call or object creation.</param>
/// <param name="Functions">The frames of the lambdas.</param>
/// <param name="Outer">The frame that holds the call.</param>
public sealed record ThreadWork(IOperation Api, IMethodSymbol Method, ThreadKind Kind, IReadOnlyList<Frame> Functions, Frame Outer)
{
    /// <summary>One of these words, as <see cref="CallWords.HashOf"/>, stands wherever there is one.</summary>
    public static WordSet Names { get; } = new(["Run", "StartNew", "For", "ForEach", "Invoke", "Thread", "AsParallel"]);

    public static IEnumerable<ThreadWork> In(ProgramModel model, FlatBody body)
    {
        var works = new List<(IOperation Api, IMethodSymbol Method, ThreadKind Kind, List<Frame> Functions)>();
        foreach (var frame in body.Frames)
        {
            if (frame is not { Function: IAnonymousFunctionOperation lambda, Outer: not null } || ApiOf(lambda) is not { } api) continue;
            var known = works.FindIndex(w => ReferenceEquals(w.Api, api));
            if (known >= 0) works[known].Functions.Add(frame);
            else if (MethodOf(api) is { } method && KindOf(model, method) is { } kind) works.Add((api, method, kind, [frame]));
        }

        return works.Select(w => new ThreadWork(w.Api, w.Method, w.Kind, w.Functions, w.Functions[0].Outer!));
    }

    /// <summary>The await of what the call gives: the caller waits for the thread, and for nothing else meanwhile.</summary>
    public IAwaitOperation? Await => Api.Above() switch
    {
        IAwaitOperation wait => wait,
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured => configured.Above() as IAwaitOperation,
        _ => null,
    };

    private static IMethodSymbol? MethodOf(IOperation api) => (api as IInvocationOperation)?.TargetMethod ?? (api as IObjectCreationOperation)?.Constructor;

    private static ThreadKind? KindOf(ProgramModel model, IMethodSymbol method)
    {
        var type = method.ContainingType;
        if (SymbolEqualityComparer.Default.Equals(type, model.Types.Thread)) return ThreadKind.Thread;
        if (model.Catalogue.Of(method) is not { Offloads: true }) return null;
        if (SymbolEqualityComparer.Default.Equals(type, model.Types.Task)) return ThreadKind.Pool;
        if (type.Name == "ParallelEnumerable") return ThreadKind.Query;
        return SymbolEqualityComparer.Default.Equals(type, model.Types.Parallel) && !model.Types.IsTaskLike(method.ReturnType) ? ThreadKind.Loop : null;
    }

    /// <summary>The call or object creation that takes the lambda, alone or in a list.</summary>
    internal static IOperation? ApiOf(IAnonymousFunctionOperation lambda)
    {
        var operation = lambda.Parent;
        while (operation is IDelegateCreationOperation or IConversionOperation or IParenthesizedOperation or IArrayInitializerOperation or IArrayCreationOperation) operation = operation.Parent;
        return (operation as IArgumentOperation)?.Parent;
    }
}
