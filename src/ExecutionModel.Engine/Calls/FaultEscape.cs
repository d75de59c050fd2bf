using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>May the fault of an awaited operation leave a function, or is it caught there or in what the function calls?</summary>
public static class FaultEscape
{
    private const int Hops = 2;

    public static bool From(ProgramModel model, Frame frame) => From(model, frame, Hops);

    /// <summary>The task of a call: false only where its body shows that it catches everything.</summary>
    public static bool From(ProgramModel model, IInvocationOperation start) => !IsHarmless(model, start, Hops);

    private static bool From(ProgramModel model, Frame frame, int hops) =>
        frame.Awaits.Count == 0 || !frame.Awaits.All(a => Regions.CatchesAll(frame, a) || IsHarmless(model, a.Operation.Awaited() as IInvocationOperation, hops));

    private static bool IsHarmless(ProgramModel model, IInvocationOperation? call, int hops)
    {
        if (call is null) return false;
        if (model.Catalogue.Of(call.TargetMethod) is { } facts) return facts.Waiting == Waiting.Delay && !call.Arguments.Any(a => model.Types.CancellationToken?.Equals(a.Value.Type, Microsoft.CodeAnalysis.SymbolEqualityComparer.Default) == true);
        return hops > 0 && call.TargetMethod.IsAsync && !Summaries.IsOpen(call.TargetMethod) && model.SourceBodies.Of(call.TargetMethod) is { } body && !From(model, body.Frames[0], hops - 1);
    }
}
