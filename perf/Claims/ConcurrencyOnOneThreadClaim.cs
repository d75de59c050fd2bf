using System.Globalization;
using System.Text.RegularExpressions;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>
/// The article's demonstration: work in turn, the same work under <c>Task.WhenAll</c> without a thread to give it to, and on the pool. There 4,300, 4,325 and
/// 2,236 ms on two cores.
/// </summary>
public sealed partial class ConcurrencyOnOneThreadClaim : Claim
{
    private const int Operations = 4;

    public override string Rule => "EXM203";

    public override bool SharesProcessors => true;

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var (before, after) = (new List<Seen>(), new List<Seen>());
        for (var round = 0; round < 2 * effort.Rounds; round++)
        {
            before.Add(await SealAsync(Side.Before));
            after.Add(await SealAsync(Side.After));
        }

        double inTurn = Clock.Sample([.. before, .. after], s => s.InTurn);
        var cores = Environment.ProcessorCount;
        var (span, share) = (inTurn / Operations, inTurn / cores);
        return
        [
            new(Rule, $"{Operations} seals started together, {span:0} ms of computing each", "ms", Clock.Sample(before, s => s.Together), Clock.Sample(after, s => s.Together), Math.Max(span, share), $"max(span, work / cores) = max({span:0}, {inTurn:0} / {cores}) ms", Better.Lower, OfCores),
            new(Rule, "the same in turn", "ms", Clock.Sample(before, s => s.InTurn), Clock.Sample(after, s => s.InTurn), inTurn, "work", Better.Lower, Role.Note),
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
