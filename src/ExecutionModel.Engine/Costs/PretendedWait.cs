using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Answers: does a method promise with its task that there is something to wait for, while it only computes? That it never waits is proved; <see cref="Confidence"/> is how sure the amount is.</summary>
/// <param name="OnPool">It computes in a <c>Task.Run</c> of its own, which is all that it does.</param>
public sealed record PretendedWait(Confidence Confidence, string Evidence, bool OnPool)
{
    public static PretendedWait? Of(ProgramModel model, CostModel costs, IMethodSymbol method, double thresholdNanoseconds)
    {
        if (method.MethodKind != MethodKind.Ordinary || !model.Types.IsTaskLike(method.ReturnType)) return null;
        if (!costs.MayBeHeavy(method)) return null;
        if (model.SourceBodies.Of(method) is not { Frames: [{ Outer: null } frame, ..] } body) return null;
        if (HandedCall.Of(frame) is IInvocationOperation run && IsRun(model, run))
            return body.Frames.FirstOrDefault(f => f.Function is IAnonymousFunctionOperation lambda && ReferenceEquals(AppModel.HandedTo(lambda), run)) is { } work ? Judge(costs.Prefixes.Of(work.Function!), true) : null;
        var prefix = costs.Prefixes.Of(method);
        return prefix.Completes ? Judge(prefix, false) : null;

        PretendedWait? Judge(SynchronousPrefix prefix, bool onPool) =>
            !prefix.Cost.Waits && prefix.Cost.Judge(thresholdNanoseconds) is (not Confidence.Unknown and var confidence, var evidence) ? new PretendedWait(confidence, evidence, onPool) : null;
    }

    /// <summary>
    /// Somebody else chose the signature: an interface, a base class or one that derives, a framework that reads attributes or passes the arguments of an event,
    /// whoever takes the method as a delegate.
    /// </summary>
    public static bool IsImposed(ProgramModel model, IMethodSymbol method) =>
        method.ImplementsOrOverrides() || method.IsVirtual || method.IsAbstract || method.IsPartialDefinition || method.PartialDefinitionPart is not null
        || !method.GetAttributes().IsEmpty || !method.ContainingType.GetAttributes().IsEmpty && model.App.HostOf(method.ContainingType) != Host.Unstated
        || model.App.IsEventHandler(method) || model.App.IsStartUp(method) && method.Name == "Main"
        || HandedOver.Is(model, method);

    private static bool IsRun(ProgramModel model, IInvocationOperation call) =>
        call.TargetMethod.Name == "Run" && SymbolEqualityComparer.Default.Equals(call.TargetMethod.ContainingType, model.Types.Task);
}
