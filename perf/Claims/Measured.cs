using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A claim, and what it came to.</summary>
/// <param name="Name">The concept.</param>
/// <param name="Rule">The id.</param>
/// <param name="Figures">Of the last attempt.</param>
/// <param name="Needed">Of the samples' processes; empty where the claim runs in this one.</param>
/// <param name="Attempts">How often it was measured: processors that other programs use can't be gained.</param>
/// <param name="Seconds">All attempts together.</param>
public sealed record Measured(string Name, string Rule, IReadOnlyList<Figure> Figures, Footprints Needed, int Attempts, double Seconds);
