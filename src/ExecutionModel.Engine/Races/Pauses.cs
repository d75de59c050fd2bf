using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>Answers: does an await let others run? A task that is done by the time it is awaited does not.</summary>
internal static class Pauses
{
    public static Confidence Of(ProgramModel model, IAwaitOperation wait)
    {
        var awaited = wait.Operation.Awaited();
        if (awaited is not IInvocationOperation call) return awaited is IPropertyReferenceOperation { Property.Name: "CompletedTask" } ? Confidence.Unknown : Confidence.Likely;
        if (call.TargetMethod is { Name: "Yield" or "Delay" or "Run", ContainingType.Name: "Task" }) return Confidence.Certain;
        var facts = model.Calls.Of(call);
        return facts switch
        {
            { Confidence: not Confidence.Certain } => Confidence.Likely,
            { Waiting: Waiting.AsyncIo or Waiting.Delay } => Confidence.Certain,
            { Waiting: Waiting.Memory } => Confidence.Unknown,
            _ => Confidence.Likely,
        };
    }
}
