using System.Diagnostics;
using System.Globalization;
using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Running;

/// <summary>A sample that only computes, run once in a process of its own.</summary>
public static class SampleTool
{
    /// <summary>The milliseconds that it took for its second run, and a digest of what it computed.</summary>
    public static async Task<(double Milliseconds, string Answer)> RunAsync(Side side, string work, int size)
    {
        var name = $"{side}Tool";
        var dll = Path.Combine(SampleSource.Folder(side) + "Tool", "bin", SampleSource.Output.Parent!.Name, SampleSource.Output.Name, name + ".dll");
        var start = new ProcessStartInfo(DotNetHost.Path) { RedirectStandardOutput = true };
        foreach (var argument in (string[])[dll, work, size.ToString(CultureInfo.InvariantCulture)]) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{name} did not start.");
        using var watch = new ProcessWatch(side, process);
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return said.Trim().Split(' ') is [var time, var answer] ? (double.Parse(time, CultureInfo.InvariantCulture), answer) : throw new InvalidOperationException($"{name} said '{said}'");
    }

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
}
