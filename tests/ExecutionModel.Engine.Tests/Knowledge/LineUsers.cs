using System.Collections.Concurrent;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>Finds the members that a catalogue line decides: those whose look-up answers with that line.</summary>
internal sealed class LineUsers(Compilation compilation)
{
    private static readonly ConcurrentDictionary<Compilation, LineUsers> Known = new();
    private readonly Catalogue catalogue = CatalogueReferences.Catalogue();
    private readonly KnownTypes types = new(compilation);
    private readonly Lazy<IReadOnlyList<INamedTypeSymbol>> all = new(() => [.. All(compilation.GlobalNamespace)]);

    public static LineUsers In(Compilation compilation) => Known.GetOrAdd(compilation, c => new LineUsers(c));

    public IEnumerable<ISymbol> Of(CatalogueEntry entry, NamePattern name)
    {
        var owners = types.FindAll(entry.Owner);
        var own = owners.SelectMany(o => Decided(o, entry, name)).ToArray();
        if (own.Length > 0 || !entry.Derived) return own;
        return all.Value.Where(t => t.SelfBasesAndInterfaces().Any(b => b.Derived && owners.Contains(b.Type, SymbolEqualityComparer.Default))).SelectMany(t => Decided(t, entry, name));
    }

    private IEnumerable<ISymbol> Decided(INamedTypeSymbol type, CatalogueEntry entry, NamePattern name) => type.GetMembers()
        .Where(m => m is IMethodSymbol or IPropertySymbol or IFieldSymbol && m.DeclaredAccessibility is not (Accessibility.Private or Accessibility.Internal))
        .Where(m => name.Matches(CatalogueEntry.NameOf(m)) && catalogue.Of(m)?.Source == entry.Facts.Source);

    private static IEnumerable<INamedTypeSymbol> All(INamespaceSymbol space) =>
        space.GetTypeMembers().Where(t => t.DeclaredAccessibility == Accessibility.Public).Concat(space.GetNamespaceMembers().SelectMany(All));
}
