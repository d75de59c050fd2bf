using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>Two operations in flight, or runs of one, that use an object which serves one at a time.</summary>
/// <param name="First">The operation that still runs; null where each run meets the others.</param>
/// <param name="Body">What runs beside itself; null for two operations.</param>
public sealed record SharedSession(SessionUse Use, SessionUse? First, IOperation Api, IAnonymousFunctionOperation? Body, Confidence Confidence);

/// <summary>Finds operations in flight together that share a context, a connection, a reader or a stream.</summary>
public static class SharedSessions
{
    public static IEnumerable<SharedSession> In(ProgramModel model, FlatBody body)
    {
        foreach (var frame in body.Frames)
        {
            foreach (var call in frame.Calls)
            {
                if (!StartedTogether.IsJoin(model, call) || StartedTogether.Of(model, call, body.Values) is not { } together) continue;
                var shared = together.FanOut is { } fanOut ? Repeated(model, body, frame, fanOut) : Pairs(model, body, frame, call, [.. together.Starts.OfType<IInvocationOperation>()]);
                foreach (var found in shared) yield return found;
            }

            foreach (var tasks in StartedTasks.MayBeIn(frame) ? StartedTasks.In(model, frame, body.Values) : [])
            {
                foreach (var found in Pairs(model, body, frame, tasks.Tasks[0].Await, [.. tasks.Tasks.Select(t => t.Start).OrderBy(s => s.Syntax.SpanStart)])) yield return found;
            }
        }

        foreach (var concurrent in model.ConcurrentIn(body))
        {
            var isJoined = concurrent.Api is IInvocationOperation join && StartedTogether.IsJoin(model, join);
            if (!concurrent.Repeats || isJoined && concurrent.Overlap != Overlap.Threads) continue;
            foreach (var use in new UsedSessions(model, onThreads: true).OfFunction(concurrent.Frame, concurrent.Owns))
            {
                if (isJoined && use.Direction != SessionUse.Serial) continue; // found above
                var confidence = use.Shares(use).And(concurrent.Confidence).And(Overlaps(model, use));
                if (confidence != Confidence.Unknown) yield return new SharedSession(use, null, concurrent.Api, concurrent.Frame.Function as IAnonymousFunctionOperation, confidence);
            }
        }
    }

    private static IEnumerable<SharedSession> Repeated(ProgramModel model, FlatBody body, Frame outer, FanOut fanOut)
    {
        foreach (var start in fanOut.Starts)
        {
            var turn = fanOut.Loop ?? start;
            var lambda = start as IAnonymousFunctionOperation;
            var frame = lambda is null ? null : body.FrameOf(lambda);
            bool Owns(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol && turn.Declares(symbol);
            var uses = frame is not null ? new UsedSessions(model, false).OfFunction(frame, Owns) : start is IInvocationOperation call ? new UsedSessions(model, false).OfCall(Bare(call), Owns) : [];
            foreach (var use in uses)
            {
                var confidence = use.Shares(use).And(Overlaps(model, use));
                if (confidence != Confidence.Unknown) yield return new SharedSession(use, null, fanOut.WhenAll, lambda, confidence);
            }
        }
    }

    private static IEnumerable<SharedSession> Pairs(ProgramModel model, FlatBody body, Frame frame, IOperation api, IReadOnlyList<IInvocationOperation> starts)
    {
        var uses = starts.Select(s => (Start: s, Uses: new UsedSessions(model, false).OfCall(Bare(s), _ => false))).ToList();
        for (var later = 1; later < uses.Count; later++)
        {
            SharedSession? best = null;
            for (var earlier = 0; earlier < later; earlier++)
            {
                if (IsAwaitedBefore(uses[earlier].Start, uses[later].Start, body.Values)) continue;
                foreach (var second in uses[later].Uses)
                {
                    foreach (var first in uses[earlier].Uses)
                    {
                        var confidence = second.Shares(first).And(Overlaps(model, second));
                        if (confidence > (best?.Confidence ?? Confidence.Unknown)) best = new SharedSession(second, first, api, null, confidence);
                    }
                }
            }

            if (best is not null) yield return best;
        }
    }

    /// <summary>The local that holds the first task is used before the second one starts: it may be done.</summary>
    private static bool IsAwaitedBefore(IInvocationOperation first, IInvocationOperation second, ValueScope scope)
    {
        for (IOperation? o = first; o is not null and not IBlockOperation; o = o.Parent)
        {
            if (o is IVariableDeclaratorOperation { Symbol: var local }) return scope.UsesOf(local).Any(u => u.Syntax.SpanStart > first.Syntax.Span.End && u.Syntax.SpanStart < second.Syntax.SpanStart);
        }

        return false;
    }

    /// <summary><c>db.FindAsync(id)</c> of <c>db.FindAsync(id).AsTask()</c>.</summary>
    private static IInvocationOperation Bare(IInvocationOperation call) => call.Awaited() as IInvocationOperation ?? call;

    /// <summary>SQLite works in the caller's thread: one operation is over before the next begins.</summary>
    private static Confidence Overlaps(ProgramModel model, SessionUse use) =>
        use.Direction.Length > 0 || model.Catalogue.Of(use.Type) is null ? Confidence.Certain : model.Providers.Wait == Confidence.Unknown ? Confidence.Unknown : Confidence.Certain;
}
