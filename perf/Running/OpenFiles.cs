using System.Globalization;

namespace ExecutionModel.Perf.Running;

/// <summary>How many files and connections one process may have open.</summary>
public static class OpenFiles
{
    /// <summary>Ports that systems without such a limit give to one address.</summary>
    private const int Ports = 16_000;

    /// <summary>The hard limit: the runtime raises the soft one to it.</summary>
    public static int Limit { get; } = OperatingSystem.IsLinux() ? OfLinux() : Ports;

    private static int OfLinux()
    {
        var words = File.ReadLines("/proc/self/limits").First(l => l.StartsWith("Max open files", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return int.TryParse(words[^2], CultureInfo.InvariantCulture, out var hard) ? hard : int.MaxValue;
    }
}
