namespace ExecutionModel.Perf.Running;

/// <summary>The most that one process of a side needed at a time.</summary>
/// <param name="Memory">MiB of its working set.</param>
/// <param name="Threads">All threads of the process, the runtime's own included.</param>
public sealed record Footprint(double Memory, int Threads)
{
    public static Footprint? Max(Footprint? one, Footprint? other) =>
        one is null ? other : other is null ? one : new Footprint(Math.Max(one.Memory, other.Memory), Math.Max(one.Threads, other.Threads));
}

/// <summary>What the samples' processes needed while one claim was measured.</summary>
public sealed record Footprints(Footprint? Before, Footprint? After);
