using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// Finds the classes behind an interface or abstract class: among the types of the compilation and of the referenced assemblies that know the interface.
/// Declared symbols only, no bodies; each assembly is indexed once, when first asked for.
/// </summary>
public sealed class Implementations(Compilation compilation)
{
    private readonly ConcurrentDictionary<IAssemblySymbol, Lazy<ParentNames>> indexes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<INamedTypeSymbol>> found = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<string, object> named = new(StringComparer.Ordinal);
    private readonly Lazy<Dictionary<IAssemblySymbol, Compilation?>> projects = new(() => Projects(compilation));

    /// <summary>
    /// Concrete classes, in a stable order; for <c>IStore&lt;User&gt;</c> those that can stand for it, with their type arguments where these follow from it.
    /// Empty for interfaces of the framework and of packages: anybody may implement those.
    /// </summary>
    public ImmutableArray<INamedTypeSymbol> Of(INamedTypeSymbol service) => found.GetOrAdd(service, s =>
    {
        var named = (INamedTypeSymbol)s;
        if (!named.IsGenericType || named.IsUnboundGenericType || SymbolEqualityComparer.Default.Equals(named, named.OriginalDefinition)) return Find(named.OriginalDefinition);
        return [.. Of(named.OriginalDefinition).Select(c => ClosedTypes.For(c, named)).OfType<INamedTypeSymbol>()];
    });

    private ImmutableArray<INamedTypeSymbol> Find(INamedTypeSymbol service)
    {
        if (!IsOfThisSolution(service.ContainingAssembly)) return [];
        var result = ImmutableArray.CreateBuilder<INamedTypeSymbol>();
        var children = Knowing(service.ContainingAssembly).Select(a => indexes.GetOrAdd(a, x => new(() => new ParentNames(x, SourceOf(x)))).Value).ToArray();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<INamedTypeSymbol>([service]);
        while (pending.Count > 0)
        {
            var parent = pending.Dequeue();
            foreach (var index in children)
            {
                foreach (var type in index.Naming(parent))
                {
                    if (!seen.Add(type)) continue;
                    if (type is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false }) result.Add(type);
                    pending.Enqueue(type);
                }
            }
        }

        result.Sort((a, b) => string.CompareOrdinal(a.ToDisplayString(), b.ToDisplayString()));
        return result.ToImmutable();
    }

    private IEnumerable<IAssemblySymbol> Knowing(IAssemblySymbol declaring)
    {
        yield return compilation.Assembly;
        foreach (var assembly in ReferencedProjects)
        {
            if (SymbolEqualityComparer.Default.Equals(assembly, declaring) || assembly.Modules.Any(m => m.ReferencedAssemblies.Contains(declaring.Identity)))
                yield return assembly;
        }
    }

    /// <summary>The compilation itself or one of its <see cref="ReferencedProjects"/>.</summary>
    public bool IsOfThisSolution(IAssemblySymbol? assembly) => assembly is not null && (SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly) || projects.Value.ContainsKey(assembly));

    /// <summary>Projects reference each other as compilations (IDE) or as files outside the package and framework folders (build).</summary>
    public IEnumerable<IAssemblySymbol> ReferencedProjects => projects.Value.Keys;

    /// <summary>A referenced project declares a type of that name. A project that is here as a compilation is asked for one name: a set of all its names costs more than the rules that ask.</summary>
    public bool AnyProjectNames(string type) => (bool)named.GetOrAdd(type, n => projects.Value.Any(p => p.Value?.ContainsSymbolsWithName(n, SymbolFilter.Type) ?? p.Key.TypeNames.Contains(n)));

    /// <summary>The compilation itself, or that of a referenced project; null for a file, and for what is not written in C#.</summary>
    internal Compilation? SourceOf(IAssemblySymbol assembly)
    {
        if (SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly)) return compilation;
        return projects.Value.TryGetValue(assembly, out var source) && source?.Language == LanguageNames.CSharp ? source : null;
    }

    /// <summary>With their own compilations, where these are at hand: an assembly symbol doesn't always lead to its own.</summary>
    private static Dictionary<IAssemblySymbol, Compilation?> Projects(Compilation compilation)
    {
        var found = new Dictionary<IAssemblySymbol, Compilation?>(SymbolEqualityComparer.Default);
        foreach (var reference in compilation.References)
        {
            if (reference is PortableExecutableReference { FilePath: var path } && (path is null || IsPackage(path.Replace('\\', '/')))) continue;
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly) found[assembly] = (reference as CompilationReference)?.Compilation;
        }

        return found;
    }

    private static bool IsPackage(string path) =>
        path.Contains("/packs/") || path.Contains("/packages/") || path.Contains("/shared/Microsoft.") || path.Contains("/Reference Assemblies/") || path.Contains("/.nuget/");
}
