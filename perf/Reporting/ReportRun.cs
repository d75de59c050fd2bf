using System.Collections.Concurrent;
using System.Diagnostics;
using ExecutionModel.Perf.Analysis;
using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Micro;

namespace ExecutionModel.Perf.Reporting;

/// <summary>One run of the claims, from the first question to the written report.</summary>
/// <param name="quick">One round of each claim, in less than three minutes on two processors; what the analyzers cost is left out.</param>
/// <param name="filter">Which claims; null for all.</param>
/// <param name="cores">Numbers of processors to measure the computing claims with.</param>
/// <param name="output">Where the report goes.</param>
/// <param name="gate">What the speedups and the analyzers' cost are held against.</param>
internal sealed class ReportRun(bool quick, string? filter, IReadOnlyList<int> cores, DirectoryInfo output, BaselineGate gate)
{
    /// <summary>Claims that a quick run measures side by side.</summary>
    private const int AtOnce = 4;

    /// <summary>Then it tells the analyzers' cost and the shapes' own, too.</summary>
    private bool IsWhole => !quick && filter is null;

    /// <summary>1 where a claim does not hold or an answer differs, 2 where something is worse than accepted.</summary>
    public async Task<int> ExecuteAsync()
    {
        var claims = AllClaims.Matching(filter);
        if (claims.Count == 0)
        {
            Console.Error.WriteLine($"--filter {filter}: no claim has that in its rule or name.");
            return 1;
        }

        if (await gate.ObstacleAsync() is { } obstacle)
        {
            Console.Error.WriteLine(obstacle);
            return 1;
        }

        var start = Stopwatch.GetTimestamp();
        IReadOnlyList<Answer> answers = [];
        IReadOnlyList<Measured> measured = [];
        IReadOnlyList<Scaling> scaling = [];
        AnalysisResults? cost = null;
        IReadOnlyList<Overhead>? overheads = null;
        await Progress.ShowAsync(async progress =>
        {
            answers = await progress.StepAsync("answers of both samples", SameAnswers.CompareAsync);
            measured = await MeasureAsync(claims, progress);
            scaling = await CoreRuns.MeasureAsync(cores, quick, filter, progress);
            if (IsWhole) cost = await progress.StepAsync("cost of the analyzers", Analysis.Analysis.MeasureAsync);
        });

        if (IsWhole) overheads = JoinOverheads.Run();
        var results = new Results(quick ? "quick" : "full", DateOnly.FromDateTime(DateTime.UtcNow), Stopwatch.GetElapsedTime(start).TotalSeconds, Machine.This(), answers, measured, scaling, cost, overheads);
        await results.WriteAsync(output);
        Console.WriteLine(MarkdownReport.Of(results));
        var judged = await gate.JudgeAsync(
            [.. results.Claims.SelectMany(c => ClaimRatios.Of(c.Name, c.Figures)), .. results.Cost?.RatioEntries ?? []],
            results.Cost?.AllocationEntries ?? []);
        return Complain(results) ? 1 : judged;
    }

    private async Task<IReadOnlyList<Measured>> MeasureAsync(IReadOnlyList<Claim> claims, Progress progress)
    {
        var measured = new ConcurrentDictionary<Claim, Measured>();
        var together = quick ? claims.Where(c => c.OnlyWaits).ToList() : [];
        await Parallel.ForEachAsync(together, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (claim, _) => await MeasureOneAsync(claim));
        foreach (var claim in claims.Except(together)) await MeasureOneAsync(claim);
        return [.. claims.Select(c => measured[c])];

        async Task MeasureOneAsync(Claim claim) =>
            measured[claim] = await progress.StepAsync($"{claim.Rule} {claim.Name}", () => claim.UntilItHoldsAsync(quick ? Effort.Quick : Effort.Full, figures => gate.IsWorseAsync(ClaimRatios.Of(claim.Name, figures))));
    }

    private static bool Complain(Results results)
    {
        var differing = results.Answers.Where(a => !a.Same).Select(a => $"{a.Path}: before '{a.Before}', after '{a.After}'");
        var broken = results.Figures.Where(f => !f.Holds).Select(f => $"{f.Rule} does not hold: {f.What}: before {f.Before.Value}, after {f.After.Value}");
        var complaints = differing.Concat(broken).Concat(results.Cost?.Failures ?? []).ToList();
        foreach (var complaint in complaints) Console.Error.WriteLine(complaint);
        return complaints.Count > 0;
    }
}
