using System.Diagnostics;

namespace ExecutionModel.Perf.Running;

/// <summary>This program once more, held to some of the processors: what it starts is held with it.</summary>
public static class Processors
{
    private const string Holder = "taskset";

    /// <summary>Those that this process may use, by number.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return [.. Enumerable.Range(0, Environment.ProcessorCount)];
        using var self = Process.GetCurrentProcess();
        var mask = (ulong)self.ProcessorAffinity;
        return [.. Enumerable.Range(0, 64).Where(i => (mask >> i & 1) == 1)];
    }

    /// <summary>Why so many can't be had; null where they can.</summary>
    public static string? Obstacle(int cores) =>
        !OperatingSystem.IsLinux() ? $"--cores needs Linux: {Holder} sets the affinity before the runtime counts its processors."
        : cores < 1 || cores > Allowed().Count ? $"--cores {cores}: this process may use {Allowed().Count} processors."
        : null;

    /// <summary>Runs to the end; false where it failed.</summary>
    public static async Task<bool> RunOnAsync(int cores, IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Holder) { RedirectStandardOutput = true };
        string[] held = ["--cpu-list", string.Join(',', Allowed().Take(cores)), Environment.ProcessPath!, .. Host(), .. arguments];
        foreach (var argument in held) start.ArgumentList.Add(argument);
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{Holder} did not start.");
        await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0;
    }

    /// <summary>Started as <c>dotnet Perf.dll</c> or as the program itself.</summary>
    private static string[] Host() =>
        Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(Processors).Assembly.Location] : [];
}
