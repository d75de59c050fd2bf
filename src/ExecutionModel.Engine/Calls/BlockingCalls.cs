using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>A call that keeps its thread while something else works.</summary>
/// <param name="Confidence">How sure it is that there is something to wait for.</param>
/// <param name="Channel">What is waited for.</param>
/// <param name="Facts">What the catalogue says of the call.</param>
public sealed record BlockingCall(IInvocationOperation Call, Confidence Confidence, Channel Channel, ApiFacts Facts);

/// <summary>Answers: does this call keep its thread while it waits, and what for?</summary>
public sealed class BlockingCalls(ProgramModel model)
{
    /// <summary>Below that a timer costs more than it frees.</summary>
    private const double ShortestWait = 50;

    internal static readonly HashSet<string> EndsOfQueries = new(StringComparer.Ordinal) { "ToList", "ToArray", "ToDictionary", "ToHashSet" };

    private readonly ReceiverOrigin origins = new(model.Catalogue, model.SourceBodies);

    /// <summary>I/O that holds its thread; null where the call does none, or has nothing to wait for.</summary>
    public BlockingCall? Io(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        var subject = call.Subject();
        if (model.Types.IsTaskLike(method.ReturnType) || model.Catalogue.Of(method, subject?.Type) is not { } facts) return null;
        if (facts.Waiting != Waiting.BlockingIo) return EndsQuery(call, facts, subject);
        if (IsQuery(subject)) return facts.Channel == Channel.Database && Runs(subject) ? OfProvider(call, Confidence.Certain, facts) : null;
        if (method is { Name: "Connect" or "Send", ContainingType.Name: "Socket" } && IsDatagram(subject)) return null;
        var origin = origins.Of(call);
        var confidence = ConfidenceOf(facts, origin);
        if (IsOfContext(method)) return OfProvider(call, confidence, facts);
        return confidence != Confidence.Unknown ? new BlockingCall(call, confidence, origin == Origin.Disk ? Channel.File : facts.Channel, facts) : null;
    }

    /// <summary>The system takes a datagram at once; who receives it, and when, is not its affair.</summary>
    private static bool IsDatagram(IOperation? socket) =>
        socket?.Plain() is ILocalReferenceOperation local && Roots.Initializer(local)?.Plain() is IObjectCreationOperation creation
        && creation.Arguments.Any(a => a.Value is { Type.Name: "SocketType", ConstantValue: { HasValue: true, Value: 2 } });

    /// <summary>An operation of a context waits if its provider talks to a server.</summary>
    private BlockingCall? OfProvider(IInvocationOperation call, Confidence confidence, ApiFacts facts)
    {
        if (model.Providers.Wait < confidence) confidence = model.Providers.Wait;
        return confidence == Confidence.Unknown ? null : new BlockingCall(call, confidence, Channel.Database, facts);
    }

    private static bool IsOfContext(IMethodSymbol method)
    {
        for (var space = method.ContainingNamespace; space is not null; space = space.ContainingNamespace)
        {
            if (space is { Name: "EntityFrameworkCore", ContainingNamespace.Name: "Microsoft" }) return true;
        }

        return false;
    }

    private static Confidence ConfidenceOf(ApiFacts facts, Origin origin) => origin switch
    {
        Origin.Memory => Confidence.Unknown,
        Origin.Disk when facts.Buffered => Confidence.Unknown, // a buffer has most lines, the system's cache the others
        Origin.Unknown when facts.Channel == Channel.Receiver => facts.Buffered ? Confidence.Unknown : Confidence.Likely,
        _ => facts.Likely ? Confidence.Likely : Confidence.Certain,
    };

    /// <summary>A sleep, or a wait for other work of the program, that holds its thread; null where it only tries or is over at once.</summary>
    public BlockingCall? Wait(IInvocationOperation call) =>
        model.Catalogue.Of(call.TargetMethod, call.Subject()?.Type) is { Holds: true } facts && !(WaitTime.Of(call) < ShortestWait)
            ? new BlockingCall(call, facts.Likely ? Confidence.Likely : Confidence.Certain, facts.Channel, facts)
            : null;

    /// <summary><c>query.ToList()</c>: LINQ's own operator enumerates what a context's query brings.</summary>
    private BlockingCall? EndsQuery(IInvocationOperation call, ApiFacts facts, IOperation? subject) =>
        EndsOfQueries.Contains(call.TargetMethod.Name) && IsQuery(subject) && Runs(subject) ? OfProvider(call, Confidence.Certain, facts) : null;

    private static bool IsQuery(IOperation? subject) => subject?.Plain().Type.IsQuery() == true;

    /// <summary>A query that was made from a list has no asynchronous form at run time: the one that a context, set or session started has.</summary>
    private bool Runs(IOperation? subject) => model.Roots.UnitOfWork(subject).Found;
}
