using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: which functions of a body run at once? Bodies of <c>Parallel</c> and PLINQ, tasks and threads started in a loop, operations that one call waits
/// for together. A limit of one is none of them.
/// </summary>
public static class ConcurrentBodies
{
    /// <summary>One of these words, as <see cref="CallWords.HashOf"/>, stands wherever there is one.</summary>
    public static WordSet Names { get; } = new(["Run", "StartNew", "QueueUserWorkItem", "For", "ForEach", "ForEachAsync", "ForAsync", "Invoke", "Thread", "AsParallel", "WhenAll", "WhenAny", "WhenEach", "WaitAll", "WaitAny"]);

    /// <summary>A cheap no, from text.</summary>
    public static bool MayStandIn(ProgramModel model, SyntaxNode body) =>
        model.Words.HasAny(body.SyntaxTree, body.Span, Names) || model.Signals.Has(body.SyntaxTree, body.Span, Signal.AwaitedName, enough: 2);

    public static IReadOnlyList<ConcurrentBody> In(ProgramModel model, FlatBody body)
    {
        var found = new List<ConcurrentBody>();
        foreach (var frame in body.Frames)
        {
            foreach (var call in frame.Calls)
            {
                if (StartedTogether.IsJoin(model, call) && StartedTogether.Of(model, call, body.Values) is { } together) found.AddRange(Joined(model, body, frame, together));
                else if (call.TargetMethod.ContainingType.Name is "Parallel" or "ParallelEnumerable" && Offloads(model, call.TargetMethod) && !IsOneAtATime(call, body.Values)) found.AddRange(Groups(model, body, frame, call));
            }

            foreach (var tasks in StartedTasks.MayBeIn(frame) ? StartedTasks.In(model, frame, body.Values) : [])
            {
                found.AddRange(Joined(model, body, frame, new StartedTogether(tasks.Tasks[0].Await, [.. tasks.Tasks.Select(t => t.Start)], null)));
            }
        }

        foreach (var frame in body.Frames)
        {
            if (frame is { Function: IAnonymousFunctionOperation lambda, Outer: { } outer } && ThreadWork.ApiOf(lambda) is { } api && found.TrueForAll(f => f.Frame != frame) && Handed(model, body, frame, outer, api) is { } handed) found.Add(handed);
        }

        return found;
    }

    private static IEnumerable<ConcurrentBody> Joined(ProgramModel model, FlatBody body, Frame outer, StartedTogether together)
    {
        var isMany = together.FanOut is not null;
        foreach (var start in together.Starts)
        {
            var turn = together.FanOut?.Loop ?? start;
            switch (start)
            {
                case IAnonymousFunctionOperation lambda when body.FrameOf(lambda) is { } frame:
                    if (frame.IsAsync) yield return new ConcurrentBody(frame, together.Join, Overlap.Awaits, isMany, outer, turn, Confidence.Certain);
                    foreach (var inner in frame.IsAsync ? [] : Offloaded(model, body, frame)) yield return new ConcurrentBody(inner, together.Join, Overlap.Threads, isMany, outer, turn, Confidence.Certain);
                    foreach (var call in frame.IsAsync ? [] : frame.Calls.Where(c => c.Parent is IReturnOperation))
                    {
                        if (Called(model, body, call.TargetMethod, call.Instance) is { } called) yield return new ConcurrentBody(called, together.Join, Overlap.Awaits, isMany, outer, turn, Confidence.Certain) { Started = Elsewhere(called, call) };
                    }

                    break;
                case IMethodReferenceOperation group when Called(model, body, group.Method, group.Instance) is { } called:
                    yield return new ConcurrentBody(called, together.Join, Overlap.Awaits, isMany, outer, turn, Confidence.Certain) { Started = Elsewhere(called, group) };
                    break;
                case IInvocationOperation call:
                    var handed = body.Frames.Where(f => f.Function is IAnonymousFunctionOperation l && ReferenceEquals(ThreadWork.ApiOf(l), call)).ToList();
                    if (handed.Count > 0 && Offloads(model, call.TargetMethod)) yield return new ConcurrentBody(handed[0], together.Join, Overlap.Threads, isMany, outer, turn, Confidence.Certain);
                    else if (Called(model, body, call.TargetMethod, call.Instance) is { } called)
                        yield return new ConcurrentBody(called, together.Join, Overlap.Awaits, isMany || together.Starts.Count(s => s is IInvocationOperation other && SymbolEqualityComparer.Default.Equals(other.TargetMethod, call.TargetMethod)) > 1, outer, turn, Confidence.Certain) { Started = Elsewhere(called, call) };
                    break;
            }
        }
    }

    /// <summary><c>Parallel.ForEach(items, Process)</c></summary>
    private static IEnumerable<ConcurrentBody> Groups(ProgramModel model, FlatBody body, Frame outer, IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Value.DelegateTarget() is IMethodReferenceOperation group && Called(model, body, group.Method, group.Instance) is { } called)
                yield return new ConcurrentBody(called, call, Overlap.Threads, true, outer, group, Confidence.Certain) { Started = Elsewhere(called, group) };
        }
    }

    private static ConcurrentBody? Handed(ProgramModel model, FlatBody body, Frame frame, Frame outer, IOperation api)
    {
        if (api is IObjectCreationOperation creation)
        {
            var isThread = SymbolEqualityComparer.Default.Equals(creation.Type, model.Types.Thread);
            return isThread && TurnOf(api, outer) is { } starts ? new ConcurrentBody(frame, api, Overlap.Threads, true, outer, starts, Confidence.Certain) : null;
        }

        if (api is not IInvocationOperation call || !Offloads(model, call.TargetMethod)) return null;
        switch (call.TargetMethod.ContainingType.Name)
        {
            case "Parallel":
                var isInvoke = call.TargetMethod.Name == "Invoke";
                return IsOneAtATime(call, body.Values) ? null : new ConcurrentBody(frame, api, Overlap.Threads, !isInvoke, outer, frame.Root, Confidence.Certain);
            case "ParallelEnumerable":
                return IsOneAtATime(call, body.Values) ? null : new ConcurrentBody(frame, api, Overlap.Threads, true, outer, frame.Root, Confidence.Certain);
            default:
                return IsLeftRunning(call) && TurnOf(api, outer) is { } turn ? new ConcurrentBody(frame, api, Overlap.Threads, true, outer, turn, IsCollected(call) || !turn.Descendants().Any(o => o is IAwaitOperation && !o.IsInside(call)) ? Confidence.Certain : Confidence.Likely) : null;
        }
    }

    /// <summary>What meets itself in another run, or the same place in another body of the same call.</summary>
    internal static IEnumerable<T> Contested<T>(IReadOnlyList<T> found, Func<T, ConcurrentBody> body, Func<T, ISymbol> place) =>
        found.Where(f => body(f).Repeats || found.Any(o => body(o) != body(f) && ReferenceEquals(body(o).Api, body(f).Api) && SymbolEqualityComparer.Default.Equals(place(o), place(f))));

    private static bool Offloads(ProgramModel model, IMethodSymbol method) => model.Catalogue.Of(method) is { Offloads: true };

    /// <summary>The lambdas that a function hands to other threads as its whole work: <c>x => Task.Run(() => …)</c>.</summary>
    private static IEnumerable<Frame> Offloaded(ProgramModel model, FlatBody body, Frame start) =>
        body.Frames.Where(f => f.Outer == start && f.Function is IAnonymousFunctionOperation lambda && ThreadWork.ApiOf(lambda) is IInvocationOperation { Parent: IReturnOperation } call && Offloads(model, call.TargetMethod));

    /// <summary>The function that runs for certain: one of this body, or a method of this very object.</summary>
    private static Frame? Called(ProgramModel model, FlatBody body, IMethodSymbol method, IOperation? receiver)
    {
        if (method.MethodKind == MethodKind.LocalFunction) return body.Frames.FirstOrDefault(f => SymbolEqualityComparer.Default.Equals(f.Method, method.OriginalDefinition) && f.Function is not null);
        if (!SharedPlaces.IsOfThisObject(method, receiver)) return null;
        return model.SourceBodies.Of(method)?.Frames[0];
    }

    private static IOperation? Elsewhere(Frame called, IOperation start) => called.Function is null ? start : null;

    /// <summary>The loop, or the lambda given to a query operator, that runs the operation once per turn; null where it runs once.</summary>
    private static IOperation? TurnOf(IOperation api, Frame outer)
    {
        if (ListFill.LoopAround(api) is { } loop) return loop;
        return outer.Function is IAnonymousFunctionOperation lambda && AppModel.HandedTo(lambda) is { TargetMethod: { Name: "Select" or "ForEach" } } ? lambda : null;
    }

    /// <summary>Nobody waits for the task before the next one is started.</summary>
    private static bool IsLeftRunning(IInvocationOperation call) => call.Above() switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation or IArrayElementReferenceOperation } => true,
        IArgumentOperation { Parent: IInvocationOperation { TargetMethod.Name: "Add" } } => true,
        _ => false,
    };

    private static bool IsCollected(IInvocationOperation call) => call.Above() is IArgumentOperation or ISimpleAssignmentOperation { Target: IArrayElementReferenceOperation };

    private static bool IsOneAtATime(IInvocationOperation call, ValueScope scope)
    {
        for (IOperation? query = call; query is IInvocationOperation { TargetMethod.ContainingType.Name: "ParallelEnumerable" } step; query = step.Subject()?.Plain())
        {
            if (step.TargetMethod.Name == "WithDegreeOfParallelism" && step.InParameterOrder(1)?.Constant() == 1) return true;
        }

        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Type.Name != "ParallelOptions") continue;
            var options = argument.Value.Plain();
            if (options is ILocalReferenceOperation { Local: var local } && scope.OnlyValueOf(local) is { } only) options = only.Plain();
            if (options is IObjectCreationOperation { Initializer: { } settings } && settings.Initializers.Any(i => i is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: "MaxDegreeOfParallelism" } } limit && limit.Value.Constant() == 1)) return true;
        }

        return false;
    }
}
