using System.Diagnostics;

namespace ExecutionModel.Perf.Running;

/// <summary>A sample as a process of its own.</summary>
public static class SampleProgram
{
    /// <summary>Runs one of the tools beside the API to its end; what it says.</summary>
    public static async Task<string> RunAsync(Side side, params string[] arguments)
    {
        using var process = Start(side, arguments);
        using var watch = new ProcessWatch(side, process);
        var (said, complained) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await said : throw new InvalidOperationException($"{side} {string.Join(' ', arguments)}: {await complained}");
    }

    /// <param name="side">The sample as it was, or as the fix wrote it.</param>
    /// <param name="arguments">Its command line.</param>
    /// <param name="poolThreads">Threads that its pool makes without hesitation; 0 for its own choice, one per core.</param>
    internal static Process Start(Side side, string[] arguments, int poolThreads = 0)
    {
        var start = new ProcessStartInfo(DotNetHost.Path)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        if (poolThreads > 0) start.Environment["DOTNET_ThreadPool_ForceMinWorkerThreads"] = $"{poolThreads:x}";
        start.ArgumentList.Add(Built(side));
        foreach (var argument in arguments) start.ArgumentList.Add(argument);
        return Process.Start(start) ?? throw new InvalidOperationException($"{side} did not start.");
    }

    /// <summary>The sample is built in the same configuration as this program.</summary>
    private static string Built(Side side)
    {
        var dll = Path.Combine(SampleSource.Folder(side), "bin", SampleSource.Output.Parent!.Name, SampleSource.Output.Name, $"{side}.dll");
        return File.Exists(dll) ? dll : throw new FileNotFoundException("Build the samples first.", dll);
    }
}
