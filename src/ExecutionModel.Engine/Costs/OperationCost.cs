using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Adds up the operations of a body: straight line, branches, loops, calls. The weights are lower bounds of compiled code.</summary>
internal sealed class OperationCost(CostModel costs, int reach, bool inMethod)
{
    private const double Step = 0.3;
    private const double Call = 1;
    private const double Allocation = 10;

    /// <summary>How often a loop of unknown size usually turns.</summary>
    private const double UsualTurns = 32;

    private const int DeepestTree = 400;
    private int depth;

    public CpuCost Of(IOperation? operation)
    {
        if (operation is null || operation.ConstantValue.HasValue || depth >= DeepestTree) return CpuCost.None;
        depth++;
        var cost = Cost(operation);
        depth--;
        return cost;
    }

    private CpuCost Cost(IOperation operation) => operation switch
    {
        IBlockOperation block => Sequence(block.Operations),
        ILoopOperation loop => Loop(loop),
        IConditionalOperation branch => Of(branch.Condition).Then(OneOf(branch)),
        ISwitchOperation choice => choice.Cases.Aggregate(Of(choice.Value), (sum, section) => sum.Then(Sequence(section.Body).Perhaps())),
        ISwitchExpressionOperation choice => choice.Arms.Aggregate(Of(choice.Value), (sum, arm) => sum.Then(Of(arm.Value).Perhaps())),
        ICoalesceOperation choice => Of(choice.Value).Then(Of(choice.WhenNull).Perhaps()),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr } both =>
            OneStep.Then(Of(both.LeftOperand)).Then(Of(both.RightOperand).Perhaps()),
        ICoalesceAssignmentOperation lazy => Of(lazy.Target).Then(Of(lazy.Value).Perhaps()),
        ITryOperation attempt => Of(attempt.Body).Then(Of(attempt.Finally)),
        IAwaitOperation => CpuCost.OnlyWaits,
        IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation or ITypeOfOperation => CpuCost.None,
        IInvocationOperation call => Children(call).Then(OfCall(call)),
        IObjectCreationOperation creation => Children(creation).Then(OfCreation(creation)),
        IArrayCreationOperation => Children(operation).Then(OneAllocation),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Add, Type.SpecialType: SpecialType.System_String } => Children(operation).Then(OneAllocation),
        IBinaryOperation or IAssignmentOperation or IIncrementOrDecrementOperation or IUnaryOperation or IPropertyReferenceOperation or IArrayElementReferenceOperation =>
            Children(operation).Then(OneStep),
        _ => Children(operation),
    };

    private CpuCost OfCall(IInvocationOperation call)
    {
        var cost = OneCall.Then(costs.OfCall(call.TargetMethod, call.Instance, call.Arguments, reach, inMethod));
        if (costs.Waits(call.TargetMethod)) return cost with { Waits = true };
        if (cost.DepthWithCallee < 4) cost = cost with { DepthWithCallee = null }; // two loops of this body must stand around the callee's two
        if (cost.Depth == 0 && LinearScans.Is(call)) cost = cost with { Depth = 1 };
        return cost.Depth switch
        {
            1 when LoopTrips.Outermost(call) is { } outer && FollowsItem(call, outer) => cost with { Depth = 0 },
            2 => cost with { Depth = 0, DepthWithCallee = 2 },
            _ => cost,
        };
    }

    private CpuCost OfCreation(IObjectCreationOperation creation) => (creation.Type?.IsValueType == true ? OneStep : OneAllocation)
        .Then(creation.Constructor is { } constructor ? costs.OfCall(constructor, null, creation.Arguments, reach, inMethod) : CpuCost.None);

    /// <summary>The scan goes over something that belongs to the outer loop's item.</summary>
    private static bool FollowsItem(IInvocationOperation call, ILoopOperation outer) =>
        call.Instance is { } instance && LoopTrips.DependsOnItem(instance, outer)
        || LinearScans.Is(call) && call.Instance is null && call.Arguments.Length > 0 && LoopTrips.DependsOnItem(call.Arguments[0].Value, outer)
        || !LinearScans.Is(call) && call.Arguments.Any(a => LoopTrips.DependsOnItem(a.Value, outer));

    private CpuCost Loop(ILoopOperation loop)
    {
        var body = Of(loop.Body);
        // The comparison itself is part of the step that every turn costs.
        if (loop is IForLoopOperation { Condition: { } condition } && condition.Descendants().Any(o => o is IInvocationOperation)) body = body.Then(Of(condition));
        if (body.Waits) return CpuCost.OnlyWaits;
        var trips = LoopTrips.Of(loop);
        var turn = body.Then(OneStep);
        if (trips.Known is { } known)
        {
            var all = turn.Times(known, known, Grouped(known));
            return trips.Leaves ? all.Perhaps() : all;
        }

        var own = trips.Deepens ? 1 : 0;
        // A size that is not known adds a loop to the count; its turns multiply only work that is heavy on its own account.
        var cost = turn.Times(trips.Leaves ? 0 : 1, UsualTurns, null) with { Depth = body.Depth + own, DepthWithCallee = body.DepthWithCallee + own };
        return inMethod && trips is { Parameter: { } parameter, Leaves: false } && body.Terms.IsEmpty
            ? cost with { Terms = [new ParameterTerm(parameter.Ordinal, turn.Sure, turn.Evidence is { } evidence ? $"× {evidence}" : "turns of a loop")] }
            : cost;
    }

    private CpuCost Sequence(IEnumerable<IOperation> statements)
    {
        var sum = CpuCost.None;
        var certain = true;
        foreach (var statement in statements)
        {
            var cost = Of(statement);
            sum = sum.Then(certain ? cost : cost.Perhaps());
            certain = certain && !EarlyExit.MaySkipTheRest(statement);
        }

        return sum;
    }

    private CpuCost OneOf(IConditionalOperation branch)
    {
        var (yes, no) = (Of(branch.WhenTrue), Of(branch.WhenFalse));
        if (branch.WhenFalse is null) return EarlyExit.IsGuard(branch.Condition) ? yes : yes.Perhaps();
        if (EarlyExit.Throws(branch.WhenTrue)) return no;
        return EarlyExit.Throws(branch.WhenFalse) ? yes : yes.Or(no);
    }

    private CpuCost Children(IOperation operation)
    {
        var sum = CpuCost.None;
        foreach (var child in operation.ChildOperations) sum = sum.Then(Of(child));
        return sum;
    }

    private static readonly CpuCost OneStep = CpuCost.Exactly(Step, null);
    private static readonly CpuCost OneCall = CpuCost.Exactly(Call, null);
    private static readonly CpuCost OneAllocation = CpuCost.Exactly(Allocation, null);

    private static string Grouped(double value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
