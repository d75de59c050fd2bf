using System.Text;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>A marked span. <see cref="Id"/> is null for <c>[|…|]</c>, <c>EXM101</c> for <c>{|EXM101:…|}</c>, <c>#0</c> for <c>{|#0:…|}</c>.</summary>
public sealed record MarkedSpan(TextSpan Span, string? Id)
{
    /// <summary>A name for the span only: it expects nothing by itself.</summary>
    public bool IsKey => Id?.StartsWith('#') == true;
}

/// <summary>Source text without its marks, and the spans that they marked.</summary>
public sealed record Markup(string Text, IReadOnlyList<MarkedSpan> Spans)
{
    /// <summary>Reads <c>[|…|]</c>, <c>{|ID:…|}</c> and <c>{|#key:…|}</c>, which may be nested.</summary>
    public static Markup Parse(string source)
    {
        var text = new StringBuilder(source.Length);
        var open = new Stack<(char Bracket, int Start, string? Id)>();
        var spans = new List<MarkedSpan>();
        for (var i = 0; i < source.Length; i++)
        {
            var pair = i + 1 < source.Length ? source.AsSpan(i, 2) : default;
            if (pair.SequenceEqual("[|"))
            {
                open.Push((']', text.Length, null));
                i++;
            }
            else if (pair.SequenceEqual("{|") && IdAt(source, i + 2) is { } id)
            {
                open.Push(('}', text.Length, id));
                i += 2 + id.Length;
            }
            else if ((pair.SequenceEqual("|]") || pair.SequenceEqual("|}")) && open.TryPeek(out var top) && top.Bracket == pair[1])
            {
                open.Pop();
                spans.Add(new MarkedSpan(TextSpan.FromBounds(top.Start, text.Length), top.Id));
                i++;
            }
            else
            {
                text.Append(source[i]);
            }
        }

        if (open.Count > 0) Assert.Fail($"The markup is not closed: '{open.Peek().Bracket}' is missing.");
        return new Markup(text.ToString(), spans.OrderBy(s => s.Span.Start).ThenByDescending(s => s.Span.End).ToArray());
    }

    private static string? IdAt(string source, int start)
    {
        var end = start;
        while (end < source.Length && (char.IsLetterOrDigit(source[end]) || source[end] == '#')) end++;
        return end > start && end < source.Length && source[end] == ':' ? source[start..end] : null;
    }
}
