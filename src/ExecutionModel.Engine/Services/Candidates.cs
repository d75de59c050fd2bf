using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>Which classes can stand behind a service? All that implement it in this solution, or those that the compilation registers for it.</summary>
internal sealed class Candidates(Implementations implementations, Registrations registrations)
{
    public ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol service)
    {
        var all = implementations.Of(service);
        if (all.Length == 1) return all;
        var registered = registrations.Of(service);
        // A decorator stands in front of another one, which may be registered by other means.
        return registered.IsEmpty || registered.Any(c => Takes(c, service)) ? all : registered;
    }

    /// <summary>Its constructors and fields say what it holds; those of packages are not looked at.</summary>
    public bool CanBeRead(INamedTypeSymbol type) => implementations.IsOfThisSolution(type.ContainingAssembly);

    private static bool Takes(INamedTypeSymbol type, INamedTypeSymbol service) =>
        type.InstanceConstructors.Any(c => c.Parameters.Any(p => SymbolEqualityComparer.Default.Equals(p.Type.OriginalDefinition, service.OriginalDefinition)));
}
