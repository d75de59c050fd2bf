using System.Collections;
using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Roslyn;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Words as <see cref="CallWords.HashOf"/>. Each word of each file is looked up in several of these, and nearly none is there: a bit per low half of the hash says
/// no before the set is asked.
/// </summary>
public sealed class WordSet : IEnumerable<int>
{
    private readonly HashSet<int> words = [];
    private readonly uint[] seen = new uint[2048];

    public WordSet()
    {
    }

    public WordSet(IEnumerable<int> words)
    {
        foreach (var word in words) Add(word);
    }

    public WordSet(IEnumerable<string> words)
        : this(words.Select(CallWords.HashOf))
    {
    }

    public bool Add(int word)
    {
        seen[(word & 0xFFFF) >> 5] |= 1u << (word & 31);
        return words.Add(word);
    }

    [MethodImpl(HotLoop.Optimized)]
    public bool Contains(int word) => (seen[(word & 0xFFFF) >> 5] & 1u << (word & 31)) != 0 && words.Contains(word);

    [MethodImpl(HotLoop.Optimized)]
    internal bool ContainsAny(int[] written, int from, int end)
    {
        for (var i = from; i < end; i++)
        {
            var word = written[i];
            if ((seen[(word & 0xFFFF) >> 5] & 1u << (word & 31)) != 0 && words.Contains(word)) return true;
        }

        return false;
    }

    public IEnumerator<int> GetEnumerator() => words.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
