using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>The classes, structs and interfaces of a file, and what else it calls them, as they are written.</summary>
internal sealed class WrittenTypes
{
    private static readonly KeptPerFile<WrittenTypes> Files = new(static tree => new(tree));

    private readonly List<WrittenType> all = [];
    private readonly List<WrittenAlias> aliases = [];

    private WrittenTypes(SyntaxTree tree)
    {
        if (tree.GetRoot() is not CompilationUnitSyntax file) return;
        Add(file.Usings);
        Add(file.Members);
    }

    public IReadOnlyList<WrittenType> All => all;

    /// <summary><c>using Store = App.Data.SqlStore</c>: Store, SqlStore.</summary>
    public IReadOnlyList<WrittenAlias> Aliases => aliases;

    public static WrittenTypes In(SyntaxTree tree) => Files.Of(tree);

    private void Add(SyntaxList<MemberDeclarationSyntax> members)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Add(space.Usings);
                    Add(space.Members);
                    break;
                case TypeDeclarationSyntax type:
                    all.Add(new(type.Identifier.ValueText, type.Span, ParentsOf(type)));
                    Add(type.Members);
                    break;
            }
        }
    }

    private void Add(SyntaxList<UsingDirectiveSyntax> usings)
    {
        foreach (var directive in usings)
        {
            if (directive is { Alias: { } alias, Name: { } target } && SimpleNames.Of(target) is { } name) aliases.Add(new(alias.Name.Identifier.ValueText, name));
        }
    }

    private static string[] ParentsOf(TypeDeclarationSyntax type) => type.BaseList is { } list ? [.. list.Types.Select(t => SimpleNames.Of(t.Type)).OfType<string>()] : [];
}

internal sealed record WrittenAlias(string Alias, string Target);

/// <param name="Parents">The simple names of its base list.</param>
internal sealed record WrittenType(string Name, TextSpan Span, string[] Parents)
{
    /// <summary>Looked up by name: an assembly that another project sees through a reference has symbols of its own for it, which no semantic model knows.</summary>
    public INamedTypeSymbol? SymbolIn(IAssemblySymbol assembly, SyntaxTree tree) => SymbolOf(tree.GetRoot().FindNode(Span, getInnermostNodeForTie: true), assembly) as INamedTypeSymbol;

    private static INamespaceOrTypeSymbol? SymbolOf(SyntaxNode? node, IAssemblySymbol assembly) => node switch
    {
        CompilationUnitSyntax => assembly.GlobalNamespace,
        BaseNamespaceDeclarationSyntax space => Within(SymbolOf(space.Parent, assembly), space.Name),
        TypeDeclarationSyntax type => SymbolOf(type.Parent, assembly)?.GetTypeMembers(type.Identifier.ValueText, type.Arity).FirstOrDefault(t => t.DeclaringSyntaxReferences.Any(r => r.SyntaxTree == type.SyntaxTree && r.Span == type.Span)),
        _ => null,
    };

    private static INamespaceOrTypeSymbol? Within(INamespaceOrTypeSymbol? outer, NameSyntax name)
    {
        foreach (var part in name.DescendantTokens())
        {
            if (part.IsKind(SyntaxKind.IdentifierToken)) outer = outer?.GetMembers(part.ValueText).OfType<INamespaceSymbol>().FirstOrDefault();
        }

        return outer;
    }
}
