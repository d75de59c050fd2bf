using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Recursion whose work doubles with each step.</summary>
internal static class RecursionShape
{
    /// <summary>
    /// Two calls of itself in one expression, each with an argument that is a parameter less a constant, and nothing remembered: <c>Fib(n - 1) + Fib(n - 2)</c>.
    /// Two calls on the children of a node visit each node once and are no such case.
    /// </summary>
    public static bool Doubles(IMethodSymbol method, FlatBody body)
    {
        if (method.ReturnsVoid || body.Frames.Count == 0) return false;
        var own = body.Frames[0].Calls.Where(c => SymbolEqualityComparer.Default.Equals(c.TargetMethod.OriginalDefinition, method) && Shrinks(c)).ToArray();
        return own.Length >= 2
            && own.Any(a => own.Any(b => !ReferenceEquals(a, b) && SharedBinary(a) is { } sum && ReferenceEquals(sum, SharedBinary(b))))
            && !body.Frames[0].Root.DescendantsAndSelf().Any(Remembers);
    }

    private static bool Shrinks(IInvocationOperation call) => call.Arguments.Any(a =>
        a.Value is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract, LeftOperand: IParameterReferenceOperation, RightOperand.ConstantValue.HasValue: true });

    /// <summary>The outermost arithmetic around the call.</summary>
    private static IOperation? SharedBinary(IOperation call)
    {
        IOperation? found = null;
        for (var o = call.Parent; o is IBinaryOperation or IConversionOperation or IParenthesizedOperation; o = o.Parent)
        {
            if (o is IBinaryOperation) found = o;
        }

        return found;
    }

    private static bool Remembers(IOperation operation) => operation switch
    {
        IArrayElementReferenceOperation => true,
        IPropertyReferenceOperation { Property.IsIndexer: true } => true,
        IInvocationOperation { TargetMethod.Name: "TryGetValue" or "GetOrAdd" } => true,
        _ => false,
    };
}
