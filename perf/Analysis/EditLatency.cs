namespace ExecutionModel.Perf.Analysis;

/// <summary>From an edit in a body to the diagnostics of that document, in milliseconds by the clock.</summary>
/// <param name="Set">Whose rules.</param>
/// <param name="Edits">So many were timed.</param>
/// <param name="OwnP50">Less what the same edit takes without any rule.</param>
public sealed record EditLatency(string Set, int Edits, double P50, double P95, double P99, double OwnP50, double OwnP95, double OwnP99);
