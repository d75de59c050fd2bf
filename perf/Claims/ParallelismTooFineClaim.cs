using ExecutionModel.Perf.Running;

namespace ExecutionModel.Perf.Claims;

/// <summary>A delegate call per turn costs more than a turn of arithmetic; starting other threads costs more than four of them.</summary>
public sealed class ParallelismTooFineClaim : Claim
{
    private const int Rounds = 20;
    private const double Millions = 4;
    private const int Mixes = 20_000;

    public override string Rule => "EXM205";

    public override async Task<IReadOnlyList<Figure>> MeasureAsync(Effort effort)
    {
        var scale = await SampleTool.CompareAsync(effort.Rounds, "scale", Rounds);
        var mix = await SampleTool.CompareAsync(effort.Rounds, "mix", Mixes);
        var perTurn = 1 / (Rounds * Millions); // milliseconds per run to nanoseconds per turn
        var perMix = 1e6 / Mixes;
        var moved = 16 / BytesPerNanosecond;
        return
        [
            new(Rule, $"a turn of an addition and a multiplication, {Millions:0} million of them", "ns", scale.Before * perTurn, scale.After * perTurn, moved, "8 bytes read and 8 written from memory, at 20 GB/s", Better.Lower),
            new(Rule, "four additions", "ns", mix.Before * perMix, mix.After * perMix, 1, "four additions in turn", Better.Lower),
        ];
    }

    private const double BytesPerNanosecond = 20;
}
