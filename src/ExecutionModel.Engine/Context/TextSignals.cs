using System.Buffers;
using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>A word whose absence rules a body out.</summary>
public enum Signal
{
    Await,
    Async,
    WhenAll,

    /// <summary>Routes of a minimal API: <c>MapGet</c>, <c>MapPost</c>.</summary>
    Map,

    /// <summary><c>.Result</c>, <c>GetResult</c>, <c>.Wait</c>: with which code waits for tasks.</summary>
    Result,
    GetResult,
    Wait,
}

/// <summary>
/// Where the words stand in each file's text. One scan per file lets a rule turn most bodies away by a binary search, before their operations are walked.
/// Words in comments count: a signal may be wrong, its absence never is.
/// </summary>
public sealed class TextSignals
{
    private static readonly string[] Words = ["await", "async", "WhenAll", "Map", ".Result", "GetResult", ".Wait"];
    private const int Chunk = 16 * 1024;
    private readonly ConcurrentDictionary<SyntaxTree, int[][]> positions = new();

    /// <summary>How often the word stands inside the span, counted up to <paramref name="enough"/>.</summary>
    public bool Has(SyntaxTree tree, TextSpan span, Signal signal, int enough = 1)
    {
        var found = positions.GetOrAdd(tree, Scan)[(int)signal];
        var at = Array.BinarySearch(found, span.Start);
        if (at < 0) at = ~at;
        return at + enough <= found.Length && found[at + enough - 1] < span.End;
    }

    [MethodImpl(HotLoop.Optimized)]
    private static int[][] Scan(SyntaxTree tree)
    {
        var text = tree.GetText();
        var found = Words.Select(_ => new List<int>()).ToArray();
        var buffer = ArrayPool<char>.Shared.Rent(Chunk);
        const int overlap = 16; // longer than any word, so that none is cut in two
        for (var start = 0; start < text.Length; start += Chunk - overlap)
        {
            var length = Math.Min(Chunk, text.Length - start);
            text.CopyTo(start, buffer, 0, length);
            for (var w = 0; w < Words.Length; w++)
            {
                var rest = new ReadOnlySpan<char>(buffer, 0, length);
                var offset = start;
                for (int i; (i = rest.IndexOf(Words[w].AsSpan())) >= 0; rest = rest.Slice(i + 1), offset += i + 1)
                {
                    var position = offset + i;
                    if (found[w].Count == 0 || found[w][found[w].Count - 1] < position) found[w].Add(position);
                }
            }
        }

        ArrayPool<char>.Shared.Return(buffer);
        return found.Select(f => f.ToArray()).ToArray();
    }
}
