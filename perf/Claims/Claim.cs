namespace ExecutionModel.Perf.Claims;

/// <summary>What a rule promises, executed: the sample as it was, and the sample as the fix wrote it.</summary>
public abstract class Claim
{
    public abstract string Rule { get; }

    public abstract Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort);

    /// <summary>One processor has nothing to share.</summary>
    protected static Role OfCores => Environment.ProcessorCount > 1 ? Role.Gain : Role.Note;
}

/// <summary>How long to look.</summary>
/// <param name="Rounds">Each side is measured so often, in turn; the median counts.</param>
/// <param name="Repetitions">Requests per round, where one request is the measure.</param>
/// <param name="Load">How long the clients keep a server busy.</param>
public sealed record Effort(int Rounds, int Repetitions, TimeSpan Load)
{
    public static readonly Effort Quick = new(1, 5, TimeSpan.FromSeconds(12));
    public static readonly Effort Full = new(3, 20, TimeSpan.FromSeconds(30));
}

/// <summary>One line of the table.</summary>
/// <param name="Bound">What no execution model can beat, in the same unit.</param>
/// <param name="Formula">Where the bound comes from.</param>
/// <param name="Role">A gain has to be there; a price is only told.</param>
public sealed record Figure(string Rule, string What, string Unit, double Before, double After, double Bound, string Formula, Better Better, Role Role = Role.Gain)
{
    /// <summary>How many times better; infinite where nothing is left.</summary>
    public double Factor => Better == Better.Lower ? Before / After : After / Before;

    /// <summary>1 is the bound itself.</summary>
    public double Distance => Better == Better.Lower ? Ratio(After, Bound) : Ratio(Bound, After);

    public bool Holds => Role != Role.Gain || (Better == Better.Lower ? After < Before : After > Before);

    private static double Ratio(double a, double b) => a == b ? 1 : a / b;
}

public enum Better
{
    Lower,
    Higher,
}

public enum Role
{
    Gain,
    Price,

    /// <summary>Only one side can be measured: the other did not finish its work.</summary>
    Note,
}
