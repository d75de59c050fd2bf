using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>Names of symbols as metadata spells them.</summary>
public static class SymbolNames
{
    /// <summary><c>System.Collections.Generic.List`1</c>, <c>Outer+Inner</c>; arrays as <c>System.Byte[]</c>.</summary>
    public static string FullMetadataName(this ISymbol symbol)
    {
        switch (symbol)
        {
            case IArrayTypeSymbol array:
                return array.ElementType.FullMetadataName() + "[]";
            case ITypeParameterSymbol parameter:
                return parameter.Name;
            case INamespaceSymbol { IsGlobalNamespace: true }:
                return "";
        }

        if (symbol.ContainingType is { } outer) return outer.FullMetadataName() + "+" + symbol.MetadataName;
        return symbol.ContainingNamespace is { IsGlobalNamespace: false } space ? space.FullMetadataName() + "." + symbol.MetadataName : symbol.MetadataName;
    }
}
