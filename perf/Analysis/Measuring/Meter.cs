using System.Diagnostics;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>Processor time, time and allocated bytes of this process from here on; the heap is clean at the start.</summary>
internal readonly record struct Meter(TimeSpan Cpu, long Time, long Allocated)
{
    public static Meter Start()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return new Meter(Environment.CpuUsage.TotalTime, Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
    }

    public (double Cpu, double Wall, long Allocated) Stop()
    {
        var wall = Stopwatch.GetElapsedTime(Time);
        return ((Environment.CpuUsage.TotalTime - Cpu).TotalMilliseconds, wall.TotalMilliseconds, GC.GetTotalAllocatedBytes(precise: true) - Allocated);
    }
}
