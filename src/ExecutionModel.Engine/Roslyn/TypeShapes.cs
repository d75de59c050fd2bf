using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>Questions about the shape of a type.</summary>
public static class TypeShapes
{
    /// <summary>The type, its bases from near to far, then all its interfaces; <c>Derived</c> is false for the type itself.</summary>
    public static IEnumerable<(INamedTypeSymbol Type, bool Derived)> SelfBasesAndInterfaces(this INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType) yield return (t.OriginalDefinition, !ReferenceEquals(t, type));
        foreach (var i in type.AllInterfaces) yield return (i.OriginalDefinition, true);
    }

    public static bool DerivesFrom(this ITypeSymbol? type, ITypeSymbol? ancestor)
    {
        if (type is null || ancestor is null) return false;
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, ancestor)) return true;
        }

        return false;
    }

    /// <summary>The method's signature was chosen by an interface or a base type.</summary>
    public static bool ImplementsOrOverrides(this IMethodSymbol method)
    {
        if (method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty) return true;
        return method.ContainingType.AllInterfaces.Any(i => i.GetMembers(method.Name).Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method)));
    }
}
