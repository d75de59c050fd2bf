namespace ExecutionModel.Perf.Claims;

/// <summary>One line of a claim.</summary>
/// <param name="Rule">Whose claim it is.</param>
/// <param name="What">What was measured, and in which scene.</param>
/// <param name="Unit">Of both sides and of the bound.</param>
/// <param name="Before">The sample as it was.</param>
/// <param name="After">The sample as the fix wrote it.</param>
/// <param name="Bound">What no execution model can beat, in the same unit.</param>
/// <param name="Formula">Where the bound comes from.</param>
/// <param name="Better">Which way is up.</param>
/// <param name="Role">A gain has to be there; a price is only told.</param>
/// <param name="Theirs">The published figure that this one repeats in C#.</param>
public sealed record Figure(string Rule, string What, string Unit, Sample Before, Sample After, double Bound, string Formula, Better Better, Role Role = Role.Gain, Published? Theirs = null)
{
    /// <summary>How many times better; infinite where nothing is left.</summary>
    public double Factor => Better == Better.Lower ? Before / After : After / Before;

    /// <summary>Of <see cref="Factor"/>; null where too little was measured.</summary>
    public Interval? Spread => Better == Better.Lower ? Interval.Of(Before, After) : Interval.Of(After, Before);

    /// <summary>1 is the bound itself.</summary>
    public double Distance => Better == Better.Lower ? Ratio(After, Bound) : Ratio(Bound, After);

    public bool Holds => Role != Role.Gain || (Better == Better.Lower ? After.Value < Before : After.Value > Before);

    private static double Ratio(double a, double b) => a == b ? 1 : a / b;
}

/// <summary>What somebody else measured for the same mistake, in another language.</summary>
/// <param name="Scene">Their program.</param>
/// <param name="Before">In the unit of the figure; null where they tell the scene and no number.</param>
/// <param name="After">Null where they give only the first.</param>
public sealed record Published(string Scene, double? Before, double? After)
{
    public double? Factor => Before / After;
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
