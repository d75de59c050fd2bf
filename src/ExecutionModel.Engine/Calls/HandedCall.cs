using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>The only thing that a lambda does: one expression, and whether the call in it waits asynchronously.</summary>
public static class HandedCall
{
    /// <summary>The value of <c>() =&gt; value</c>, <c>() => { return value; }</c> or <c>() =&gt; { value; }</c>; of an async lambda what it awaits.</summary>
    public static IOperation? Of(Frame frame)
    {
        if (frame.Root is not IBlockOperation block) return null;
        IOperation? only = null;
        foreach (var statement in block.Operations)
        {
            if (statement is IReturnOperation { ReturnedValue: null, IsImplicit: true }) continue;
            if (only is not null) return null;
            only = statement switch
            {
                IReturnOperation { ReturnedValue: { } value } => value,
                IExpressionStatementOperation { Operation: var value } => value,
                _ => null,
            };
            if (only is null) return null;
        }

        var plain = only?.Plain();
        if (plain is not IAwaitOperation wait) return plain;
        var awaited = wait.Operation.Plain();
        return awaited is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } task } ? task.Plain() : awaited;
    }

    /// <summary>
    /// How sure it is that the call gives its task back at once and then waits for I/O: the catalogue says so, or the body shows no computing, no blocking and
    /// no loop in front of its first await. Unknown where it is not.
    /// </summary>
    public static Confidence StartsAtOnce(ProgramModel model, IInvocationOperation call, double heavyNanoseconds)
    {
        if (!model.Types.IsTaskLike(call.Type) || call.Arguments.Any(a => a.Value.DescendantsAndSelf().Any(o => o is IInvocationOperation or IAwaitOperation))) return Confidence.Unknown;
        if (call.Instance?.DescendantsAndSelf().Any(o => o is IInvocationOperation) == true) return Confidence.Unknown;
        if (model.Catalogue.Of(call.TargetMethod, call.Instance?.Type) is { } facts) return facts.Waiting != Waiting.AsyncIo || facts.Channel == Channel.File ? Confidence.Unknown : facts.Likely ? Confidence.Likely : Confidence.Certain;
        if (!call.TargetMethod.IsAsync || Effects.Summaries.IsOpen(call.TargetMethod) || model.SourceBodies.Of(call.TargetMethod) is not { } body) return Confidence.Unknown;
        var frame = body.Frames[0];
        if (frame.Awaits.Count == 0 || frame.Calls.Any(c => model.Blocking.Io(c) is not null || model.Blocking.Wait(c) is not null) || TaskWait.In(frame, model).Any()) return Confidence.Unknown;
        var first = frame.Awaits.Min(a => a.Syntax.SpanStart);
        if (frame.Loops.Any(l => l.Syntax.SpanStart < first && !frame.Awaits.Any(a => l.Syntax.Span.Contains(a.Syntax.Span)))) return Confidence.Unknown;
        // The first await may find its task done: what stands behind it may compute before the call gives its task back, too.
        if (frame.Calls.Any(c => (c.Syntax.Span.End < first || !model.Types.IsTaskLike(c.Type)) && model.Calls.Of(c).Confidence == Confidence.Unknown) || CpuWork.In(frame, model, model.Costs, heavyNanoseconds).Count > 0) return Confidence.Unknown;
        return StartedWork.Of(model, [call]).Io == Confidence.Unknown ? Confidence.Unknown : Confidence.Likely;
    }
}
