using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>One operation that a concurrent body comes to without a lock.</summary>
/// <param name="Frame">The function that holds it.</param>
/// <param name="Via">The call of the body that leads to another member; null where the operation stands in the body itself.</param>
/// <param name="Overlap">How sure it is that another run may be there at the same moment.</param>
/// <param name="Pinned">The runs take turns on one thread: they change places at awaits only.</param>
internal sealed record Reached(IOperation Operation, Frame Frame, IOperation? Via, Confidence Overlap, bool Pinned);

/// <summary>
/// Walks what a concurrent body runs: itself, lambdas that a call runs on the spot, local functions, methods of the same object to a small depth. What stands
/// behind a lock is left out, and so is what runs before the bodies part.
/// </summary>
internal sealed class ReachedCode
{
    private const int Depth = 2;
    private const int MostOperations = 2000;
    private readonly ProgramModel model;
    private readonly FlatBody member;
    private readonly ConcurrentBody body;
    private readonly Guards guards;
    private readonly List<Reached> found = [];
    private readonly HashSet<IOperation> entered = [];
    private readonly Func<IOperation, bool> wanted;
    private readonly Confidence context;
    private int operations;

    private ReachedCode(ProgramModel model, FlatBody member, ConcurrentBody body, Func<IOperation, bool> wanted)
    {
        this.wanted = wanted;
        this.model = model;
        this.member = member;
        this.body = body;
        guards = new Guards(model);
        context = body.Overlap == Overlap.Threads ? Confidence.Certain : ContextOf(model, body);
    }

    public static IReadOnlyList<Reached> Of(ProgramModel model, FlatBody member, ConcurrentBody body, Func<IOperation, bool> wanted)
    {
        var walk = new ReachedCode(model, member, body, wanted);
        walk.Enter(body.Frame, body.Frame, body.Started, new Parting(static () => Confidence.Unknown), Depth);
        return walk.found;
    }

    /// <summary>Continuations run on the pool, on one thread that a context keeps (unknown: they don't overlap), or, in a library, where its caller says.</summary>
    private static Confidence ContextOf(ProgramModel model, ConcurrentBody body)
    {
        var host = model.App.HostOf(body.Outer);
        if (host is Host.Unstated) host = model.App.Application;
        if (host is Host.Ui or Host.Turn or Host.Orchestrator or Host.Browser || model.App.IsClassicAspNet) return Confidence.Unknown;
        return host is Host.Unstated ? Confidence.Likely : Confidence.Certain;
    }

    private void Enter(Frame frame, Frame function, IOperation? via, Parting apart, int depth)
    {
        if (entered.Add(frame.Root)) Walk(frame.Root, frame, function, via, apart, depth);
    }

    /// <param name="function">The activation that the code belongs to: a lambda that is run on the spot belongs to its caller's.</param>
    /// <param name="apart">How sure it is that the runs have parted before the code begins.</param>
    private void Walk(IOperation operation, Frame frame, Frame function, IOperation? via, Parting apart, int depth)
    {
        if (++operations > MostOperations) return;
        foreach (var child in operation.ChildOperations)
        {
            if (child is ILocalFunctionOperation or INameOfOperation or ITypeOfOperation) continue;
            if (child is IAnonymousFunctionOperation lambda)
            {
                if (AppModel.HandedTo(lambda) is { } call && RunsHere(call) && member.FrameOf(lambda) is { } inner && !guards.Hold(frame, lambda)) Enter(inner, function, via, Before(lambda, function, apart), depth);
                continue;
            }

            Walk(child, frame, function, via, apart, depth);
        }

        var isWanted = wanted(operation);
        if (!isWanted && operation is not IInvocationOperation || guards.Hold(frame, operation)) return;
        var overlap = Before(operation, function, apart);
        if (isWanted) found.Add(new Reached(operation, frame, via, overlap.Sure, context == Confidence.Unknown));
        if (operation is not IInvocationOperation called) return;
        if (called.TargetMethod.MethodKind == MethodKind.LocalFunction)
        {
            if (member.Frames.FirstOrDefault(f => f.Function is not null && SymbolEqualityComparer.Default.Equals(f.Method, called.TargetMethod.OriginalDefinition)) is { } local) Enter(local, local, via, overlap, depth);
        }
        else if (depth > 0 && SharedPlaces.IsOfThisObject(called.TargetMethod, called.Instance) && model.SourceBodies.Of(called.TargetMethod) is { } callee)
        {
            Enter(callee.Frames[0], callee.Frames[0], via ?? called, overlap, depth - 1);
        }
    }

    private bool RunsHere(IInvocationOperation call) =>
        model.Catalogue.Of(call.TargetMethod) is { Invokes: >= 0, Offloads: false } && call.TargetMethod.ContainingType.Name is not ("Queryable" or "ParallelEnumerable" or "Lazy");

    private Parting Before(IOperation operation, Frame function, Parting apart) => new(() => At(operation, function, apart));

    /// <summary>How sure it is that another run can be at the operation at the same moment.</summary>
    private Confidence At(IOperation operation, Frame function, Parting apart)
    {
        if (body.Overlap == Overlap.Threads) return body.Confidence;
        var best = apart.Sure;
        foreach (var wait in function.Awaits)
        {
            if (best == Confidence.Certain) break;
            if (!Precedes(wait, operation)) continue;
            var sure = Pauses.Of(model, wait).And(wait.Operation.Plain().DropsContext() ? Confidence.Certain : context);
            if (sure > best) best = sure;
        }

        return best;
    }

    /// <summary>It has been waited for when the operation runs: before it in the text, or in an earlier turn of a loop around both.</summary>
    private static bool Precedes(IAwaitOperation wait, IOperation operation)
    {
        if (wait.Syntax.Span.End <= operation.Syntax.SpanStart || !ReferenceEquals(wait, operation) && wait.IsInside(operation)) return true;
        for (var o = operation.Parent; o is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; o = o.Parent)
        {
            if (o is ILoopOperation loop && wait.IsInside(loop.Body)) return true;
        }

        return false;
    }

    /// <summary>How sure it is that the runs have parted, found out only where something is found: it asks what every await before it waits for.</summary>
    private sealed class Parting(Func<Confidence> find)
    {
        private Func<Confidence>? open = find;
        private Confidence sure;

        public Confidence Sure
        {
            get
            {
                if (open is not null) (sure, open) = (open(), null);
                return sure;
            }
        }
    }
}
