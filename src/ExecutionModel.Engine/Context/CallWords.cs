using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// The words of each file that stand before <c>(</c>, <c>&lt;</c> or <c>]</c>: names of calls, constructors and attributes, and the keywords of loops. Read off
/// the text in one pass, as hashes, so that a question about a span costs a binary search and no syntax node. Comments count; two words may share a hash:
/// a yes may be wrong, a no never is.
/// </summary>
public sealed class CallWords
{
    private readonly ConcurrentDictionary<SyntaxTree, (int[] At, int[] Hash)> words = new();

    public static int HashOf(string word)
    {
        var hash = Start;
        foreach (var c in word) hash = Add(hash, c);
        return hash;
    }

    /// <summary>Hashes of the words inside the span, in order.</summary>
    public ArraySegment<int> In(SyntaxTree tree, TextSpan span)
    {
        var (at, hash) = words.GetOrAdd(tree, Scan);
        var from = IndexOf(at, span.Start);
        return new ArraySegment<int>(hash, from, IndexOf(at, span.End) - from);
    }

    private const int Start = unchecked((int)2166136261);

    private static int Add(int hash, char c) => unchecked((hash ^ c) * 16777619);

    private static int IndexOf(int[] positions, int position)
    {
        var index = Array.BinarySearch(positions, position);
        return index < 0 ? ~index : index;
    }

    private static (int[] At, int[] Hash) Scan(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        var at = new List<int>();
        var hashes = new List<int>();
        for (var i = 0; i < text.Length;)
        {
            if (!IsWord(text[i]))
            {
                i++;
                continue;
            }

            var start = i;
            var hash = Start;
            for (; i < text.Length && IsWord(text[i]); i++) hash = Add(hash, text[i]);
            var next = i;
            while (next < text.Length && text[next] is ' ' or '\r' or '\n' or '\t') next++;
            if (next >= text.Length || text[next] is not ('(' or '<' or ']')) continue;
            at.Add(start);
            hashes.Add(hash);
        }

        return (at.ToArray(), hashes.ToArray());
    }

    private static bool IsWord(char c) => c is >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' or > '\u007f';
}
