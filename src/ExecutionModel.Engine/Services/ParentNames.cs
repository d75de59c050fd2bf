using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// The types of an assembly by what their base lists name. Source is indexed by the names as they are written: only the few that share the name of a
/// type somebody asks for are bound.
/// </summary>
internal sealed class ParentNames
{
    private readonly Dictionary<string, List<INamedTypeSymbol>> types = new(StringComparer.Ordinal);

    public ParentNames(IAssemblySymbol assembly)
    {
        var aliases = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        var (files, all) = (new HashSet<SyntaxTree>(), new List<INamedTypeSymbol>());
        foreach (var type in TypesOf(assembly))
        {
            all.Add(type);
            foreach (var reference in type.DeclaringSyntaxReferences)
            {
                if (files.Add(reference.SyntaxTree)) AddAliases(reference.SyntaxTree.GetRoot(), aliases);
            }
        }

        foreach (var type in all)
        {
            foreach (var name in type.DeclaringSyntaxReferences.IsEmpty ? Known(type) : Written(type)) Add(name, type, aliases);
        }
    }

    /// <summary>Those that name the type itself as their base or interface.</summary>
    public IEnumerable<INamedTypeSymbol> Naming(INamedTypeSymbol parent) =>
        types.TryGetValue(parent.Name, out var found) ? found.Where(t => Is(t.BaseType, parent) || t.Interfaces.Any(i => Is(i, parent))) : [];

    private static bool Is(INamedTypeSymbol? type, INamedTypeSymbol parent) => SymbolEqualityComparer.Default.Equals(type?.OriginalDefinition, parent.OriginalDefinition);

    private void Add(string name, INamedTypeSymbol type, Dictionary<string, HashSet<string>> aliases)
    {
        if (!types.TryGetValue(name, out var list)) types[name] = list = [];
        if (list.Count > 0 && ReferenceEquals(list[^1], type)) return;
        list.Add(type);
        if (!aliases.TryGetValue(name, out var meant)) return;
        foreach (var other in meant.Where(m => m != name)) Add(other, type, []);
    }

    private static IEnumerable<string> Known(INamedTypeSymbol type)
    {
        foreach (var i in type.Interfaces) yield return i.Name;
        if (type.BaseType is { SpecialType: SpecialType.None } parent) yield return parent.Name;
    }

    private static IEnumerable<string> Written(INamedTypeSymbol type)
    {
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            if (reference.GetSyntax() is not BaseTypeDeclarationSyntax { BaseList: { } list }) continue;
            foreach (var named in list.Types)
            {
                if (SimpleNames.Of(named.Type) is { } name) yield return name;
            }
        }
    }

    private static void AddAliases(SyntaxNode root, Dictionary<string, HashSet<string>> aliases)
    {
        var (usings, members) = root is CompilationUnitSyntax file ? (file.Usings, file.Members) : root is BaseNamespaceDeclarationSyntax space ? (space.Usings, space.Members) : default;
        foreach (var inner in members)
        {
            if (inner is BaseNamespaceDeclarationSyntax) AddAliases(inner, aliases);
        }

        foreach (var directive in usings)
        {
            if (directive is not { Alias: { } alias, Name: { } target } || SimpleNames.Of(target) is not { } name) continue;
            if (!aliases.TryGetValue(alias.Name.Identifier.ValueText, out var names)) aliases[alias.Name.Identifier.ValueText] = names = new(StringComparer.Ordinal);
            names.Add(name);
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(IAssemblySymbol assembly)
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
                if (container is INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct or TypeKind.Interface, IsStatic: false } type) yield return type;
            }
        }
    }
}
