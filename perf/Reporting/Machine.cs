using System.Runtime.InteropServices;

namespace ExecutionModel.Perf.Reporting;

/// <summary>What the figures come from.</summary>
public sealed record Machine(int Cores, string Processor, double Memory, string Runtime, string System)
{
    private const string LinuxProcessors = "/proc/cpuinfo";

    public static Machine This() => new(
        Environment.ProcessorCount,
        Model(),
        GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1073741824.0,
        RuntimeInformation.FrameworkDescription,
        RuntimeInformation.OSDescription);

    public override string ToString() => $"{Cores} cores ({Processor}), {Memory:0} GiB, {Runtime}, {System}";

    private static string Model()
    {
        if (!File.Exists(LinuxProcessors)) return Environment.GetEnvironmentVariable("PROCESSOR_IDENTIFIER") ?? $"{RuntimeInformation.ProcessArchitecture}";
        var model = File.ReadLines(LinuxProcessors).FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return model?[(model.IndexOf(':') + 1)..].Trim() ?? $"{RuntimeInformation.ProcessArchitecture}";
    }
}
