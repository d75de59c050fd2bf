using System.Collections.Concurrent;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>
/// Looks APIs up in the catalogue: by symbol, memoised for one compilation. A user's entry beats a built-in one, an exact name beats a pattern,
/// the declaring type beats its bases, a type beats its namespace.
/// </summary>
public sealed class Catalogue
{
    private readonly Index builtIn;
    private readonly Index? user;
    private readonly ConcurrentDictionary<ISymbol, ApiFacts?> members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ApiFacts?> types = new(SymbolEqualityComparer.Default);

    public Catalogue(IReadOnlyList<CatalogueEntry> userEntries)
    {
        builtIn = Index.BuiltIn;
        user = userEntries.Count == 0 ? null : new Index(userEntries);
    }

    /// <summary>Facts of one call of the member; null where the catalogue does not name it.</summary>
    public ApiFacts? Of(ISymbol member)
    {
        if (member is IMethodSymbol { ReducedFrom: { } unreduced }) member = unreduced;
        return members.GetOrAdd(member.OriginalDefinition, FindMember);
    }

    /// <summary>Facts of the type's instances, its own or inherited; null where the catalogue does not name it.</summary>
    public ApiFacts? Of(ITypeSymbol? type) => type is INamedTypeSymbol named ? types.GetOrAdd(named.OriginalDefinition, FindType) : null;

    private ApiFacts? FindType(ISymbol symbol)
    {
        var type = (INamedTypeSymbol)symbol;
        foreach (var index in Indexes())
        {
            foreach (var (candidate, derived) in type.SelfBasesAndInterfaces())
            {
                if (index.Type(candidate) is { } entry && (!derived || entry.Derived)) return entry.Facts;
            }

            if (index.Namespace(type.ContainingNamespace) is { } space) return space.Facts;
        }

        return null;
    }

    private ApiFacts? FindMember(ISymbol member)
    {
        if (member.ContainingType is not { } type) return null;
        foreach (var index in Indexes())
        {
            foreach (var (candidate, derived) in type.SelfBasesAndInterfaces())
            {
                if (index.Member(candidate, member, derived) is { } entry) return entry.Facts;
            }
        }

        return null;
    }

    private IEnumerable<Index> Indexes()
    {
        if (user is not null) yield return user;
        yield return builtIn;
    }

    /// <summary>Entries by full metadata name of their owner. A set of simple names turns most types away before their full name is built.</summary>
    private sealed class Index
    {
        public static readonly Index BuiltIn = new(CatalogueText.BuiltIn);

        private readonly HashSet<string> simpleNames = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CatalogueEntry> types = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CatalogueEntry> namespaces = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<CatalogueEntry>> members = new(StringComparer.Ordinal);

        public Index(IReadOnlyList<CatalogueEntry> entries)
        {
            foreach (var entry in entries)
            {
                switch (entry.Kind)
                {
                    case EntryKind.Namespace:
                        namespaces[entry.Owner] = entry;
                        continue;
                    case EntryKind.Type:
                        types[entry.Owner] = entry;
                        break;
                    default:
                        if (!members.TryGetValue(entry.Owner, out var list)) members[entry.Owner] = list = [];
                        list.Add(entry);
                        break;
                }

                simpleNames.Add(entry.Owner.Substring(entry.Owner.LastIndexOfAny(['.', '+']) + 1));
            }

            foreach (var list in members.Values) list.Sort((a, b) => Rank(b).CompareTo(Rank(a)));
        }

        public CatalogueEntry? Type(INamedTypeSymbol type) =>
            simpleNames.Contains(type.MetadataName) && types.TryGetValue(type.FullMetadataName(), out var entry) ? entry : null;

        public CatalogueEntry? Namespace(INamespaceSymbol? space)
        {
            if (namespaces.Count == 0) return null;
            for (var inner = false; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace, inner = true)
            {
                if (namespaces.TryGetValue(space.FullMetadataName(), out var entry) && (!inner || entry.Derived)) return entry;
            }

            return null;
        }

        public CatalogueEntry? Member(INamedTypeSymbol type, ISymbol member, bool derived)
        {
            if (!simpleNames.Contains(type.MetadataName) || !members.TryGetValue(type.FullMetadataName(), out var list)) return null;
            var name = member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "#ctor" : member.Name;
            foreach (var entry in list)
            {
                if ((!derived || entry.Derived) && entry.Member!.Matches(name) && Accepts(entry.Parameters, member)) return entry;
            }

            return null;
        }

        private static int Rank(CatalogueEntry entry) => entry.Member!.Specificity + (entry.Parameters is null ? 0 : 2000);

        private static bool Accepts(IReadOnlyList<string>? wanted, ISymbol member)
        {
            if (wanted is null) return true;
            var parameters = (member as IMethodSymbol)?.Parameters ?? (member as IPropertySymbol)?.Parameters ?? [];
            if (parameters.Length != wanted.Count) return false;
            for (var i = 0; i < wanted.Count; i++)
            {
                if (wanted[i] != "*" && parameters[i].Type.OriginalDefinition.FullMetadataName() != wanted[i]) return false;
            }

            return true;
        }
    }
}
