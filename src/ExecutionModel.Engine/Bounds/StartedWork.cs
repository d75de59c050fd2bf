using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// Which I/O one operation of a fan-out reaches. One call that waits for I/O is enough, whatever else the operation does: unlike a summary, the answer does
/// not need every call to be understood.
/// </summary>
/// <param name="Io">How sure the I/O is; <see cref="Confidence.Unknown"/>: none in sight.</param>
/// <param name="Call">The call of the operation that says so, for the message.</param>
/// <param name="ReadsOnly">All its I/O only reads: it may be cancelled half-way without harm.</param>
/// <param name="Queries">Some of its I/O goes to a database, whose clients share a pool of connections.</param>
/// <param name="Sends">All its I/O hands messages to a broker's client, which puts them on one connection and holds back what is too many for it.</param>
public sealed record StartedWork(Confidence Io, string Call, string Evidence, bool ReadsOnly, bool Sends, bool Queries)
{
    private const int Hops = 3;

    /// <summary>A fifth of the 100 connections that a pool of SqlClient or Npgsql has by default: one request must not take them all.</summary>
    private const int OfThePool = 20;

    /// <summary>How many may be in flight where <paramref name="limit"/> is what the project allows.</summary>
    public int Within(int limit) => Queries ? Math.Min(limit, OfThePool) : limit;

    public static StartedWork Of(ProgramModel model, FanOut fanOut) => Of(model, fanOut.Starts);

    /// <param name="starts">Lambdas, method groups or calls.</param>
    public static StartedWork Of(ProgramModel model, IEnumerable<IOperation> starts)
    {
        StartedWork? best = null;
        var (readsOnly, sends, queries) = (true, true, false);
        foreach (var start in starts)
        {
            foreach (var (method, io, evidence) in Calls(model, start))
            {
                if (io == Confidence.Unknown) continue;
                var facts = model.Catalogue.Of(method);
                readsOnly &= facts?.Touch == Touch.Read;
                sends &= facts?.Channel == Channel.Queue;
                queries |= facts?.Channel == Channel.Database || model.Summaries.Of(method, null, Summaries.Depth).Effects.Any(e => e.Place.Channel == Channel.Database);
                if (best is null || io > best.Io) best = new StartedWork(io, method.Name, evidence, true, true, true);
            }
        }

        return best is null ? new StartedWork(Confidence.Unknown, "", "no I/O in sight", false, false, false) : best with { ReadsOnly = readsOnly, Sends = sends, Queries = queries };
    }

    private static IEnumerable<(IMethodSymbol Method, Confidence Io, string Evidence)> Calls(ProgramModel model, IOperation start)
    {
        if (start is IMethodReferenceOperation group)
        {
            var (io, evidence) = Find(model, group.Method, group.Instance, null, Hops);
            yield return (group.Method, io, evidence);
            yield break;
        }

        foreach (var operation in start.DescendantsAndSelf())
        {
            if (operation is not IInvocationOperation call) continue;
            var (io, evidence) = Find(model, call.TargetMethod, call.Instance, call, Hops);
            yield return (call.TargetMethod, io, evidence);
        }
    }

    private static (Confidence Io, string Evidence) Find(ProgramModel model, IMethodSymbol method, IOperation? receiver, IInvocationOperation? call, int hops)
    {
        var summary = model.Summaries.Of(method, receiver, Summaries.Depth);
        if (summary.Confidence != Confidence.Unknown) return Waits(summary) ? (summary.Confidence, summary.Evidence) : (Confidence.Unknown, "");
        if (hops > 0 && model.SourceBodies.Of(method) is { } body)
        {
            var inside = InBody(model, body, hops);
            if (inside.Io != Confidence.Unknown) return (inside.Io, $"the body of {method.Name}, {inside.Evidence}");
        }

        if (call is not null && model.Calls.Of(call) is { IsIo: true } guess) return (guess.Confidence, guess.Evidence);
        if (!model.Types.IsTaskLike(method.ReturnType) || method.IsStatic) return (Confidence.Unknown, "");
        var type = receiver?.Type ?? method.ContainingType;
        var reach = model.Services.Of(type);
        if (reach is { ReachesIo: true, Obstacle: null }) return (Confidence.Likely, $"'{type.Name}' reaches another process");
        return reach.Obstacle is not null && CallNames.LooksRemote(type.Name) ? (Confidence.Likely, $"'{type.Name}' is remote by its name") : (Confidence.Unknown, "");
    }

    private static (Confidence Io, string Evidence) InBody(ProgramModel model, Context.FlatBody body, int hops)
    {
        var best = (Io: Confidence.Unknown, Evidence: "");
        foreach (var call in body.Frames.SelectMany(f => f.Calls))
        {
            var found = Find(model, call.TargetMethod, call.Instance, call, hops - 1);
            if (found.Io > best.Io) best = found;
        }

        return best;
    }

    private static bool Waits(Summary summary) => summary.Waiting is Waiting.AsyncIo or Waiting.BlockingIo;
}
