using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: can each thread of a parallel loop add up on its own, so that the sums are put together at the end? The loop then has an overload for that. The sum is
/// a local that the turns only add to, and that nobody reads meanwhile.
/// </summary>
public static class LocalSums
{
    /// <summary>The literal that each thread begins with; null where the sum can't be split.</summary>
    public static string? ZeroOf(ValueScope values, SharedUpdate update)
    {
        if (update is not { Via: null, Wait: null, Rival: null, Place: ILocalSymbol local, Body: { Frame.Function: IAnonymousFunctionOperation lambda, Api: IInvocationOperation loop } body } || !HasLocalForm(loop.TargetMethod)) return null;
        foreach (var use in values.UsesOf(local))
        {
            if (use.IsInside(lambda) ? !IsAdded(use) || !ReferenceEquals(use.Function(), lambda) : !ReferenceEquals(use.Function(), body.Outer.Function)) return null;
        }

        return local.Type.SpecialType switch
        {
            SpecialType.System_Double => "0d",
            SpecialType.System_Single => "0f",
            SpecialType.System_Decimal => "0m",
            _ => null,
        };
    }

    /// <summary>It has no local state yet.</summary>
    private static bool HasLocalForm(IMethodSymbol loop) =>
        loop.ContainingType.Name == "Parallel" && loop is { Name: "For", TypeParameters.Length: 0 } or { Name: "ForEach", TypeParameters.Length: 1 };

    private static bool IsAdded(IOperation use) =>
        use.Parent is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add or BinaryOperatorKind.Subtract, Parent: IExpressionStatementOperation } sum && ReferenceEquals(sum.Target, use);
}
