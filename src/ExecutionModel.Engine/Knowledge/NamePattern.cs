namespace ExecutionModel.Engine.Knowledge;

/// <summary>A member name with at most one <c>*</c> and one <c>{a,b}</c>: <c>Read*Async</c>, <c>{Post,Put}*Async</c>.</summary>
public sealed class NamePattern
{
    private readonly string[] heads;
    private readonly string[]? tails;

    private NamePattern(string[] heads, string[]? tails)
    {
        this.heads = heads;
        this.tails = tails;
    }

    /// <summary>The pattern without its braces: one per combination of their words.</summary>
    public IEnumerable<NamePattern> Alternatives =>
        heads.SelectMany(h => tails is null ? [new NamePattern([h], null)] : tails.Select(t => new NamePattern([h], [t])));

    /// <summary>As written, braces expanded: <c>PostAsync</c>, <c>Get*Async</c>; several are separated by commas.</summary>
    public string Text => string.Join(",", heads.SelectMany(h => tails is null ? [h] : tails.Select(t => h + "*" + t)));

    /// <summary>The names matched, where the pattern has no <c>*</c>; else null.</summary>
    public IReadOnlyList<string>? Exact => tails is null ? heads : null;

    /// <summary>Longer literals are more specific; exact names most of all.</summary>
    public int Specificity => tails is null ? 1000 : heads.Max(h => h.Length) + tails.Max(t => t.Length);

    public static NamePattern Parse(string text)
    {
        var star = text.IndexOf('*');
        if (star >= 0 && text.IndexOf('*', star + 1) >= 0) throw new FormatException($"'{text}' has more than one '*'");
        return star < 0
            ? new NamePattern(Expand(text), null)
            : new NamePattern(Expand(text.Substring(0, star)), Expand(text.Substring(star + 1)));
    }

    public bool Matches(string name)
    {
        foreach (var head in heads)
        {
            if (tails is null)
            {
                if (name == head) return true;
                continue;
            }

            if (!name.StartsWith(head, StringComparison.Ordinal)) continue;
            foreach (var tail in tails)
            {
                if (name.Length >= head.Length + tail.Length && name.EndsWith(tail, StringComparison.Ordinal)) return true;
            }
        }

        return false;
    }

    private static string[] Expand(string text)
    {
        var open = text.IndexOf('{');
        if (open < 0)
        {
            return text.IndexOf('}') < 0 ? [text] : throw new FormatException($"'{text}' has '}}' without '{{'");
        }

        var close = text.IndexOf('}', open);
        if (close < 0) throw new FormatException($"'{text}' has '{{' without '}}'");
        var rest = Expand(text.Substring(close + 1));
        return text.Substring(open + 1, close - open - 1).Split(',')
            .SelectMany(a => rest.Select(r => text.Substring(0, open) + a.Trim() + r)).ToArray();
    }
}
