namespace ExecutionModel.Perf.Analysis;

/// <summary>What BenchmarkDotNet says of a set over an input, binding included.</summary>
/// <param name="Mean">Milliseconds by the clock.</param>
/// <param name="Error">Standard error of the mean.</param>
/// <param name="Allocated">Bytes.</param>
public sealed record Headline(string Input, string Set, double Mean, double Error, long Allocated);
