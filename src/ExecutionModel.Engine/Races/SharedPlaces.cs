using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>
/// Answers: which variable does an expression name that every run finds in the same place? A captured local or parameter, a static field, a field of this
/// object or of an object that one of these holds. What is picked out of a collection or returned by a call may be another one for every run.
/// </summary>
internal static class SharedPlaces
{
    /// <summary>Null where each run may have its own.</summary>
    public static ISymbol? Of(IOperation? target, Func<ISymbol, bool> owns) => target?.Plain() switch
    {
        ILocalReferenceOperation { Local: { IsRef: false } local } => owns(local) ? null : local,
        IParameterReferenceOperation { Parameter: { RefKind: RefKind.None } parameter } => owns(parameter) ? null : parameter,
        IFieldReferenceOperation { Field: { IsConst: false } field } reference => IsOfThread(field) || !IsReached(reference, owns) ? null : field.OriginalDefinition,
        IPropertyReferenceOperation { Property: { IsIndexer: false } property } reference when property.IsAuto() => IsReached(reference, owns) ? property.OriginalDefinition : null,
        _ => null,
    };

    /// <summary>The method that a call runs is known, and works on the caller's own object or on none.</summary>
    public static bool IsOfThisObject(IMethodSymbol method, IOperation? receiver) =>
        method.MethodKind == MethodKind.Ordinary && !method.DeclaringSyntaxReferences.IsEmpty && !Summaries.IsOpen(method) && (method.IsStatic || receiver is IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance });

    private static bool IsReached(IMemberReferenceOperation reference, Func<ISymbol, bool> owns) => reference.Instance switch
    {
        null => true,
        IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } => true,
        { } instance => Of(instance, owns) is not null,
    };

    private static bool IsOfThread(IFieldSymbol field) => field.IsStatic && field.GetAttributes().Any(a => a.AttributeClass?.Name is "ThreadStaticAttribute");
}
