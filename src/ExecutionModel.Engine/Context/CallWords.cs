using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// The words of each file that stand before <c>(</c>, <c>&lt;</c> or <c>]</c>: names of calls, constructors and attributes, and the keywords of loops. Read off
/// the text in one pass, as hashes, so that a question about a span costs a binary search and no syntax node. Comments behind code count; two words may share a hash:
/// a yes may be wrong, a no never is.
/// </summary>
/// <param name="wanted">Hashes of words that are looked for wherever they stand: names of types, of attributes.</param>
public sealed class CallWords(WordSet wanted)
{
    private readonly ConcurrentDictionary<SyntaxTree, Found> words = new();

    /// <summary>The keywords that begin a loop, or end a <c>do</c>.</summary>
    public static WordSet Loops { get; } = new(["for", "foreach", "while"]);

    public static int HashOf(string word)
    {
        var hash = Start;
        foreach (var c in word) hash = unchecked((hash ^ c) * Prime);
        return hash;
    }

    /// <summary>Hashes of the words inside the span, in order.</summary>
    public ArraySegment<int> In(SyntaxTree tree, TextSpan span)
    {
        var found = words.GetOrAdd(tree, Scan);
        var from = IndexOf(found.At, span.Start);
        return new ArraySegment<int>(found.Hash, from, IndexOf(found.At, span.End) - from);
    }

    /// <summary>One of the names stands inside the span.</summary>
    public bool HasAny(SyntaxTree tree, TextSpan span, WordSet names) => names.ContainsAny(In(tree, span));

    /// <summary>One of the names stands in the file.</summary>
    public bool HasAny(SyntaxTree tree, WordSet names) => names.ContainsAny(In(tree));

    /// <summary>Hashes of all words of the file, in order.</summary>
    public ArraySegment<int> In(SyntaxTree tree) => new(words.GetOrAdd(tree, Scan).Hash);

    /// <summary>The file has one of the wanted words.</summary>
    public bool Mentions(SyntaxTree tree, int word) => Array.IndexOf(words.GetOrAdd(tree, Scan).Wanted, word) >= 0;

    /// <summary>Positions of each <see cref="Signal"/>.</summary>
    internal int[][] SignalsOf(SyntaxTree tree) => words.GetOrAdd(tree, Scan).Signals;

    private const int Start = unchecked((int)2166136261);
    private const int Prime = 16777619;
    private const byte Other = 0;
    private const byte Word = 1;
    private const byte Blank = 2;
    private const byte LineEnd = 3;
    private static readonly byte[] Kinds = KindsOfCharacters();

    private static int IndexOf(int[] positions, int position)
    {
        var index = Array.BinarySearch(positions, position);
        return index < 0 ? ~index : index;
    }

    /// <summary>Every character of every file passes here once, so the loop asks little of each.</summary>
    [MethodImpl(HotLoop.Optimized)]
    private Found Scan(SyntaxTree tree)
    {
        var text = tree.GetText().ToString();
        var kinds = Kinds;
        var (at, hashes, found) = (new List<int>(text.Length / 32), new List<int>(text.Length / 32), new WordSet());
        var signals = new List<int>?[TextSignals.Count];
        var isLineStart = true;
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            var kind = c < 128 ? kinds[c] : Word;
            if (kind != Word)
            {
                i++;
                if (kind == Blank) continue;
                if (c == '/' && isLineStart && i < text.Length && text[i] == '/')
                {
                    i = text.IndexOf('\n', i); // half of a library's text is documentation
                    if (i < 0) break;
                    continue;
                }

                isLineStart = kind == LineEnd;
                continue;
            }

            isLineStart = false;
            var start = i;
            var hash = Start;
            for (; i < text.Length; i++)
            {
                c = text[i];
                if (c < 128 && kinds[c] != Word) break;
                hash = unchecked((hash ^ c) * Prime);
            }

            if (TextSignals.Of(text, start, i - start) is >= 0 and var signal)
            {
                (signals[signal] ??= []).Add(start);
                if (signal == (int)Signal.Await && TextSignals.IsName(text, i)) (signals[(int)Signal.AwaitedName] ??= []).Add(start);
            }

            if (wanted.Contains(hash)) found.Add(hash);
            var next = i;
            while (next < text.Length && text[next] is var after && after < 128 && kinds[after] is Blank or LineEnd) next++;
            if (next >= text.Length || text[next] is not ('(' or '<' or ']')) continue;
            at.Add(start);
            hashes.Add(hash);
        }

        return new Found(at.ToArray(), hashes.ToArray(), found.ToArray(), Array.ConvertAll(signals, s => s?.ToArray() ?? []));
    }

    private static byte[] KindsOfCharacters()
    {
        var kinds = new byte[128];
        for (var c = 0; c < kinds.Length; c++)
        {
            kinds[c] = (char)c switch
            {
                >= 'a' and <= 'z' or >= 'A' and <= 'Z' or >= '0' and <= '9' or '_' => Word,
                ' ' or '\t' or '\r' => Blank,
                '\n' => LineEnd,
                _ => Other,
            };
        }

        return kinds;
    }

    private sealed record Found(int[] At, int[] Hash, int[] Wanted, int[][] Signals);
}
