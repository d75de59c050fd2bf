using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Bounds;

/// <summary>Which types are sequences, and what their names say of how many items they hold.</summary>
internal static class SequenceShapes
{
    public static bool IsSequence(this ITypeSymbol? type) =>
        type is not null and not { SpecialType: SpecialType.System_String }
        && (type is IArrayTypeSymbol || type.SpecialType == SpecialType.System_Collections_IEnumerable || type.AllInterfaces.Any(i => i.SpecialType == SpecialType.System_Collections_IEnumerable));

    public static bool IsDictionary(this ITypeSymbol? type) =>
        type is INamedTypeSymbol named && named.SelfBasesAndInterfaces().Any(t => t.Type.MetadataName is "IDictionary" or "IDictionary`2" or "IReadOnlyDictionary`2");

    /// <summary><c>int pageSize</c>, <c>limit</c>, <c>take</c>: the callee returns a part.</summary>
    public static bool IsPaging(this IParameterSymbol parameter) =>
        parameter.Name.StartsWith("page", StringComparison.OrdinalIgnoreCase) || parameter.Name.StartsWith("paging", StringComparison.OrdinalIgnoreCase)
        || parameter.Type.Name.StartsWith("Page", StringComparison.Ordinal) || parameter.Type.Name.StartsWith("Paging", StringComparison.Ordinal) || parameter.Type.Name.StartsWith("Pagination", StringComparison.Ordinal)
        || (parameter.Type.SpecialType is SpecialType.System_Int32 or SpecialType.System_Int64 && PartNames.Contains(parameter.Name));

    /// <summary><c>batch</c>, <c>chunk</c>, <c>page</c>: somebody cut it to size.</summary>
    public static bool NamesPart(string name) =>
        name.EndsWith("batch", StringComparison.OrdinalIgnoreCase) || name.EndsWith("chunk", StringComparison.OrdinalIgnoreCase) || name.EndsWith("page", StringComparison.OrdinalIgnoreCase);

    /// <summary>Types that hold settings: their lists are written by hand.</summary>
    public static bool HoldsSettings(this ITypeSymbol? type)
    {
        if (type is null) return false;
        foreach (var ending in SettingEndings)
        {
            if (type.Name.EndsWith(ending, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static readonly HashSet<string> PartNames = new(["take", "limit", "count", "top", "max", "size", "maxCount", "maxResults", "maxItems", "batchSize", "skip", "offset", "first"], StringComparer.OrdinalIgnoreCase);
    private static readonly string[] SettingEndings = ["Options", "Option", "Settings", "Config", "Configuration", "Setting", "Opts"];
}
