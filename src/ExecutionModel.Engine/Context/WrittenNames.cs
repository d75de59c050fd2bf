using System.Buffers;
using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>Says whether a file's text holds a name, as a part of a word, too: who calls a <c>Store</c> by its interface writes <c>IStore</c>.</summary>
internal static class WrittenNames
{
    private static readonly KeptPerFile<ConcurrentDictionary<string, object>> Known = new(static _ => new(StringComparer.Ordinal));

    public static bool In(SyntaxTree tree, string name)
    {
        var asked = Known.Of(tree);
        return (bool)(asked.TryGetValue(name, out var known) ? known : asked.GetOrAdd(name, n => HasAny(tree.GetText(), [n])));
    }

    /// <summary>One look at the text for all the names.</summary>
    public static bool HasAny(SourceText source, string[] names)
    {
        var text = ArrayPool<char>.Shared.Rent(source.Length); // the texts as strings would be most of what the rules allocate
        source.CopyTo(0, text, 0, source.Length);
        var found = Array.Exists(names, n => text.AsSpan(0, source.Length).IndexOf(n.AsSpan()) >= 0);
        ArrayPool<char>.Shared.Return(text);
        return found;
    }
}
