using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>What one operation of a fan-out does: which I/O it reaches, and what it shares with the others.</summary>
/// <param name="Io">How sure it is that the operation waits for I/O; <see cref="Confidence.Unknown"/>: it is not known to.</param>
/// <param name="Call">The call that says so, for the message.</param>
/// <param name="ReadsOnly">All its I/O is reading: an unfinished operation may be cancelled without harm.</param>
public sealed record StartedWork(Confidence Io, string Call, string Evidence, bool ReadsOnly)
{
    public static StartedWork Of(ProgramModel model, FanOut fanOut)
    {
        StartedWork? best = null;
        var readsOnly = true;
        foreach (var start in fanOut.Starts)
        {
            foreach (var (method, facts) in Calls(model, start))
            {
                if (!facts.IsIo) continue;
                readsOnly &= model.Catalogue.Of(method)?.Touch == Touch.Read;
                if (best is null || facts.Confidence > best.Io) best = new StartedWork(facts.Confidence, method.Name, facts.Evidence, true);
            }
        }

        return best is null ? new StartedWork(Confidence.Unknown, "", "no I/O in sight", false) : best with { ReadsOnly = readsOnly };
    }

    private static IEnumerable<(IMethodSymbol Method, CallFacts Facts)> Calls(ProgramModel model, IOperation start)
    {
        if (start is IMethodReferenceOperation group) return [(group.Method, model.Calls.Of(group.Method))];
        return start.DescendantsAndSelf().OfType<IInvocationOperation>().Select(c => (c.TargetMethod, model.Calls.Of(c)));
    }
}
