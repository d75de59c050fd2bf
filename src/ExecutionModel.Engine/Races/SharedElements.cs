using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: do several runs of one body meet at the same element of an array that they share? At an index that is the same in every run they do, at one that sorts
/// what a run has into few places (<c>counts[value % 10]</c>) they may. An index that counts the runs, or is reckoned from one, is a slot of its own.
/// </summary>
internal static class SharedElements
{
    private const int Hops = 3;

    /// <param name="owns">Each run has this variable for itself.</param>
    public static (ISymbol Array, Confidence Confidence)? Of(IArrayElementReferenceOperation element, IOperation update, Func<ISymbol, bool> owns, ValueScope values)
    {
        var sure = Confidence.Certain;
        IOperation array = element;
        while (array.Plain() is IArrayElementReferenceOperation level)
        {
            foreach (var index in level.Indices) sure = sure.And(MeetAt(index, update, owns, values));
            array = level.ArrayReference;
        }

        return sure != Confidence.Unknown && SharedPlaces.Of(array, owns) is { } place ? (place, sure) : null;
    }

    /// <summary>Two runs reckon the same index: Unknown where each has its own, or nothing is known.</summary>
    private static Confidence MeetAt(IOperation index, IOperation update, Func<ISymbol, bool> owns, ValueScope values)
    {
        var read = index.DescendantsAndSelf().ToList();
        if (read.All(o => IsSame(o, owns, values))) return Confidence.Certain;
        return !read.Any(IsOfThread) && Sorts(index, update, owns, values, Hops) ? Confidence.Likely : Confidence.Unknown;
    }

    /// <summary><c>counts[Environment.CurrentManagedThreadId % n]</c> is there to keep threads apart.</summary>
    private static bool IsOfThread(IOperation operation) =>
        operation is IPropertyReferenceOperation { Property: { Name: "CurrentManagedThreadId" or "ManagedThreadId" or "CurrentId" } } or IInvocationOperation { TargetMethod.Name: "GetCurrentProcessorId" };

    /// <summary>It reads nothing that one run has and another one has not; a counter that begins at a constant goes through the same numbers in each.</summary>
    private static bool IsSame(IOperation operation, Func<ISymbol, bool> owns, ValueScope values) => operation switch
    {
        ILiteralOperation or IBinaryOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation => true,
        ILocalReferenceOperation { Local: { IsConst: true } } => true,
        ILocalReferenceOperation { Local: var local } => owns(local) ? IsCounter(local, operation) : values.OnlyValueOf(local) is not null,
        IParameterReferenceOperation { Parameter: var parameter } => !owns(parameter),
        IFieldReferenceOperation { Field: var field } => field.IsConst,
        _ => false,
    };

    private static bool IsCounter(ILocalSymbol local, IOperation use)
    {
        for (var o = use.Parent; o is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; o = o.Parent)
        {
            if (o is IForLoopOperation loop && CountedFor.Of(loop) is { Declares: true, Start.ConstantValue.HasValue: true, Counter: var counter } && SymbolEqualityComparer.Default.Equals(counter, local)) return true;
        }

        return false;
    }

    /// <summary>Few places for many values: what is left of a division, a small type, a rounded number, what a function says of the item.</summary>
    private static bool Sorts(IOperation index, IOperation update, Func<ISymbol, bool> owns, ValueScope values, int hops)
    {
        var value = index.Plain();
        if (IsSmall(value.Type)) return true;
        return value switch
        {
            IBinaryOperation { OperatorKind: BinaryOperatorKind.Remainder or BinaryOperatorKind.And or BinaryOperatorKind.RightShift or BinaryOperatorKind.Divide } => true,
            IInvocationOperation { TargetMethod: { ContainingNamespace.Name: not "Threading" } method } call => !method.Parameters.Any(p => p.RefKind != RefKind.None) && call.Descendants().Any(o => IsOwn(o, owns)),
            // Who counts ones (places[found[i]]++) expects to come by again; who adds may go through a list of different places.
            IArrayElementReferenceOperation => update is IIncrementOrDecrementOperation,
            ISimpleAssignmentOperation { Value: var assigned } => Sorts(assigned, update, owns, values, hops),
            ILocalReferenceOperation { Local: var local } when hops > 0 && values.OnlyValueOf(local) is { } only => Sorts(only, update, owns, values, hops - 1),
            _ => false,
        };
    }

    private static bool IsOwn(IOperation operation, Func<ISymbol, bool> owns) =>
        operation is ILocalReferenceOperation local && owns(local.Local) || operation is IParameterReferenceOperation parameter && owns(parameter.Parameter);

    private static bool IsSmall(ITypeSymbol? type) =>
        type?.TypeKind == TypeKind.Enum
        || type?.SpecialType is SpecialType.System_Byte or SpecialType.System_SByte or SpecialType.System_Int16 or SpecialType.System_UInt16 or SpecialType.System_Char or SpecialType.System_Single or SpecialType.System_Double or SpecialType.System_Decimal;
}
