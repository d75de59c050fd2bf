using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// One method for synchronous and asynchronous callers: a flag (<c>bool async</c>, <c>isAsync</c>, <c>useAsync</c>) says who calls. What runs where the flag
/// is false must not wait asynchronously: its caller can't.
/// </summary>
internal static class DualPath
{
    private static readonly string[] Flags = ["async", "isasync", "useasync", "runasync", "doasync", "sync", "issync", "usesync", "synchronous", "issynchronous", "runsynchronously"];

    /// <summary>The flag whose synchronous side holds the operation; null elsewhere.</summary>
    public static string? SynchronousSide(Frame frame, IOperation operation)
    {
        var child = operation;
        for (var o = operation.Parent; o is not null && !ReferenceEquals(child, frame.Root); child = o, o = o.Parent)
        {
            var flag = o switch
            {
                IConditionalOperation choice when ReferenceEquals(choice.WhenTrue, child) => FlagOf(choice.Condition, holds: true),
                IConditionalOperation choice when ReferenceEquals(choice.WhenFalse, child) => FlagOf(choice.Condition, holds: false),
                IBlockOperation block => block.Operations.TakeWhile(s => !ReferenceEquals(s, child)).OfType<IConditionalOperation>().Where(c => c.WhenFalse is null && c.WhenTrue.Leaves()).Select(c => FlagOf(c.Condition, holds: false)).FirstOrDefault(f => f is not null),
                _ => null,
            };
            if (flag is not null) return $"on the synchronous side of '{flag}'";
        }

        return null;
    }

    /// <summary>The flag that is known to say "synchronous" where the condition is true, or false.</summary>
    private static string? FlagOf(IOperation condition, bool holds) => condition.Plain() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => FlagOf(not.Operand, !holds),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when holds => FlagOf(both.LeftOperand, true) ?? FlagOf(both.RightOperand, true),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !holds => FlagOf(either.LeftOperand, false) ?? FlagOf(either.RightOperand, false),
        IParameterReferenceOperation parameter => Named(parameter.Parameter.Name, holds),
        ILocalReferenceOperation local => Named(local.Local.Name, holds),
        IFieldReferenceOperation field => Named(field.Field.Name, holds),
        IPropertyReferenceOperation property => Named(property.Property.Name, holds),
        _ => null,
    };

    private static string? Named(string name, bool holds)
    {
        var flag = name.TrimStart('_').ToLowerInvariant();
        return Flags.Contains(flag) && flag.Contains("async") != holds ? name : null;
    }
}
