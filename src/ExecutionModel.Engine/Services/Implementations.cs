using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// Finds the classes behind an interface or abstract class: among the types of the compilation and of the referenced assemblies that know the interface.
/// Declared symbols only, no bodies; each assembly is indexed once, when first asked for.
/// </summary>
public sealed class Implementations(Compilation compilation)
{
    private readonly ConcurrentDictionary<IAssemblySymbol, Lazy<Dictionary<ISymbol, List<INamedTypeSymbol>>>> indexes = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<INamedTypeSymbol>> found = new(SymbolEqualityComparer.Default);
    private readonly Lazy<HashSet<IAssemblySymbol>> projects = new(() => Projects(compilation));

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
        var children = Knowing(service.ContainingAssembly).Select(a => indexes.GetOrAdd(a, x => new(() => Index(x))).Value).ToArray();
        var seen = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Queue<INamedTypeSymbol>([service]);
        while (pending.Count > 0)
        {
            var parent = pending.Dequeue();
            foreach (var index in children)
            {
                if (!index.TryGetValue(parent, out var types)) continue;
                foreach (var type in types)
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
    public bool IsOfThisSolution(IAssemblySymbol? assembly) => assembly is not null && (SymbolEqualityComparer.Default.Equals(assembly, compilation.Assembly) || projects.Value.Contains(assembly));

    /// <summary>Projects reference each other as compilations (IDE) or as files outside the package and framework folders (build).</summary>
    public IEnumerable<IAssemblySymbol> ReferencedProjects => projects.Value;

    private static HashSet<IAssemblySymbol> Projects(Compilation compilation)
    {
        var found = new HashSet<IAssemblySymbol>(SymbolEqualityComparer.Default);
        foreach (var reference in compilation.References)
        {
            if (reference is PortableExecutableReference { FilePath: var path } && (path is null || IsPackage(path.Replace('\\', '/')))) continue;
            if (compilation.GetAssemblyOrModuleSymbol(reference) is IAssemblySymbol assembly) found.Add(assembly);
        }

        return found;
    }

    private static bool IsPackage(string path) =>
        path.Contains("/packs/") || path.Contains("/packages/") || path.Contains("/shared/Microsoft.") || path.Contains("/Reference Assemblies/") || path.Contains("/.nuget/");

    /// <summary>Types by what they name in their base lists; the walk up to the service goes from there.</summary>
    private static Dictionary<ISymbol, List<INamedTypeSymbol>> Index(IAssemblySymbol assembly)
    {
        var index = new Dictionary<ISymbol, List<INamedTypeSymbol>>(SymbolEqualityComparer.Default);
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            foreach (var member in next is INamedTypeSymbol holder ? (IEnumerable<ISymbol>)holder.GetTypeMembers() : next.GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol container) continue;
                pending.Push(container);
                if (container is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsStatic: false } type) continue;
                foreach (var i in type.Interfaces) Add(i, type);
                if (type.BaseType is { SpecialType: SpecialType.None } parent) Add(parent, type);
            }
        }

        return index;

        void Add(INamedTypeSymbol service, INamedTypeSymbol type)
        {
            if (!index.TryGetValue(service.OriginalDefinition, out var list)) index[service.OriginalDefinition] = list = [];
            list.Add(type);
        }
    }
}
