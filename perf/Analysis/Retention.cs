namespace ExecutionModel.Perf.Analysis;

/// <summary>What stays in memory of analysed compilations that nobody holds any more, while the analyzers live on.</summary>
/// <param name="Compilations">So many were analysed and let go.</param>
/// <param name="Alive">Of these, still there after collections: must be none.</param>
/// <param name="Growth">Bytes by which the heap grew meanwhile.</param>
public sealed record Retention(int Compilations, int Alive, long Growth);
