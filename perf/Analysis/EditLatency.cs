namespace ExecutionModel.Perf.Analysis;

/// <summary>From an edit in a body to the diagnostics of that document, as an editor asks for them.</summary>
/// <param name="Input">The project.</param>
/// <param name="Set">Whose rules.</param>
/// <param name="Version">Of the set.</param>
/// <param name="Edits">So many were timed.</param>
/// <param name="Whole">Milliseconds by the clock, from the changed compilation on: the compiler's work on it included.</param>
/// <param name="Own">Milliseconds of processor time, less what the same edit takes without any rule: it swings by as much as the machine does.</param>
/// <param name="Callbacks">Milliseconds inside the rules themselves, with the binding that they are the first to ask for.</param>
public sealed record EditLatency(string Input, string Set, string Version, int Edits, Percentiles Whole, Percentiles Own, Percentiles Callbacks)
{
    /// <summary>What the 95th percentile of ours should stay below.</summary>
    public const double Goal = 20;
}

public sealed record Percentiles(double P50, double P95, double P99);
