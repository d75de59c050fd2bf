using System.Buffers;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// The words of each file that stand before <c>(</c>, <c>&lt;</c> or <c>]</c>, or between <c>new</c> and <c>{</c>: names of calls, constructors and attributes, and the keywords of loops. Read off
/// the text in one pass, as hashes, so that a question about a span costs a binary search and no syntax node. Comments behind code count; two words may share a hash:
/// a yes may be wrong, a no never is.
/// </summary>
public sealed class CallWords
{
    private static readonly ConditionalWeakTable<WordSet, CallWords> BySet = new();

    private readonly KeptPerFile<Found> files;
    private readonly WordSet wanted;

    private CallWords(WordSet wanted)
    {
        this.wanted = wanted;
        files = new(Scan);
    }

    /// <summary>The same for all compilations that look for the same.</summary>
    /// <param name="wanted">Hashes of words that are looked for wherever they stand: names of types, of attributes.</param>
    public static CallWords For(WordSet wanted) => BySet.GetValue(wanted, static w => new CallWords(w));

    /// <summary>The keywords that begin a loop, or end a <c>do</c>.</summary>
    public static WordSet Loops { get; } = new(["for", "foreach", "while"]);

    /// <summary>The keyword of a creation, as <see cref="HashOf"/>.</summary>
    public static int New { get; } = HashOf("new");

    /// <summary>Something is made whose type stands elsewhere.</summary>
    public static WordSet Creations { get; } = new(["new"]);

    public static int HashOf(string word)
    {
        var hash = Start;
        foreach (var c in word) hash = unchecked((hash ^ c) * Prime);
        return hash;
    }

    /// <summary>Hashes of the words inside the span, in order.</summary>
    public WrittenCalls In(SyntaxTree tree, TextSpan span)
    {
        var found = files.Of(tree);
        return new WrittenCalls(found.At, found.Names, found.Receivers, IndexOf(found.At, span.Start), IndexOf(found.At, span.End));
    }

    /// <summary>One of the names stands inside the span.</summary>
    public bool HasAny(SyntaxTree tree, TextSpan span, WordSet names) => In(tree, span).HasAny(names);

    /// <summary>One of the names stands in the file.</summary>
    public bool HasAny(SyntaxTree tree, WordSet names) => In(tree).HasAny(names);

    /// <summary>Hashes of all words of the file, in order.</summary>
    public WrittenCalls In(SyntaxTree tree)
    {
        var found = files.Of(tree);
        return new WrittenCalls(found.At, found.Names, found.Receivers, 0, found.Names.Length);
    }

    /// <summary>The file has one of the wanted words.</summary>
    public bool Mentions(SyntaxTree tree, int word) => Array.IndexOf(files.Of(tree).Wanted, word) >= 0;

    /// <summary>The file has one of some wanted words.</summary>
    internal bool MentionsAny(SyntaxTree tree, WordSet words) => files.Of(tree).Wanted is var found && words.ContainsAny(found, 0, found.Length);

    /// <summary>Positions of each <see cref="Signal"/>.</summary>
    internal int[][] SignalsOf(SyntaxTree tree) => files.Of(tree).Signals;

    private static readonly int Discard = HashOf("_");
    private const string Async = "Async";
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
    private Found Scan(SyntaxTree tree)
    {
        var source = tree.GetText();
        var length = source.Length;
        var text = ArrayPool<char>.Shared.Rent(length); // the texts as strings would be most of what the rules allocate
        source.CopyTo(0, text, 0, length);
        var kinds = Kinds;
        var (at, names, receivers, found) = (new List<int>(length / 64), new List<int>(length / 64), new List<int>(length / 64), new List<int>());
        var signals = new List<int>?[TextSignals.Count];
        var isLineStart = true;
        var last = 0; // the word before
        for (var i = 0; i < length;)
        {
            var c = text[i];
            var kind = c < 128 ? kinds[c] : Word;
            if (kind != Word)
            {
                i++;
                if (kind == Blank) continue;
                if (c == '=' && i < length && text[i] == '>') (signals[(int)Signal.Lambda] ??= []).Add(i - 1);
                if (c == '/' && isLineStart && i < length && text[i] == '/')
                {
                    i = Array.IndexOf(text, '\n', i, length - i); // half of a library's text is documentation
                    if (i < 0) break;
                    continue;
                }

                isLineStart = kind == LineEnd;
                continue;
            }

            isLineStart = false;
            var start = i;
            var hash = Start;
            for (; i < length; i++)
            {
                c = text[i];
                if (c < 128 && kinds[c] != Word) break;
                hash = unchecked((hash ^ c) * Prime);
            }

            if (TextSignals.Of(text, start, i - start) is >= 0 and var signal)
            {
                (signals[signal] ??= []).Add(start);
                if (signal == (int)Signal.Await && TextSignals.IsName(text, i, length)) (signals[(int)Signal.AwaitedName] ??= []).Add(start);
            }

            if (wanted.Contains(hash) && !found.Contains(hash)) found.Add(hash);
            var next = i;
            while (next < length && text[next] is var after && after < 128 && kinds[after] is Blank or LineEnd) next++;
            if (next < length && (text[next] is '(' or '<' or ']' || text[next] == '{' && last == New))
            {
                if (i - start >= Async.Length && text[i - 1] == Async[^1] && TextSignals.StandsAt(text, i - Async.Length, i, Async)) (signals[(int)Signal.AsyncCall] ??= []).Add(start);
                at.Add(start);
                names.Add(hash);
                receivers.Add(Receiver(text, start, last));
            }
            else if (hash == Discard && next < length && text[next] is '=' or '/')
            {
                (signals[(int)Signal.Discard] ??= []).Add(start);
            }

            last = hash;
        }

        ArrayPool<char>.Shared.Return(text);
        return new Found(at.ToArray(), names.ToArray(), receivers.ToArray(), found.ToArray(), Array.ConvertAll(signals, s => s?.ToArray() ?? []));
    }

    /// <summary>What the name that begins at <paramref name="start"/> is called on.</summary>
    private static int Receiver(char[] text, int start, int last)
    {
        var i = Before(text, start);
        if (i < 0 || text[i] != '.') return WrittenCalls.None;
        i = Before(text, i);
        return i >= 0 && (text[i] >= 128 || Kinds[text[i]] == Word) ? last : WrittenCalls.Unnamed;
    }

    private static int Before(char[] text, int position)
    {
        do position--;
        while (position >= 0 && text[position] < 128 && Kinds[text[position]] is Blank or LineEnd);
        return position;
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

    private sealed record Found(int[] At, int[] Names, int[] Receivers, int[] Wanted, int[][] Signals);
}
