using System.Globalization;
using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>Runs in which a list that all processors fill loses items or throws. One processor alone seldom gets in its own way.</summary>
public sealed class SharedCollectionClaim : Claim
{
    private const int Below = 1_000_000;
    private const int Primes = 78_498;

    public override string Rule => "EXM402";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var runs = effort.Rounds * 3;
        var (before, after) = (await WrongAsync(Side.Before, runs), await WrongAsync(Side.After, runs));
        return [new(Rule, $"runs, of {runs}, that lose some of {Primes:N0} primes or throw", "", before, after, 0, "none", Better.Lower, OfCores)];
    }

    private static async Task<int> WrongAsync(Side side, int runs)
    {
        var wrong = 0;
        for (var run = 0; run < runs; run++)
        {
            if (await CountAsync(side) != Primes) wrong++;
        }

        return wrong;
    }

    private static async Task<long> CountAsync(Side side)
    {
        try
        {
            var (_, answer) = await SampleTool.RunAsync(side, "primes", Below);
            return long.Parse(answer, NumberStyles.HexNumber, CultureInfo.InvariantCulture) - 17 * 31; // the digest of one part
        }
        catch (InvalidOperationException)
        {
            return -1; // the list threw
        }
    }
}
