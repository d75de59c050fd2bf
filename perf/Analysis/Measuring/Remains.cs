using System.Runtime.CompilerServices;
using ExecutionModel.Perf.Analysis.Inputs;
using ExecutionModel.Perf.Analysis.Loading;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Perf.Analysis.Measuring;

/// <summary>Compilations are analysed and let go; what is still there then is held by an analyzer.</summary>
internal static class Remains
{
    private const int Compilations = 10;
    private const int Collections = 5;

    public static async Task<Retention> MeasureAsync(Input input, AnalyzerSet ours)
    {
        await AnalyseAndForgetAsync(input, ours);
        var before = HeapOfTheLiving();
        var released = new List<WeakReference>();
        for (var i = 0; i < Compilations; i++) released.AddRange(await AnalyseAndForgetAsync(input, ours));
        var after = HeapOfTheLiving();
        var alive = released.Count(r => r.IsAlive);
        GC.KeepAlive(ours);
        return new Retention(released.Count, alive, after - before);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference[]> AnalyseAndForgetAsync(Input input, AnalyzerSet ours)
    {
        var projects = input.Fresh();
        foreach (var project in projects)
        {
            await project.WithAnalyzers(ours.ToRun, Pass.OptionsOf(ours, concurrent: false)).GetAnalysisResultAsync(default);
        }

        return [.. projects.Select(p => new WeakReference(p))];
    }

    private static long HeapOfTheLiving()
    {
        for (var i = 0; i < Collections; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }

        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
