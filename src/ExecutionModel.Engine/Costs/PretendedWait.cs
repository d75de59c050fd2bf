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
    public static PretendedWait? Of(ProgramModel model, CostModel costs, Frame frame, double thresholdNanoseconds)
    {
        if (frame is not { Outer: null, Method: { MethodKind: MethodKind.Ordinary } method } || !model.Types.IsTaskLike(method.ReturnType)) return null;
        if (HandedCall.Of(frame) is IInvocationOperation run && IsRun(model, run))
            return run.Arguments[0].Value.DelegateTarget() is IAnonymousFunctionOperation work ? Judge(costs.Prefixes.Of(work), true) : null;
        if (!frame.Awaits.All(a => MayBeDone(model, a.Operation))) return null;
        var prefix = costs.Prefixes.OfBody(frame.Root, method.IsAsync);
        return prefix.Completes ? Judge(prefix, false) : null;

        PretendedWait? Judge(SynchronousPrefix prefix, bool onPool) =>
            !prefix.Cost.Waits && prefix.Cost.Judge(thresholdNanoseconds) is (not Confidence.Unknown and var confidence, var evidence) ? new PretendedWait(confidence, evidence, onPool) : null;
    }

    /// <summary>A cheap no, before any callee is looked at: most awaits wait, and their text says so.</summary>
    private static bool MayBeDone(ProgramModel model, IOperation task) => task.Plain() switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } inner } => MayBeDone(model, inner),
        IInvocationOperation { TargetMethod: var method } => model.Catalogue.Of(method) is { Waiting: not Waiting.Unstated } facts
            ? facts.Waiting == Waiting.Memory
            : !method.DeclaringSyntaxReferences.IsEmpty && !method.DeclaringSyntaxReferences.Any(r => model.Signals.Has(r.SyntaxTree, r.Span, Signal.Await)),
        IPropertyReferenceOperation or IObjectCreationOperation or IDefaultValueOperation or IConditionalOperation => true,
        _ => false,
    };

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
