using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Running;

/// <summary>A sample that only computes, run once in a process of its own.</summary>
public static class SampleTool
{
    /// <summary>The milliseconds that it took for its second run, and a digest of what it computed.</summary>
    public static async Task<(double Milliseconds, string Answer)> RunAsync(Side side, string work, int size)
    {
        var name = NameOf(side);
        var start = new ProcessStartInfo(DotNetHost.Path) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[DllOf(side), work, size.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        using var watch = new ProcessWatch(side, process);
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim().Split(' ') is [var time, var answer] ? (double.Parse(time, CultureInfo.InvariantCulture), answer) : throw new InvalidOperationException($"{name} said '{said}'");
    }

    /// <summary>A method of the sample, for claims that watch this process while it runs.</summary>
    public static T MethodOf<T>(Side side, string type, string method) where T : Delegate =>
        (Assembly.LoadFrom(DllOf(side)).GetType("Samples." + type)?.GetMethod(method) ?? throw new InvalidOperationException($"{NameOf(side)} has no {type}.{method}.")).CreateDelegate<T>();

    /// <summary>Medians of both sides, which must give the same answer.</summary>
    public static async Task<(Sample Before, Sample After)> CompareAsync(int rounds, string work, int size)
    {
        var (before, after) = (new List<double>(), new List<double>());
        for (var round = 0; round < rounds; round++)
        {
            var (one, other) = (await RunAsync(Side.Before, work, size), await RunAsync(Side.After, work, size));
            if (one.Answer != other.Answer) throw new InvalidOperationException($"{work}: before {one.Answer}, after {other.Answer}");
            before.Add(one.Milliseconds);
            after.Add(other.Milliseconds);
        }

        return (new Sample(before), new Sample(after));
    }

    private static string NameOf(Side side) => $"{side}Tool";

    private static string DllOf(Side side) => Path.Combine(SampleSource.Folder(side) + "Tool", "bin", SampleSource.Output.Parent!.Name, SampleSource.Output.Name, NameOf(side) + ".dll");
}
