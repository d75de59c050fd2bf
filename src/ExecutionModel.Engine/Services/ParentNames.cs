using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// The types of an assembly by what their base lists name. Source is indexed by the names as they are written: only the few that share the name of a
/// type somebody asks for are looked up.
/// </summary>
internal sealed class ParentNames
{
    private readonly IAssemblySymbol assembly;
    private readonly Dictionary<string, List<Declared>> written = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<INamedTypeSymbol>> known = new(StringComparer.Ordinal);

    /// <param name="source">What the assembly is compiled from, where it is here and C#.</param>
    public ParentNames(IAssemblySymbol assembly, Compilation? source)
    {
        this.assembly = assembly;
        if (source is null) AddKnown();
        else AddWritten(source);
    }

    /// <summary>Those that name the type itself as their base or interface; of a partial type each part that does.</summary>
    public IEnumerable<INamedTypeSymbol> Naming(INamedTypeSymbol parent)
    {
        IEnumerable<INamedTypeSymbol> types = written.TryGetValue(parent.Name, out var declared) ? declared.Select(d => d.Type.SymbolIn(assembly, d.File)).OfType<INamedTypeSymbol>() : [];
        if (known.TryGetValue(parent.Name, out var found)) types = found;
        return types.Where(t => Is(t.BaseType, parent) || t.Interfaces.Any(i => Is(i, parent)));
    }

    private static bool Is(INamedTypeSymbol? type, INamedTypeSymbol parent) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, parent.OriginalDefinition);

    private void AddWritten(Compilation source)
    {
        var aliases = source.SyntaxTrees.SelectMany(t => WrittenTypes.In(t).Aliases).Where(a => a.Alias != a.Target).ToLookup(a => a.Alias, a => a.Target, StringComparer.Ordinal);
        foreach (var file in source.SyntaxTrees)
        {
            foreach (var type in WrittenTypes.In(file).All)
            {
                foreach (var parent in type.Parents)
                {
                    Add(written, parent, new Declared(file, type));
                    foreach (var target in aliases[parent]) Add(written, target, new Declared(file, type));
                }
            }
        }
    }

    private void AddKnown()
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(assembly.GlobalNamespace);
        while (pending.Count > 0)
        {
            var next = pending.Pop();
            foreach (var member in next is INamedTypeSymbol holder ? (IEnumerable<ISymbol>)holder.GetTypeMembers() : next.GetMembers())
            {
                if (member is not INamespaceOrTypeSymbol container) continue;
                pending.Push(container);
                if (container is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsStatic: false } type) AddKnown(type);
            }
        }
    }

    private void AddKnown(INamedTypeSymbol type)
    {
        foreach (var i in type.Interfaces) Add(known, i.Name, type);
        if (type.BaseType is { SpecialType: SpecialType.None } parent) Add(known, parent.Name, type);
    }

    private static void Add<T>(Dictionary<string, List<T>> index, string name, T type)
    {
        if (!index.TryGetValue(name, out var list)) index[name] = list = [];
        list.Add(type);
    }

    private sealed record Declared(SyntaxTree File, WrittenType Type);
}
