using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>A word whose absence rules a body out.</summary>
public enum Signal
{
    Await,
    Async,

    /// <summary>Routes of a minimal API: <c>MapGet</c>, <c>MapPost</c>.</summary>
    Map,

    /// <summary><c>Result</c>, <c>GetResult</c>, <c>Wait</c>, <c>WaitAll</c>: with which code waits for tasks.</summary>
    Result,
    GetResult,
    Wait,

    /// <summary><c>await task</c>: no call stands behind it.</summary>
    AwaitedName,

    /// <summary>The name of a call that ends in <c>Async</c>.</summary>
    AsyncCall,

    /// <summary><c>_ =</c>.</summary>
    Discard,

    /// <summary><c>=></c> and <c>delegate</c>: with which a lambda begins, but an expression body, too.</summary>
    Lambda,
}

/// <summary>
/// Where the words stand in each file's text: a rule turns most bodies away by a binary search, before their operations are walked. Words in comments behind
/// code count: a signal may be wrong, its absence never is.
/// </summary>
public sealed class TextSignals(Lazy<CallWords> words)
{
    private static readonly (string Word, Signal Signal, bool IsWhole)[] Words =
    [
        ("await", Signal.Await, true),
        ("async", Signal.Async, true),
        ("Map", Signal.Map, false),
        ("Result", Signal.Result, true),
        ("GetResult", Signal.GetResult, true),
        ("Wait", Signal.Wait, false),
        ("delegate", Signal.Lambda, true),
    ];

    internal static int Count => Words.Length + 3;

    /// <summary>How often the word stands inside the span, counted up to <paramref name="enough"/>.</summary>
    public bool Has(SyntaxTree tree, TextSpan span, Signal signal, int enough = 1) => Has(words.Value, tree, span, signal, enough);

    /// <summary>The same where there are words but no model.</summary>
    internal static bool Has(CallWords words, SyntaxTree tree, TextSpan span, Signal signal, int enough = 1)
    {
        var found = words.SignalsOf(tree)[(int)signal];
        var at = Array.BinarySearch(found, span.Start);
        if (at < 0) at = ~at;
        return at + enough <= found.Length && found[at + enough - 1] < span.End;
    }

    /// <summary>Where the word stands inside the span.</summary>
    public IEnumerable<int> In(SyntaxTree tree, TextSpan span, Signal signal)
    {
        var found = words.Value.SignalsOf(tree)[(int)signal];
        var at = Array.BinarySearch(found, span.Start);
        for (at = at < 0 ? ~at : at; at < found.Length && found[at] < span.End; at++) yield return found[at];
    }

    /// <summary>What is awaited at this position is a plain name: no call, member or index follows, but for <c>ConfigureAwait</c>.</summary>
    internal static bool IsName(char[] text, int position, int end)
    {
        while (position < end && char.IsWhiteSpace(text[position])) position++;
        var start = position;
        while (position < end && (char.IsLetterOrDigit(text[position]) || text[position] is '_' or '@')) position++;
        if (position == start) return true; // parentheses and the like: anything may stand there
        while (position < end && char.IsWhiteSpace(text[position])) position++;
        return position >= end || text[position] is not ('(' or '.' or '<' or '?') || StandsAt(text, position, end, ".ConfigureAwait");
    }

    /// <summary>The signal that a word of the text is, or begins with; -1 for none.</summary>
    internal static int Of(char[] text, int start, int length)
    {
        if (length < 3 || text[start] is not ('a' or 'W' or 'M' or 'R' or 'G' or 'd') || text[start + 1] is not ('w' or 's' or 'h' or 'a' or 'e')) return -1;
        foreach (var (word, signal, isWhole) in Words)
        {
            if ((!isWhole || length == word.Length) && StandsAt(text, start, start + length, word)) return (int)signal;
        }

        return -1;
    }

    internal static bool StandsAt(char[] text, int position, int end, string word)
    {
        if (position + word.Length > end) return false;
        for (var i = 0; i < word.Length; i++)
        {
            if (text[position + i] != word[i]) return false;
        }

        return true;
    }
}
