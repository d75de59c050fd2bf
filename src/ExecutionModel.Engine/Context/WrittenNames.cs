using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>Says whether a file's text holds a name, as a part of a word, too: who calls a <c>Store</c> by its interface writes <c>IStore</c>.</summary>
internal sealed class WrittenNames
{
    private readonly ConcurrentDictionary<SyntaxTree, ConcurrentDictionary<string, object>> known = new();

    public bool In(SyntaxTree tree, string name) =>
        (bool)known.GetOrAdd(tree, static _ => new(StringComparer.Ordinal)).GetOrAdd(name, n => tree.GetText().ToString().IndexOf(n, StringComparison.Ordinal) >= 0);
}
