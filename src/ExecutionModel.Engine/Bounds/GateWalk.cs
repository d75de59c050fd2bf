using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// Follows the statements of a function from the wait for a gate to its releases and finds the first path that leaves in between without giving the permit back.
/// Where paths meet that disagree, or control jumps, nothing more is said: only what is held for certain can leak.
/// </summary>
public sealed class GateWalk
{
    private readonly ProgramModel model;
    private readonly HeldGate gate;
    private readonly List<(ILoopOperation Loop, State Inside)> ends = [];
    private bool released;
    private bool caught;

    private GateWalk(ProgramModel model, HeldGate gate)
    {
        this.model = model;
        this.gate = gate;
    }

    private enum State
    {
        Free,
        Held,

        /// <summary>Paths disagree.</summary>
        Open,

        /// <summary>No path gets there.</summary>
        Dead,
    }

    private GateLeak? Leak { get; set; }

    /// <summary>Null where every path gives the permit back, or some can't be followed.</summary>
    public static GateLeak? In(ProgramModel model, Frame frame, HeldGate gate)
    {
        if (frame.Root.Own().Any(o => o is ILabeledOperation or IBranchOperation { BranchKind: BranchKind.GoTo } or IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak })) return null;
        var walk = new GateWalk(model, gate);
        walk.Step(frame.Root, State.Free);
        return walk.Leak;
    }

    private State Step(IOperation operation, State state)
    {
        if (state == State.Dead || Leak is { Confidence: Confidence.Certain }) return state;
        switch (operation)
        {
            case IBlockOperation block:
                return block.Operations.Aggregate(state, (s, o) => Step(o, s));
            case IConditionalOperation { Syntax: Microsoft.CodeAnalysis.CSharp.Syntax.IfStatementSyntax } choice:
                state = Leaf(choice.Condition, state);
                var (yes, no) = gate.Negates(choice) switch { true => (State.Free, state), false => (state, State.Free), null => (state, state) };
                return Join(Step(choice.WhenTrue, yes), choice.WhenFalse is { } otherwise ? Step(otherwise, no) : no);
            case ISwitchOperation choice:
                state = Leaf(choice.Value, state);
                var cases = choice.Cases.Select(c => c.Body.Aggregate(state, (s, o) => Step(o, s))).ToList();
                return cases.Aggregate(choice.Cases.Any(c => c.Clauses.Any(l => l is IDefaultCaseClauseOperation)) ? State.Dead : state, Join);
            case ILoopOperation loop:
                return Turn(loop, state);
            case ITryOperation tried:
                return Try(tried, state);
            case IUsingOperation use:
                return Step(use.Body, Leaf(use.Resources, state));
            case ILockOperation locked:
                return Step(locked.Body, Leaf(locked.LockedValue, state));
            case ILocalFunctionOperation or IEmptyOperation:
                return state;
            case IReturnOperation returned:
                if (returned.ReturnedValue is { } value) state = Leaf(value, state);
                if (state == State.Held && !returned.IsImplicit) Note(GateLeakKind.Returns, returned, Confidence.Certain);
                return State.Dead;
            case IThrowOperation thrown:
                if (state == State.Held) Note(GateLeakKind.Throws, thrown, Confidence.Certain);
                return State.Dead;
            case IExpressionStatementOperation { Operation: IThrowOperation thrown }:
                return Step(thrown, state);
            case IBranchOperation branch:
                if (ends.FindLastIndex(e => SymbolEqualityComparer.Default.Equals(branch.Target, e.Loop.ContinueLabel)) is var turn and >= 0 && state == State.Held && ends[turn].Inside == State.Free) Note(GateLeakKind.EndsTurn, branch, Confidence.Certain);
                else if (ends.FindLastIndex(e => SymbolEqualityComparer.Default.Equals(branch.Target, e.Loop.ExitLabel)) is var exit and >= 0 && state != ends[exit].Inside) ends[exit] = (ends[exit].Loop, State.Open);
                else if (!ends.Any(e => SymbolEqualityComparer.Default.Equals(branch.Target, e.Loop.ContinueLabel) || SymbolEqualityComparer.Default.Equals(branch.Target, e.Loop.ExitLabel))) return state; // of a switch
                return State.Dead;
            default:
                return Leaf(operation, state);
        }
    }

    /// <summary>A turn has to end as it began.</summary>
    private State Turn(ILoopOperation loop, State state)
    {
        switch (loop)
        {
            case IForEachLoopOperation each:
                state = Leaf(each.Collection, state);
                break;
            case IForLoopOperation counted:
                foreach (var before in counted.Before) state = Leaf(before, state);
                break;
            case IWhileLoopOperation { ConditionIsTop: true, Condition: { } condition }:
                state = Leaf(condition, state);
                break;
        }

        if (loop is IForEachLoopOperation { IsAsynchronous: true } && state == State.Held) Note(GateLeakKind.Throws, loop, Confidence.Certain);
        ends.Add((loop, state));
        var after = Step(loop.Body, state);
        var left = ends[ends.Count - 1].Inside;
        ends.RemoveAt(ends.Count - 1);
        return left == State.Open || after != State.Dead && after != state ? State.Open : state;
    }

    private State Try(ITryOperation tried, State state)
    {
        var (wasReleased, wasCaught) = (released, caught);
        if (tried.Finally is { } last && Releases(last))
        {
            released = true;
            Step(tried.Body, state);
            foreach (var handler in tried.Catches) Step(handler.Handler, State.Open);
            released = wasReleased;
            return Ends(tried) ? State.Dead : State.Free;
        }

        var inBody = tried.Body.Own().OfType<IInvocationOperation>().ToList();
        var (waits, releases) = (inBody.Any(c => ReferenceEquals(c, gate.Wait)), inBody.Any(IsRelease));
        released |= tried.Catches.Any(c => Releases(c.Handler));
        caught |= tried.Catches.Any(Regions.CatchesAll) && !(waits && releases);
        var body = Step(tried.Body, state);
        (released, caught) = (wasReleased, wasCaught);
        var joined = tried.Catches.Select(c => Step(c.Handler, waits || releases ? State.Open : state)).Aggregate(body, Join);
        return tried.Finally is { } then ? Step(then, joined) : joined;
    }

    private static bool Ends(ITryOperation tried) => tried.Body.Leaves() && tried.Catches.All(c => c.Handler.Leaves());

    private bool Releases(IOperation code) => code.Own().Any(o => o is IInvocationOperation call && IsRelease(call));

    private bool IsRelease(IInvocationOperation call) => HeldGate.IsRelease(model, call) && HeldGate.NameOf(call.Instance) == gate.Gate;

    /// <summary>Code without statements in it: what it calls may throw before it takes or gives back, or after.</summary>
    private State Leaf(IOperation code, State state)
    {
        foreach (var operation in code.Own())
        {
            switch (operation)
            {
                case IInvocationOperation call when ReferenceEquals(call, gate.Wait):
                    return State.Held;
                case IInvocationOperation call when IsRelease(call):
                    return State.Free;
                case IInvocationOperation call when HeldGate.IsWait(model, call) && HeldGate.NameOf(call.Instance) == gate.Gate:
                    return State.Open; // another wait for the same gate has its own walk
            }
        }

        if (state != State.Held) return state;
        foreach (var operation in code.Own())
        {
            if (MayThrow(operation) is not Confidence.Unknown and var sure)
            {
                Note(GateLeakKind.Throws, operation, sure);
                break;
            }
        }

        return state;
    }

    /// <summary>What waits for others may fail; of a call in memory that is said only where its body shows it.</summary>
    private Confidence MayThrow(IOperation operation)
    {
        switch (operation)
        {
            case IThrowOperation:
                return Confidence.Certain;
            case IAwaitOperation wait when wait.Operation.Awaited() is IInvocationOperation passed && OnlyPasses(passed) is { } passes:
                return passes;
            case IAwaitOperation { Operation: IInvocationOperation { TargetMethod: { Name: "Yield", ContainingType: var type } } } when model.Types.IsTask(type):
                return Confidence.Unknown; // gives its thread back, and cannot fail
            case IAwaitOperation wait:
                return wait.Operation.Awaited() is not IInvocationOperation awaited || model.Catalogue.Of(awaited.TargetMethod) is not { } facts ? Confidence.Certain
                    : facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo or Waiting.OtherWork || facts.Waiting == Waiting.Delay && awaited.Arguments.Any(a => a.Value.Type?.Name == "CancellationToken") ? Confidence.Certain : Confidence.Unknown;
            case IInvocationOperation call when operation.Above() is not IAwaitOperation:
                if (model.Blocking.Io(call) is { } blocking) return blocking.Confidence;
                if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke || call.TargetMethod.Name.StartsWith("ThrowIf", StringComparison.Ordinal)) return Confidence.Certain;
                return model.SourceBodies.Of(call.TargetMethod) is { } body && body.Frames[0] is var inner && !inner.IsAsync && inner.Root.Own().Any(o => o is IThrowOperation { Parent: not ICoalesceOperation }) && !Regions.CatchesAll(inner, inner.Root) ? Confidence.Likely : Confidence.Unknown;
            default:
                return Confidence.Unknown;
        }
    }

    /// <summary>
    /// Without a token, a wait for another gate fails only where that gate is disposed of, which nobody plans, and a wait for items only where the queue is ended by
    /// a fault. Null: some other wait.
    /// </summary>
    private Confidence? OnlyPasses(IInvocationOperation wait)
    {
        if (wait.Arguments.Any(a => a.Value.Type?.Name == "CancellationToken" && !a.IsImplicit)) return null;
        if (HeldGate.IsWait(model, wait)) return Confidence.Unknown;
        return wait.TargetMethod.Name is "WaitToReadAsync" or "WaitToWriteAsync" ? Confidence.Likely : null;
    }

    private void Note(GateLeakKind kind, IOperation at, Confidence confidence)
    {
        if (released || caught && kind == GateLeakKind.Throws || confidence <= (Leak?.Confidence ?? Confidence.Unknown)) return;
        Leak = new GateLeak(kind, at, confidence);
    }

    private static State Join(State a, State b) => a == State.Dead ? b : b == State.Dead || a == b ? a : State.Open;
}
