namespace ExecutionModel.Perf.Claims;

/// <summary>What a rule promises, executed: the sample as it was, and the sample as the fix wrote it.</summary>
public abstract class Claim
{
    public abstract string Rule { get; }

    /// <summary>The concept of the rule, or of what its claim is about.</summary>
    public string Name => GetType().Name[..^nameof(Claim).Length];

    /// <summary>Its gain comes from processors: with fewer of them it is less.</summary>
    public virtual bool SharesProcessors => false;

    /// <summary>It hardly computes: a quick run measures it beside others like it.</summary>
    public virtual bool OnlyWaits => false;

    public abstract Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort);

    /// <summary>One processor has nothing to share.</summary>
    protected static Role OfCores => Environment.ProcessorCount > 1 ? Role.Gain : Role.Note;
}

/// <summary>How long to look.</summary>
/// <param name="Rounds">Each side is measured so often, in turn; the median counts.</param>
/// <param name="Repetitions">Requests per round, where one request is the measure.</param>
public sealed record Effort(int Rounds, int Repetitions)
{
    public static readonly Effort Quick = new(1, 5);
    public static readonly Effort Full = new(3, 20);
}
