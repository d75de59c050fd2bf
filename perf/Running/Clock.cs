using System.Diagnostics;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Running;

/// <summary>Times in milliseconds, and what is made of many of them.</summary>
public static class Clock
{
    public static async Task<double> TimeAsync(Func<Task> work)
    {
        var start = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }

    /// <summary>The times of so many runs, after one that does not count where <paramref name="warm"/>.</summary>
    public static async Task<Sample> SampleAsync(int times, bool warm, Func<Task> work)
    {
        if (warm) await work();
        var measured = new List<double>();
        for (var i = 0; i < times; i++) measured.Add(await TimeAsync(work));
        return new Sample(measured);
    }

    public static Sample Sample<T>(IEnumerable<T> seen, Func<T, double> what) => new([.. seen.Select(what)]);

    /// <summary>Nearest rank: a value that was measured.</summary>
    public static double Percentile(IEnumerable<double> values, double percent)
    {
        var sorted = values.Order().ToArray();
        return sorted[Math.Clamp((int)Math.Ceiling(sorted.Length * percent / 100) - 1, 0, sorted.Length - 1)];
    }
}
