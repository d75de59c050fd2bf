using System.Globalization;

namespace ExecutionModel.Engine.Bounds;

/// <summary>How many of something there can be at once. Each verdict carries the words that a message needs.</summary>
public abstract record Bound
{
    /// <summary>So many operations may start together without asking.</summary>
    public const int Few = 64;

    private Bound()
    {
    }

    /// <summary>Never more than <paramref name="Count"/>. Where only the kind of source is known (a configuration list), the count is <see cref="Few"/>.</summary>
    public sealed record AtMost(int Count, string Why) : Bound;

    /// <summary>However many there are, something lets only some of them pass at a time.</summary>
    public sealed record Throttled(string Reason) : Bound;

    /// <summary>Nothing can be said.</summary>
    public sealed record Unknown(string Reason) : Bound;

    /// <summary>As many as the caller or a list has; nothing in sight limits them. <paramref name="Each"/> names one: <c>item of 'ids'</c>.</summary>
    public sealed record Unbounded(string Each) : Bound;

    /// <summary>As many as the outside world has: rows, lines, messages. <paramref name="Each"/> names one: <c>line of a file</c>.</summary>
    public sealed record Huge(string Each) : Bound;

    /// <summary>Either may happen: the worse one counts.</summary>
    public Bound Join(Bound other) => (this, other) switch
    {
        (AtMost a, AtMost b) => a.Count >= b.Count ? a : b,
        _ => Rank >= other.Rank ? this : other,
    };

    /// <summary>Both limits hold: the better one counts.</summary>
    public Bound Meet(Bound other) => (this, other) switch
    {
        (AtMost a, AtMost b) => a.Count <= b.Count ? a : b,
        _ => Rank <= other.Rank ? this : other,
    };

    /// <summary>Both come, one after the other.</summary>
    public Bound Plus(Bound other) => (this, other) switch
    {
        (AtMost a, AtMost b) => new AtMost(a.Count > int.MaxValue - b.Count ? int.MaxValue : a.Count + b.Count, a.Why == b.Why ? a.Why : $"{a.Why}, {b.Why}"),
        _ => Join(other),
    };

    /// <summary>A known filter leaves an unknown part of a huge source.</summary>
    public Bound Narrowed() => this is Huge huge ? new Unbounded(huge.Each) : this;

    /// <summary>What the items are counted in; null where there can't be many.</summary>
    public string? Many => this switch
    {
        Huge huge => huge.Each,
        Unbounded unbounded => unbounded.Each,
        AtMost { Count: > Few and var count } => "item of " + count.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>For listings: the verdict in words.</summary>
    public sealed override string ToString() => this switch
    {
        AtMost atMost => $"at most {atMost.Count}: {atMost.Why}",
        Throttled throttled => throttled.Reason,
        Unknown unknown => unknown.Reason,
        Unbounded unbounded => $"unbounded: one per {unbounded.Each}",
        Huge huge => $"huge: one per {huge.Each}",
        _ => "",
    };

    private int Rank => this switch
    {
        AtMost => 0,
        Throttled => 1,
        Unknown => 2,
        Unbounded => 3,
        _ => 4,
    };
}
