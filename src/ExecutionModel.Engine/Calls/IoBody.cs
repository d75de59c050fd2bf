using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>A place that holds its thread for I/O: a call with its awaitable form, or a wait for a task.</summary>
public sealed record HeldPlace(IOperation Operation, AsyncCounterpart? Form, IOperation? Task)
{
    public string Call => Operation is IInvocationOperation call && Form is not null ? call.TargetMethod.Name : (Task as IInvocationOperation)?.TargetMethod.Name ?? "";
}

/// <summary>What a function spends its time on that runs on a thread of its own: waiting for I/O that could be awaited, and what else.</summary>
/// <param name="Held">Where it waits.</param>
/// <param name="IsAllWaiting">Everything else in it is understood and costs nothing to speak of.</param>
/// <param name="Obstacle">Why an await can't stand in one of the places.</param>
public sealed record IoBody(Confidence Io, Channel Channel, IReadOnlyList<HeldPlace> Held, bool IsAllWaiting, string? Obstacle)
{
    private const int MostCalls = 12;

    /// <summary>Null: it doesn't hold its thread for I/O, or it computes.</summary>
    public static IoBody? Of(ProgramModel model, Frame frame, double heavyNanoseconds)
    {
        if (frame.IsAsync) return null;
        var held = new List<HeldPlace>();
        var (io, channel) = (Confidence.Certain, Channel.Receiver);
        foreach (var call in frame.Calls)
        {
            if (model.Blocking.Io(call) is not { } blocking) continue;
            if (blocking.Facts.Cpu is not null) return null; // an archive is not only written
            if (model.Counterparts.Of(call, blocking.Facts, frame).Found is not { } form) return null;
            held.Add(new HeldPlace(call, form, null));
            (io, channel) = (blocking.Confidence < io ? blocking.Confidence : io, blocking.Channel);
        }

        foreach (var wait in TaskWait.In(frame, model))
        {
            if (wait is not { HasTimeout: false, Token: null, Source: IInvocationOperation source } || StartedWork.Of(model, [source]) is not { Io: not Confidence.Unknown } work) return null;
            held.Add(new HeldPlace(wait.Operation, null, wait.Task));
            if (work.Io < io) io = work.Io;
            channel = model.Catalogue.Of(source.TargetMethod)?.Channel ?? channel;
        }

        if (held.Count == 0 || CpuWork.In(frame, model, model.Costs, heavyNanoseconds).Count > 0) return null;
        var obstacle = held.Select(h => AwaitPlace.ObstacleAt(model, frame, h.Operation)).FirstOrDefault(o => o is not null);
        return new IoBody(io, channel, held, IsIdle(model, frame, held), obstacle);
    }

    private static bool IsIdle(ProgramModel model, Frame frame, List<HeldPlace> held)
    {
        if (frame.Loops.Count > 0 || frame.Calls.Count > MostCalls) return false;
        return frame.Calls.All(c => held.Any(h => ReferenceEquals(h.Operation, c) || h.Task is { } task && c.IsInside(h.Operation)) || model.Calls.Of(c).Confidence != Confidence.Unknown);
    }
}
