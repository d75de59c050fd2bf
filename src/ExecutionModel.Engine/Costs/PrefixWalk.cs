using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Goes through a body in the order of evaluation, adds up what is computed, and stops at the first await that truly waits.</summary>
internal sealed class PrefixWalk
{
    private const int DeepestTree = 400;
    private readonly ProgramModel model;
    private readonly CostModel costs;
    private readonly OperationCost plain;
    private readonly int reach;
    private readonly int computing;
    private readonly bool inMethod;
    private CpuCost cost = CpuCost.None;
    private bool isCertain = true;
    private bool isStopped;
    private int depth;

    private PrefixWalk(ProgramModel model, CostModel costs, int reach, bool inMethod)
    {
        (this.model, this.costs, this.reach, this.inMethod) = (model, costs, reach, inMethod);
        computing = inMethod ? CostModel.Reach - 1 : CostModel.Reach;
        plain = new OperationCost(costs, computing, inMethod);
    }

    public static SynchronousPrefix Of(IOperation root, bool isAsync, ProgramModel model, CostModel costs, int reach, bool inMethod)
    {
        var walk = new PrefixWalk(model, costs, reach, inMethod);
        walk.Enter(root);
        return new SynchronousPrefix(walk.cost, walk.Completes(root, isAsync));
    }

    private bool Completes(IOperation root, bool isAsync)
    {
        foreach (var operation in root.Own())
        {
            switch (operation)
            {
                case IAwaitOperation wait when !IsDone(wait.Operation):
                case IReturnOperation { ReturnedValue: { } value } when !isAsync && !IsDone(value):
                case not IAwaitOperation when operation.IsAwait():
                    return false;
            }
        }

        return isAsync || root is IBlockOperation;
    }

    /// <summary>The task is finished when it is there.</summary>
    private bool IsDone(IOperation value) => value.Plain() switch
    {
        IInvocationOperation { TargetMethod.Name: "ConfigureAwait" or "AsTask", Instance: { } task } => IsDone(task),
        IInvocationOperation call => model.Catalogue.Of(call.TargetMethod) is { Waiting: not Waiting.Unstated } facts ? facts.Waiting == Waiting.Memory : costs.Prefixes.OfCall(call, reach, inMethod).Completes,
        IPropertyReferenceOperation { Property: var property } => model.Catalogue.Of(property) is { Waiting: Waiting.Memory },
        IObjectCreationOperation creation => model.Types.IsValueTask(creation.Type) && creation.Arguments.All(a => !model.Types.IsTask(a.Value.Type) && a.Value.Type?.Name != "IValueTaskSource"),
        IDefaultValueOperation nothing => model.Types.IsValueTask(nothing.Type),
        IConditionalOperation { WhenFalse: { } otherwise } choice => IsDone(choice.WhenTrue) && IsDone(otherwise),
        IThrowOperation => true,
        _ => false,
    };

    private void Enter(IOperation? operation)
    {
        if (isStopped || operation is null or IAnonymousFunctionOperation or ILocalFunctionOperation || depth >= DeepestTree) return;
        if (!HoldsTasks(operation))
        {
            Add(plain.Of(operation));
            isCertain = isCertain && !EarlyExit.MaySkipTheRest(operation);
            return;
        }

        depth++;
        Split(operation);
        depth--;
    }

    private void Split(IOperation operation)
    {
        switch (operation)
        {
            case IAwaitOperation wait:
                Enter(wait.Operation);
                isStopped = isStopped || !IsDone(wait.Operation);
                break;
            case IConditionalOperation choice:
                Enter(choice.Condition);
                Fork(choice);
                break;
            case IInvocationOperation call:
                foreach (var child in call.ChildOperations) Enter(child);
                if (isStopped) return;
                Add(model.Types.IsTaskLike(call.TargetMethod.ReturnType) ? costs.Prefixes.OfCall(call, reach, inMethod).Cost : costs.OfCall(call.TargetMethod, call.Instance, call.Arguments, computing, inMethod));
                break;
            case IObjectCreationOperation creation:
                foreach (var child in creation.ChildOperations) Enter(child);
                if (!isStopped && creation.Constructor is { } constructor) Add(costs.OfCall(constructor, null, creation.Arguments, computing, inMethod));
                break;
            case ITryOperation attempt:
                Enter(attempt.Body);
                Enter(attempt.Finally);
                break;
            case IForEachLoopOperation { IsAsynchronous: false } loop:
                Enter(loop.Collection);
                isStopped = true; // its first turns may wait
                break;
            case ILoopOperation or IUsingOperation { IsAsynchronous: true }:
                isStopped = true;
                break;
            case ISwitchOperation or ISwitchExpressionOperation or ICoalesceOperation or ICoalesceAssignmentOperation or IConditionalAccessOperation
                or IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                // The first operand always runs, the others on some paths only.
                Enter(operation.ChildOperations.First());
                isStopped = isStopped || operation.ChildOperations.Skip(1).Any(HoldsTasks);
                break;
            default:
                foreach (var child in operation.ChildOperations) Enter(child);
                break;
        }
    }

    /// <summary>A branch that waits and then leaves is no concern of what follows.</summary>
    private void Fork(IConditionalOperation choice)
    {
        if (isStopped) return;
        var (yes, no) = (Branch(choice.WhenTrue), Branch(choice.WhenFalse));
        if (EarlyExit.Throws(choice.WhenTrue)) Add(no.cost);
        else Add(choice.WhenFalse is null ? yes.cost.Perhaps() : EarlyExit.Throws(choice.WhenFalse) ? yes.cost : yes.cost.Or(no.cost));
        isStopped = yes.isStopped && !Leaves(choice.WhenTrue) || no.isStopped && !Leaves(choice.WhenFalse);
        isCertain = isCertain && !EarlyExit.MaySkipTheRest(choice);
    }

    private PrefixWalk Branch(IOperation? operation)
    {
        var branch = new PrefixWalk(model, costs, reach, inMethod) { depth = depth };
        branch.Enter(operation);
        return branch;
    }

    private static bool Leaves(IOperation? branch) => branch switch
    {
        IReturnOperation or IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: { Length: > 0 } statements } => Leaves(statements[statements.Length - 1]),
        _ => false,
    };

    private void Add(CpuCost next) => cost = cost.Then(isCertain ? next : next.Perhaps());

    /// <summary>It awaits, or calls what returns a task.</summary>
    private bool HoldsTasks(IOperation operation) => operation.Own().Any(o => o.IsAwait() || o is IInvocationOperation call && model.Types.IsTaskLike(call.TargetMethod.ReturnType));
}
