namespace Samples;

/// <summary>Runs computing on a bounded number of threads, so that requests that only wait keep theirs.</summary>
internal static class CpuLane
{
    private static readonly TaskFactory Factory = new(
        new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, Math.Max(1, Environment.ProcessorCount - 1)).ConcurrentScheduler);

    public static Task<T> Run<T>(Func<T> work) => Factory.StartNew(work);
}
