using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>A heavy piece of a frame: the smallest call, construction or loop that reaches the threshold.</summary>
public sealed record CpuWork(IOperation Operation, Confidence Confidence, string Evidence)
{
    /// <summary>Another lane computes, and the frame awaits it.</summary>
    public bool IsAwaited { get; private init; }

    /// <summary><see cref="In"/>, and what the frame awaits from another lane, such as <c>await Task.Run(() => …)</c>: to its caller both take the same time.</summary>
    public static IReadOnlyList<CpuWork> Within(Frame frame, FlatBody body, ProgramModel model, CostModel costs, double thresholdNanoseconds)
    {
        var own = In(frame, model, costs, thresholdNanoseconds);
        List<CpuWork>? all = null;
        foreach (var inner in body.Frames)
        {
            if (!ReferenceEquals(inner.Outer, frame) || inner is not { IsAsync: false, Function: IAnonymousFunctionOperation lambda }) continue;
            if (AppModel.HandedTo(lambda) is not { } call || !AsyncPath.Offloads(model, call) || !AsyncPath.IsAwaited(call)) continue;
            if (In(inner, model, costs, thresholdNanoseconds) is [var first, ..]) (all ??= [.. own]).Add(first with { Operation = call, IsAwaited = true });
        }

        if (all is null) return own;
        all.Sort((a, b) => a.Operation.Syntax.SpanStart.CompareTo(b.Operation.Syntax.SpanStart));
        return all;
    }

    /// <summary>In source order. Work inside nested functions belongs to their frames.</summary>
    public static IReadOnlyList<CpuWork> In(Frame frame, ProgramModel model, CostModel costs, double thresholdNanoseconds)
    {
        List<CpuWork>? found = null;
        foreach (var call in frame.Calls) Add(call, costs.Of(call), call.TargetMethod);
        foreach (var creation in frame.Creations) Add(creation, costs.Of(creation), creation.Constructor);
        foreach (var loop in frame.Loops)
        {
            if (frame.Awaits.Any(a => loop.Syntax.Span.Contains(a.Syntax.Span))) continue;
            if (found is not null && found.Any(w => w.Operation.Syntax.Span.Contains(loop.Syntax.Span) || loop.Syntax.Span.Contains(w.Operation.Syntax.Span))) continue;
            var cost = costs.Of(loop);
            if (cost.Waits || cost.Judge(thresholdNanoseconds).Confidence == Confidence.Unknown || Waits(loop, frame, model)) continue;
            Add(loop, cost);
        }

        if (found is null) return [];
        found.Sort((a, b) => a.Operation.Syntax.SpanStart.CompareTo(b.Operation.Syntax.SpanStart));
        return found;

        void Add(IOperation operation, CpuCost cost, IMethodSymbol? method = null)
        {
            if (cost.Waits) return;
            var (confidence, evidence) = cost.Judge(thresholdNanoseconds);
            if (confidence == Confidence.Unknown) return;
            var place = method is null ? operation : LazyObject.ComputedAt(operation, method, frame, model.Catalogue);
            if (place is not null) (found ??= []).Add(new CpuWork(place, confidence, evidence));
        }
    }

    private static bool Waits(ILoopOperation loop, Frame frame, ProgramModel model) =>
        frame.Calls.Any(c => loop.Syntax.Span.Contains(c.Syntax.Span) && model.Calls.Of(c).IsIo);
}
