using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>Finds <c>if (x.Count > 100) throw</c> before, and <c>if (x.Count &lt; 10) { … }</c> around, the use of a sequence.</summary>
internal static class SizeGuard
{
    public static bool Limits(IOperation sequence, ValueScope scope)
    {
        if (sequence is not (ILocalReferenceOperation or IParameterReferenceOperation or IPropertyReferenceOperation or IFieldReferenceOperation)) return false;
        foreach (var condition in scope.SizeChecks)
        {
            if (condition.Syntax.SyntaxTree != sequence.Syntax.SyntaxTree || condition.Syntax.SpanStart > sequence.Syntax.SpanStart) continue;
            if ((Leaves(condition.WhenTrue) || sequence.IsInside(condition)) && condition.Condition.DescendantsAndSelf().Any(part => Compares(part, sequence))) return true;
        }

        return scope.ThrowingChecks.Any(c => c.Syntax.SpanStart < sequence.Syntax.SpanStart && c.Arguments.Any(a => IsCountOf(a.Value, sequence)));
    }

    /// <summary>A cheap no: the condition compares nothing.</summary>
    public static bool MayLimit(IConditionalOperation condition) => condition.Condition.DescendantsAndSelf().Any(p => p is IIsPatternOperation { Pattern: IRecursivePatternOperation or IRelationalPatternOperation } || p is IBinaryOperation compare && compare.Ranks());

    /// <summary><c>ThrowIfGreaterThan(x.Count, 100)</c> and the like.</summary>
    public static bool MayLimit(IInvocationOperation call) => call.TargetMethod.Name.StartsWith("ThrowIf", StringComparison.Ordinal);

    private static bool Compares(IOperation part, IOperation sequence) => part switch
    {
        IBinaryOperation compare when compare.Ranks() =>
            (IsCountOf(compare.LeftOperand, sequence) && !IsTrivial(compare.RightOperand)) || (IsCountOf(compare.RightOperand, sequence) && !IsTrivial(compare.LeftOperand)),
        IIsPatternOperation { Pattern: IRecursivePatternOperation pattern } test =>
            Same(test.Value, sequence) && pattern.PropertySubpatterns.Any(p => p.Member is IPropertyReferenceOperation { Property.Name: "Count" or "Length" } && p.Pattern is IRelationalPatternOperation limit && !IsTrivial(limit.Value)),
        IIsPatternOperation { Pattern: IRelationalPatternOperation limit } test => IsCountOf(test.Value, sequence) && !IsTrivial(limit.Value),
        _ => false,
    };

    private static bool IsCountOf(IOperation value, IOperation sequence) => value.Plain() switch
    {
        IPropertyReferenceOperation { Property.Name: "Count" or "Length", Instance: { } instance } => Same(instance, sequence),
        IInvocationOperation { TargetMethod.Name: "Count" or "LongCount" } call => call.Subject() is { } subject && Same(subject, sequence),
        _ => false,
    };

    private static bool Same(IOperation a, IOperation b) => SyntaxFactory.AreEquivalent(a.Plain().Syntax, b.Plain().Syntax);

    /// <summary><c>Count > 0</c> asks whether there is anything, not how much.</summary>
    private static bool IsTrivial(IOperation limit) => limit.Plain().Constant() is 0 or 1;

    private static bool Leaves(IOperation branch) => branch switch
    {
        IThrowOperation or IReturnOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        IBlockOperation { Operations: [.., var last] } => Leaves(last),
        _ => false,
    };
}
