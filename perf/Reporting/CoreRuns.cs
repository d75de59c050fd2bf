using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Reporting;

/// <summary>The claims that share processors, measured again with fewer of them: this program once more for each number, held to them by affinity.</summary>
internal static class CoreRuns
{
    public static async Task<IReadOnlyList<Scaling>> MeasureAsync(IReadOnlyList<int> counts, bool quick, string? filter, Progress progress)
    {
        var sharing = AllClaims.Matching(filter).Where(c => c.SharesProcessors).Select(c => c.Name).ToList();
        if (sharing.Count == 0) return [];
        var runs = new List<(int Cores, Results Results)>();
        foreach (var count in counts.Order().Distinct())
        {
            runs.Add((count, await progress.StepAsync($"{count} of {Processors.Allowed().Count} processors", () => RunAsync(count, quick, sharing))));
        }

        return runs.Count == 0 ? [] : Join(runs);
    }

    private static async Task<Results> RunAsync(int cores, bool quick, IReadOnlyList<string> claims)
    {
        var folder = Directory.CreateTempSubdirectory("perf");
        try
        {
            // A claim that does not hold with one processor ends the run with 1 and is a figure like others.
            await Processors.RunOnAsync(cores, ["--filter", string.Join(',', claims), "--out", folder.FullName, .. quick ? ["--quick"] : Array.Empty<string>()]);
            return Results.Read(await File.ReadAllTextAsync(Path.Combine(folder.FullName, Results.Json)));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>The same figure stands at the same place in every run.</summary>
    private static IReadOnlyList<Scaling> Join(IReadOnlyList<(int Cores, Results Results)> runs)
    {
        var last = runs[^1].Results.Figures.ToList();
        return
        [
            .. last.Select((figure, i) => (figure, i))
                .Where(f => f.figure is { Unit: "ms", Role: Role.Gain, Bound: > 0 })
                .Select(f => new Scaling(f.figure.Rule, f.figure.What, [.. runs.Select(r => Point(r.Cores, r.Results.Figures.ElementAt(f.i)))])),
        ];
    }

    private static ScalingPoint Point(int cores, Figure figure) => new(cores, figure.Factor, figure.Before / figure.Bound);
}
