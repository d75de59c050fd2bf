namespace ExecutionModel.Perf.Micro;

/// <summary>What a written shape costs by itself, where nothing waits and nothing computes.</summary>
/// <param name="What">The shape.</param>
/// <param name="Nanoseconds">The mean.</param>
/// <param name="Margin">To both sides, 99.9 times of 100.</param>
/// <param name="Bytes">Allocated for each.</param>
public sealed record Overhead(string What, double Nanoseconds, double Margin, long Bytes);
