using System.Collections;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Words as <see cref="CallWords.HashOf"/>. Each word of each file is looked up in several of these, and nearly none is there: a bit for its low bits says
/// no before the set is asked. Small sets have few bits: those of all rules fit the nearest cache.
/// </summary>
public sealed class WordSet : IEnumerable<int>
{
    private const int Fewest = 128; // 4,096 bits: one in sixty is taken by 64 words
    private const int Most = 2048;

    private readonly HashSet<int> words = [];
    private uint[] seen = new uint[Fewest];

    public WordSet()
    {
    }

    public WordSet(IEnumerable<int> words)
    {
        foreach (var word in words) Add(word);
    }

    public WordSet(IEnumerable<string> words)
    {
        foreach (var word in words) Add(CallWords.HashOf(word));
    }

    public bool Add(int word)
    {
        if (!words.Add(word)) return false;
        if (words.Count * 2 > seen.Length && seen.Length < Most)
        {
            seen = new uint[seen.Length * 4];
            foreach (var known in words) Mark(known);
        }

        Mark(word);
        return true;
    }

    public bool IsSame(WordSet other) => words.SetEquals(other.words);

    public bool Contains(int word) => (seen[word >> 5 & seen.Length - 1] & 1u << (word & 31)) != 0 && words.Contains(word);

    internal bool ContainsAny(int[] written, int from, int end)
    {
        var seen = this.seen;
        for (var i = from; i < end; i++)
        {
            var word = written[i];
            if ((seen[word >> 5 & seen.Length - 1] & 1u << (word & 31)) != 0 && words.Contains(word)) return true;
        }

        return false;
    }

    private void Mark(int word) => seen[word >> 5 & seen.Length - 1] |= 1u << (word & 31);

    public IEnumerator<int> GetEnumerator() => words.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
