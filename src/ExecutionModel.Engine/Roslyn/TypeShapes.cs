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

    /// <summary>A sequence that may run elsewhere: <c>IQueryable</c>.</summary>
    public static bool IsQuery(this ITypeSymbol? type) => type is INamedTypeSymbol named && (IsQueryable(named) || named.AllInterfaces.Any(IsQueryable));

    /// <summary>The compiler makes its field.</summary>
    public static bool IsAuto(this IPropertySymbol property) => property.BackingField() is not null;

    public static bool DerivesFrom(this ITypeSymbol? type, ITypeSymbol? ancestor)
    {
        if (type is null || ancestor is null) return false;
        for (ITypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(t.OriginalDefinition, ancestor)) return true;
        }

        return false;
    }

    /// <summary>Members that the base type or interface declares can be asked of the type.</summary>
    public static bool Inherits(this INamedTypeSymbol type, INamedTypeSymbol declaring) => declaring.TypeKind == TypeKind.Interface
        ? type.AllInterfaces.Any(i => SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, declaring.OriginalDefinition))
        : type.DerivesFrom(declaring.OriginalDefinition);

    /// <summary>The method's signature was chosen by an interface or a base type.</summary>
    public static bool ImplementsOrOverrides(this IMethodSymbol method)
    {
        if (method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty) return true;
        return method.ContainingType.AllInterfaces.Any(i => i.GetMembers(method.Name).Any(m => SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(m), method)));
    }

    /// <summary>What runs when the interface's or base class's method is called on an instance of the class; null where that can't be told.</summary>
    public static IMethodSymbol? Implementing(IMethodSymbol method, INamedTypeSymbol type)
    {
        if (method.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (var i in type.AllInterfaces)
            {
                if (!SymbolEqualityComparer.Default.Equals(i.OriginalDefinition, method.ContainingType.OriginalDefinition)) continue;
                foreach (var member in i.GetMembers(method.Name))
                {
                    if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, method.OriginalDefinition)) return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
                }
            }

            return null;
        }

        return Override(method, type);
    }

    private static IMethodSymbol? Override(IMethodSymbol method, INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType)
        {
            foreach (var member in t.GetMembers(method.Name))
            {
                for (var m = member as IMethodSymbol; m is not null; m = m.OverriddenMethod)
                {
                    if (SymbolEqualityComparer.Default.Equals(m.OriginalDefinition, method.OriginalDefinition)) return (IMethodSymbol)member;
                }
            }
        }

        return null;
    }

    /// <summary>Of what a local, parameter, field or property holds.</summary>
    public static ITypeSymbol? TypeOfValue(this ISymbol symbol) => symbol switch
    {
        ILocalSymbol local => local.Type,
        IParameterSymbol parameter => parameter.Type,
        IFieldSymbol field => field.Type,
        IPropertySymbol property => property.Type,
        _ => null,
    };

    private static bool IsQueryable(INamedTypeSymbol type) => type is { Name: "IQueryable", ContainingNamespace: { Name: "Linq", ContainingNamespace.Name: "System" } };
}
