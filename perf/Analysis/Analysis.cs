using ExecutionModel.Perf.Analysis.Measuring;
using ExecutionModel.Perf.Reporting;

namespace ExecutionModel.Perf.Analysis;

/// <summary>What the analyzers cost.</summary>
public static class Analysis
{
    public static Task<AnalysisResults> MeasureAsync() => SteadyProcess.MeasureAsync(quick: false, only: null);

    /// <summary>Prints the tables and writes <c>analysis.json</c>; 1 where something is that must not be, 2 where something is worse than accepted.</summary>
    /// <param name="quick">Few rounds.</param>
    /// <param name="only">A part by name; null for all.</param>
    /// <param name="output">Where the figures are kept.</param>
    /// <param name="gate">What the figures are held against.</param>
    /// <param name="into">Set in the process that measures: its results are for the one that started it.</param>
    public static async Task<int> RunAsync(bool quick, string? only, DirectoryInfo output, BaselineGate gate, FileInfo? into)
    {
        if (into is not null)
        {
            await (await new MeasuredAnalysis(quick, only).TakeAsync()).WriteAsync(into.FullName);
            return 0;
        }

        var results = await SteadyProcess.MeasureAsync(quick, only);
        Console.WriteLine(AnalysisTables.Of(results));
        output.Create();
        await results.WriteAsync(Path.Combine(output.FullName, "analysis.json"));
        foreach (var failure in results.Failures) Console.Error.WriteLine(failure);
        var judged = await gate.JudgeAsync(results.RatioEntries, results.AllocationEntries);
        return results.Failures.Count == 0 ? judged : 1;
    }
}
