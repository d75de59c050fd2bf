using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// The article's demonstration: work in turn, the same work under <c>Task.WhenAll</c> without a thread to give it to, and on the pool.
/// </summary>
public sealed partial class ConcurrencyOnOneThreadClaim : Claim
{
    private const int Operations = 4;

    public override string Rule => "EXM203";

    public override bool SharesProcessors => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var (before, after) = (new List<Seen>(), new List<Seen>());
        for (var round = 0; round < (effort == Effort.Quick ? 1 : 2 * effort.Rounds); round++)
        {
            before.Add(await SealAsync(Side.Before));
            after.Add(await SealAsync(Side.After));
        }

        double inTurn = Clock.Sample([.. before, .. after], s => s.InTurn);
        var cores = Environment.ProcessorCount;
        var (span, share) = (inTurn / Operations, inTurn / cores);
        var (parallel, formula) = (Math.Max(span, share), $"max(span, work / cores) = max({span:0}, {inTurn:0} / {cores}) ms");
        var (one, together, fix) = (Clock.Sample(before, s => s.InTurn), Clock.Sample(before, s => s.Together), Clock.Sample(after, s => s.Together));
        return
        [
            new(Rule, $"{Operations} seals started together, {span:0} ms of computing each", "ms", together, fix, parallel, formula, Better.Lower, OfCores, new Published("CPU work, concurrent on one thread and parallel on two cores", 4_325, 2_236)),
            new(Rule, "the same in turn, and started together on one thread", "ms", one, together, inTurn, "work", Better.Lower, Role.Note, new Published("CPU work, in turn and concurrent on one thread", 4_300, 4_325)),
            new(Rule, "the same in turn, and started together by the fix", "ms", one, fix, parallel, formula, Better.Lower, OfCores, new Published("CPU work, in turn and parallel on two cores", 4_300, 2_236)),
        ];
    }

    private static async Task<Seen> SealAsync(Side side)
    {
        var said = await SampleProgram.RunAsync(side, "seal");
        var lines = Line().Matches(said);
        if (lines is not [var inTurn, var together] || inTurn.Groups["seals"].Value != together.Groups["seals"].Value) throw new InvalidOperationException($"{side} sealed other reports together than in turn: {said}");
        return new Seen(Time(inTurn), Time(together));
    }

    private static double Time(Match line) => double.Parse(line.Groups["time"].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^[a-z ]+: (?<time>\d+) ms, (?<seals>.+?)\r?$", RegexOptions.Multiline)]
    private static partial Regex Line();

    private sealed record Seen(double InTurn, double Together);
}
