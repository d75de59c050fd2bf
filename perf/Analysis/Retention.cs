namespace ExecutionModel.Perf.Analysis;

/// <summary>What stays in memory of compilations that nobody holds any more.</summary>
/// <param name="Alive">Of that many compilations, still there after collections: must be none.</param>
/// <param name="Growth">Bytes by which the heap grew from the first to the last.</param>
public sealed record Retention(int Compilations, int Alive, long Growth);
