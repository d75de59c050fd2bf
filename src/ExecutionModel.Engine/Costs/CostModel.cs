using System.Collections.Concurrent;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// Answers: how much does this call or loop compute? Bodies are followed to a fixed depth and remembered per (method, depth), so that the answer does not
/// depend on who asks first.
/// </summary>
/// <param name="shape">Bodies that show neither this shape nor a surer one are not looked at: where only what is proved counts, that spares most.</param>
public sealed class CostModel(ProgramModel model, HeavyShape shape)
{
    /// <summary>Source calls followed below a call.</summary>
    internal const int Reach = 3;

    private readonly ConcurrentDictionary<IMethodSymbol, CpuCost>[] byMethod = PerReach<CpuCost>();

    private readonly CostAttributes attributes = new(model);
    private readonly ConcurrentDictionary<IMethodSymbol, object>[] followed = PerReach<object>();
    private readonly ConcurrentDictionary<IMethodSymbol, object> suspected = new(SymbolEqualityComparer.Default);
    private SynchronousPrefixes? prefixes;

    /// <summary>What asynchronous operations compute before they give their task back.</summary>
    public SynchronousPrefixes Prefixes => prefixes ?? Interlocked.CompareExchange(ref prefixes, new SynchronousPrefixes(model, this), null) ?? prefixes;

    /// <summary>A cheap no, from text and syntax alone: nothing that the member runs can be heavy.</summary>
    public bool MayBeHeavy(IMethodSymbol member) => (bool)(suspected.TryGetValue(member, out var known) ? known : suspected.GetOrAdd(member, m => model.HeavyReach.May(m, Reach, shape))); // several rules ask

    /// <summary>The same of a loop.</summary>
    public bool MayBeHeavy(SyntaxNode loop) => model.HeavyReach.MayIn(loop, Reach, shape);

    /// <summary>What the call's callee computes; arguments are calls of their own.</summary>
    public CpuCost Of(IInvocationOperation call) => OfCall(call.TargetMethod, call.Instance, call.Arguments, Reach, inMethod: false);

    /// <summary>What the constructor computes.</summary>
    public CpuCost Of(IObjectCreationOperation creation) =>
        creation.Constructor is { } constructor ? OfCall(constructor, null, creation.Arguments, Reach, inMethod: false) : CpuCost.None;

    /// <summary>What all turns compute; waits where a turn awaits or does I/O.</summary>
    public CpuCost Of(ILoopOperation loop) => new OperationCost(this, Reach, inMethod: false).Of(loop);

    /// <summary>The loop as turns of some weight; null where it is not heavy, or waits.</summary>
    public TurnWork? OfTurns(ILoopOperation loop, double thresholdNanoseconds)
    {
        if (!MayBeHeavy(loop.Syntax)) return null;
        var all = Of(loop);
        if (all.Waits || all.Judge(thresholdNanoseconds) is not { Confidence: not Confidence.Unknown } judged) return null;
        var turn = new OperationCost(this, Reach, inMethod: false).Of(loop.Body);
        var grows = turn.Depth > 1 || turn.DepthWithCallee > 1 || turn.Explodes is not null; // loops over unknown sizes: their own turns multiply
        return new TurnWork(judged.Confidence, judged.Evidence, judged.Confidence == Confidence.Certain ? turn.Sure : grows ? double.PositiveInfinity : turn.Usual, LoopTrips.Of(loop).Known ?? double.PositiveInfinity);
    }

    /// <summary>The call waits, or asks something outside of the process, however briefly.</summary>
    internal bool Waits(IMethodSymbol method) => model.Catalogue.Of(method) is { } facts
        && (facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo or Waiting.Delay or Waiting.OtherWork
            || facts.Channel is Channel.Network or Channel.Database or Channel.File or Channel.Queue or Channel.Console or Channel.Process);

    internal CpuCost OfCall(IMethodSymbol method, IOperation? instance, IReadOnlyList<IArgumentOperation> arguments, int reach, bool inMethod)
    {
        if (model.Catalogue.Of(method) is { } facts)
        {
            if (facts.Cpu is not null) return CallWeight.Of(facts, method, instance, arguments, inMethod, model.Catalogue);
            if (Waits(method)) return CpuCost.OnlyWaits;
            if (facts.Waiting == Waiting.Memory || facts.Offloads) return CpuCost.None;
        }

        if (attributes.Of(method) is { } stated) return stated;
        if (reach == 0 || !SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, model.Compilation.Assembly)) return CpuCost.None;
        if (!(bool)followed[reach].GetOrAdd(method.OriginalDefinition, m => SourceFilter.RunsHere(m) && model.HeavyReach.MayWhenCalled(m, reach - 1, shape))) return CpuCost.None;
        var cost = OfMethod(method.OriginalDefinition, reach);
        return cost.Terms.IsEmpty ? cost : CallWeight.Substitute(cost, arguments, inMethod);
    }

    /// <summary>No value is stored before it is final: a recursion ends at depth 0, not at a placeholder that another thread could read.</summary>
    private CpuCost OfMethod(IMethodSymbol method, int reach)
    {
        if (byMethod[reach].TryGetValue(method, out var known)) return known;
        var cost = CpuCost.None;
        if (model.SourceBodies.Of(method) is { } body)
        {
            foreach (var frame in body.Frames.Where(f => f.Outer is null)) cost = cost.Then(OfBody(frame, reach - 1));
            if (RecursionShape.Doubles(method, body)) cost = cost with { Explodes = method.Name };
        }

        return byMethod[reach].GetOrAdd(method, cost);
    }

    /// <summary>Most bodies have no loop and call nothing that computes: their operations are not walked.</summary>
    private CpuCost OfBody(Frame frame, int reach)
    {
        if (frame.Loops.Count > 0) return Walk();
        var waits = false;
        foreach (var call in frame.Calls)
        {
            var cost = OfCall(call.TargetMethod, call.Instance, call.Arguments, reach, inMethod: true);
            if (cost.IsNotable) return Walk();
            waits |= cost.Waits || Waits(call.TargetMethod); // a call with a weight may wait besides
        }

        foreach (var creation in frame.Creations)
        {
            if (creation.Constructor is { } constructor && OfCall(constructor, null, creation.Arguments, reach, inMethod: true).IsNotable) return Walk();
        }

        return waits ? CpuCost.OnlyWaits : CpuCost.None;

        CpuCost Walk() => new OperationCost(this, reach, inMethod: true).Of(frame.Root);
    }

    private static ConcurrentDictionary<IMethodSymbol, T>[] PerReach<T>() =>
        [.. Enumerable.Range(0, Reach + 1).Select(_ => new ConcurrentDictionary<IMethodSymbol, T>(SymbolEqualityComparer.Default))];
}
