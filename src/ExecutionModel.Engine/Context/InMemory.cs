using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Context;

/// <summary>Are all items of a sequence there before the first is asked for? One that is made on the way runs code of its own between the turns.</summary>
internal static class InMemory
{
    /// <summary>Certain for arrays and the collections of the BCL, Likely where only an interface with a count says so.</summary>
    public static Confidence Of(IOperation sequence)
    {
        var value = sequence.Plain();
        if (value is IInvocationOperation { TargetMethod: { Name: "Range", ContainingType: { Name: "Enumerable", ContainingNamespace.Name: "Linq" } } }) return Confidence.Certain;
        return value.Type switch
        {
            IArrayTypeSymbol { Rank: 1 } => Confidence.Certain,
            INamedTypeSymbol { TypeKind: TypeKind.Interface, Name: "IList" or "ICollection" or "IReadOnlyList" or "IReadOnlyCollection" or "IReadOnlySet" or "ISet", IsGenericType: true } => Confidence.Likely,
            INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct } type when Outer(type).ContainingNamespace is { } space && IsOfCollections(space) => Confidence.Certain,
            _ => Confidence.Unknown,
        };
    }

    private static INamedTypeSymbol Outer(INamedTypeSymbol type) => type.ContainingType is { } outer ? Outer(outer) : type;

    private static bool IsOfCollections(INamespaceSymbol space) =>
        space is { Name: "Generic" or "Immutable" or "Frozen" or "ObjectModel", ContainingNamespace: { Name: "Collections", ContainingNamespace: { Name: "System", ContainingNamespace.IsGlobalNamespace: true } } };
}
