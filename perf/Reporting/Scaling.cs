namespace ExecutionModel.Perf.Reporting;

/// <summary>How the speedup of one figure grows with the processors that the samples may use.</summary>
/// <param name="Rule">Whose claim it is.</param>
/// <param name="What">What was measured.</param>
/// <param name="Points">By number of processors.</param>
public sealed record Scaling(string Rule, string What, IReadOnlyList<ScalingPoint> Points);

/// <param name="Cores">Processors in use.</param>
/// <param name="Speedup">Before / after, both with so many.</param>
/// <param name="Bound">Before / the physical bound: Amdahl's law with what of the work can be shared.</param>
public sealed record ScalingPoint(int Cores, double Speedup, double Bound);
