using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// Names for new locals of one scope. A name is free if no identifier inside the scope has it (declared or used, also in lambdas and patterns: a new local
/// would clash or hide a member) and no enclosing scope has a local of that name.
/// </summary>
internal sealed class UniqueNames(SemanticModel model, int position, SyntaxNode scope)
{
    private readonly HashSet<string> taken = new(
        scope.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText), StringComparer.Ordinal);

    /// <summary><c>userTask</c>, else <c>userTask2</c>, <c>userTask3</c>…</summary>
    public string Next(string wanted)
    {
        var name = wanted;
        for (var i = 2; taken.Contains(name) || IsLocal(name); i++) name = wanted + i;
        taken.Add(name);
        return name;
    }

    /// <summary>For a parameter that nothing reads: <c>_</c>, unless that would take the place of the discards in its body.</summary>
    public string Unread(string otherwise, SyntaxNode body) => body.DescendantTokens().Any(t => t.ValueText == "_") ? Next(otherwise) : "_";

    private bool IsLocal(string name) => model.LookupSymbols(position, name: name).Any(s =>
        s.Kind is SymbolKind.Local or SymbolKind.Parameter or SymbolKind.RangeVariable || s is IMethodSymbol { MethodKind: MethodKind.LocalFunction });
}
