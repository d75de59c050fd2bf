using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Roslyn;

internal static class AutoProperties
{
    /// <summary>The field that the compiler makes for <c>{ get; set; }</c>. By its name: a list of all members would make them all.</summary>
    public static IFieldSymbol? BackingField(this IPropertySymbol property)
    {
        foreach (var member in property.ContainingType.GetMembers($"<{property.Name}>k__BackingField"))
        {
            if (member is IFieldSymbol { AssociatedSymbol: { } owner } field && SymbolEqualityComparer.Default.Equals(owner, property)) return field;
        }

        return null;
    }
}
