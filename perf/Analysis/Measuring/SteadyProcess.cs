using System.Diagnostics;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>
/// The analysis in a process of its own: nothing is left of what ran before, and every method is compiled once, fully. Where the runtime first compiles fast and
/// later again, it does so in the middle of a measurement, and what escape analysis takes off the heap changes on the way. Where it collects in the middle, nodes
/// of method bodies go, and are made again by whoever asks next: bytes of one pass to the next differed by a tenth.
/// </summary>
internal static class SteadyProcess
{
    /// <summary>Bytes, in hexadecimal, before the collector looks at what is young: more than a pass over a small input takes.</summary>
    private const string YoungGeneration = "0x10000000";

    public static async Task<AnalysisResults> MeasureAsync(bool quick, string? only)
    {
        var file = Path.GetTempFileName();
        try
        {
            var start = new ProcessStartInfo(DotNetHost.Path);
            foreach (var argument in (string[])[typeof(SteadyProcess).Assembly.Location, "--analysis", "--analysis-into", file, .. quick ? ["--quick"] : Array.Empty<string>(), .. only is null ? [] : (string[])["--filter", only]]) start.ArgumentList.Add(argument);
            start.Environment["DOTNET_TieredCompilation"] = "0";
            start.Environment["DOTNET_gcConcurrent"] = "0";
            start.Environment["DOTNET_GCgen0size"] = YoungGeneration;
            using var process = Process.Start(start) ?? throw new InvalidOperationException("The analysis did not start.");
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? await AnalysisResults.ReadAsync(file) : throw new InvalidOperationException($"The analysis ended with {process.ExitCode}.");
        }
        finally
        {
            File.Delete(file);
        }
    }
}
