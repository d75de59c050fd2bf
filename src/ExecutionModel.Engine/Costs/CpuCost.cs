using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine.Calls;

namespace ExecutionModel.Engine.Costs;

/// <summary>Nanoseconds per unit of a parameter, until a call site says how many units: <c>Hash(password, 600_000)</c>.</summary>
public sealed record ParameterTerm(int Ordinal, double Nanoseconds, string Evidence);

/// <summary>
/// What a piece of code computes on the thread that runs it. Two amounts travel together: what it takes at least, and what it usually takes
/// when branches are taken, sizes are ordinary and iteration counts are those of key derivation.
/// </summary>
public sealed record CpuCost
{
    public static readonly CpuCost None = new();
    public static readonly CpuCost OnlyWaits = new() { Waits = true };

    /// <summary>Lower bound in nanoseconds.</summary>
    public double Sure { get; private init; }

    /// <summary>Who needs most of <see cref="Sure"/>.</summary>
    public string? Evidence { get; private init; }

    /// <summary>With the usual assumptions; never below <see cref="Sure"/>.</summary>
    public double Usual { get; private init; }

    public string? UsualEvidence { get; private init; }

    /// <summary>Loops inside each other, in one body, whose sizes are not known.</summary>
    public int Depth { get; init; }

    /// <summary>The same, counted on into a callee that has two loops of its own; null where no such callee is called.</summary>
    public int? DepthWithCallee { get; init; }

    /// <summary>The name of a method whose calls of itself double with each step.</summary>
    public string? Explodes { get; init; }

    /// <summary>The author's own word for it, in place of an amount: <c>[CpuBound]</c>.</summary>
    public string? Stated { get; init; }

    /// <summary>Waits for something: not, or not only, computing.</summary>
    public bool Waits { get; init; }

    public ImmutableArray<ParameterTerm> Terms { get; init; } = [];

    /// <summary>A microsecond, or a shape that may grow in a loop.</summary>
    public bool IsNotable => Usual >= 1000 || Depth > 0 || DepthWithCallee is not null || Explodes is not null || !Terms.IsEmpty;

    public static CpuCost Exactly(double nanoseconds, string? evidence) =>
        new() { Sure = nanoseconds, Evidence = evidence, Usual = nanoseconds, UsualEvidence = evidence };

    public static CpuCost Usually(double nanoseconds, string evidence) => new() { Usual = nanoseconds, UsualEvidence = evidence };

    /// <summary>The same, but on one path of several.</summary>
    public CpuCost Perhaps() => this with { Sure = 0, Evidence = null, Terms = [] };

    /// <summary>One after the other.</summary>
    public CpuCost Then(CpuCost next)
    {
        if (ReferenceEquals(next, None)) return this;
        if (ReferenceEquals(this, None)) return next;
        var evidence = Sure >= next.Sure ? Evidence ?? next.Evidence : next.Evidence ?? Evidence;
        var usual = Usual >= next.Usual ? UsualEvidence ?? next.UsualEvidence : next.UsualEvidence ?? UsualEvidence;
        return new CpuCost
        {
            Sure = Sure + next.Sure,
            Evidence = evidence,
            Usual = Usual + next.Usual,
            UsualEvidence = usual,
            Depth = Math.Max(Depth, next.Depth),
            DepthWithCallee = Deeper(next),
            Explodes = Explodes ?? next.Explodes,
            Stated = Stated ?? next.Stated,
            Waits = Waits || next.Waits,
            Terms = Terms.AddRange(next.Terms),
        };
    }

    /// <summary>One or the other: the cheaper one is sure, the dearer one usual.</summary>
    public CpuCost Or(CpuCost other)
    {
        var (low, high) = Sure <= other.Sure ? (this, other) : (other, this);
        var usual = Usual >= other.Usual ? this : other;
        return high with
        {
            Sure = low.Sure,
            Evidence = low.Evidence,
            Usual = usual.Usual,
            UsualEvidence = usual.UsualEvidence,
            Depth = Math.Max(Depth, other.Depth),
            DepthWithCallee = Deeper(other),
            Explodes = Explodes ?? other.Explodes,
            Waits = Waits || other.Waits,
            Terms = [],
        };
    }

    /// <summary>So many times at least, so many times usually.</summary>
    public CpuCost Times(double sure, double usual, string? turns) => this with
    {
        Sure = Sure * sure,
        Evidence = Scaled(Evidence, sure, turns),
        Usual = Usual * usual,
        UsualEvidence = Scaled(UsualEvidence, usual, turns),
        Terms = [.. Terms.Select(t => t with { Nanoseconds = t.Nanoseconds * sure })],
    };

    /// <summary>A guessed count turned out to be known: its amount takes the place of the guess.</summary>
    public CpuCost Instead(double nanoseconds, string evidence)
    {
        var sure = Sure + nanoseconds;
        return this with { Sure = sure, Evidence = nanoseconds >= Sure ? evidence : Evidence, Usual = sure, UsualEvidence = nanoseconds >= Sure ? evidence : Evidence };
    }

    /// <summary>Certain from the lower bound alone; Likely from usual amounts, three unknown loops inside each other, or calls that double.</summary>
    public (Confidence Confidence, string Evidence) Judge(double thresholdNanoseconds)
    {
        if (Sure >= thresholdNanoseconds) return (Confidence.Certain, Amount(Evidence, Sure));
        if (Usual >= thresholdNanoseconds && UsualEvidence is not null) return (Confidence.Likely, Amount(UsualEvidence, Usual));
        if (Explodes is { } name) return (Confidence.Likely, $"each call of {name} makes two more");
        var loops = DepthWithCallee is >= 4 and var through && through > Depth ? through : Depth;
        return loops >= 3 ? (Confidence.Likely, $"{loops} loops inside each other over unknown sizes") : (Confidence.Unknown, "");
    }

    private int? Deeper(CpuCost other) => DepthWithCallee is { } one && other.DepthWithCallee is { } two ? Math.Max(one, two) : DepthWithCallee ?? other.DepthWithCallee;

    private string Amount(string? evidence, double nanoseconds) => Stated ?? $"{evidence ?? "computing"} ≈ {Time(nanoseconds)}";

    private static string Time(double nanoseconds) => nanoseconds switch
    {
        >= 9.95e9 => Math.Round(nanoseconds / 1e9).ToString("N0", CultureInfo.InvariantCulture) + " s",
        >= 1e9 => (nanoseconds / 1e9).ToString("0.#", CultureInfo.InvariantCulture) + " s",
        >= 1e6 => Math.Round(nanoseconds / 1e6).ToString("N0", CultureInfo.InvariantCulture) + " ms",
        _ => (nanoseconds / 1e6).ToString("0.##", CultureInfo.InvariantCulture) + " ms",
    };

    private static string? Scaled(string? evidence, double times, string? turns)
    {
        if (turns is null) return evidence;
        return evidence is null ? $"{turns} turns of a loop" : times > 1 ? $"{turns} × {evidence}" : evidence;
    }
}
