using System.Diagnostics;

namespace ExecutionModel.Perf.Calibration;

/// <summary>Nanoseconds of the fastest run.</summary>
internal static class Stopwatches
{
    /// <summary>From here on a run is likely to be interrupted by other processes, and long enough for the clock that leaves them out.</summary>
    private const double Interrupted = 50e6;

    public static double Fastest(int rounds, Action work)
    {
        work();
        var fastest = double.MaxValue;
        for (var i = 0; i < rounds; i++)
        {
            var cpu = Environment.CpuUsage.TotalTime;
            var start = Stopwatch.GetTimestamp();
            work();
            var time = Stopwatch.GetElapsedTime(start).TotalNanoseconds;
            if (time > Interrupted) time = Math.Min(time, (Environment.CpuUsage.TotalTime - cpu).TotalNanoseconds);
            fastest = Math.Min(fastest, time);
        }

        return fastest;
    }
}
