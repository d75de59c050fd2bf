using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace ExecutionModel.Analyzers.Tests.Differential;

/// <summary>
/// Generates programs, repairs them with every fix of the Waiting group until none is offered, and runs both over a scripted I/O layer: same value or exception,
/// same effects, no task whose fault nobody sees, and an end that is not later.
/// <c>DIFFERENTIAL_SEED</c> and <c>DIFFERENTIAL_PROGRAMS</c> (per batch) choose other programs than the usual ones.
/// </summary>
public sealed class DifferentialTests(ITestOutputHelper output)
{
    private const int Batches = 20;

    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 20261121;
    private static readonly int Programs = int.TryParse(Environment.GetEnvironmentVariable("DIFFERENTIAL_PROGRAMS"), CultureInfo.InvariantCulture, out var count) ? count : 105;

    public static TheoryData<int> AllBatches() => [.. Enumerable.Range(0, Batches)];

    [Theory]
    [MemberData(nameof(AllBatches))]
    public async Task FixedPrograms_DoTheSame(int batch)
    {
        var programs = GeneratedProgram.Bodies.Sample(Programs, new Rnd(Seed + (ulong)batch, 1), 50).Select((steps, i) => new GeneratedProgram(i, steps)).ToList();
        var comparison = await Comparison.Of(programs);
        if (comparison.Differences.FirstOrDefault() is { } difference) Assert.Fail($"Seed {Seed}, batch {batch}:\n" + await Smallest(difference));
        output.WriteLine($"{comparison.Changed} of {programs.Count} programs were repaired, {comparison.Earlier} of them end earlier.");
        Assert.True(comparison.Changed > programs.Count / 4, "The programs are no test of the fixes: too few are repaired.");
        Assert.True(comparison.Earlier > programs.Count / 8, "The fixes are no help: too few programs end earlier.");
    }

    [Fact]
    public async Task StartingAnyTwoReadsTogether_IsNoticed()
    {
        var broken = await Comparison.Of([new GeneratedProgram(0, [new(StepKind.Read, 1, 0), new(StepKind.Write, 2, 0), new(StepKind.Read, 3, 0)])], text => text.Replace("await Io.Write", "_ = Io.Write", StringComparison.Ordinal));
        Assert.NotEmpty(broken.Differences);
    }

    /// <summary>Leaves out steps for as long as the programs still differ.</summary>
    private static async Task<Difference> Smallest(Difference found)
    {
        for (var step = 0; step < found.Program.Steps.Count;)
        {
            var smaller = await Comparison.Of([found.Program.Without(step)]);
            if (smaller.Differences.FirstOrDefault() is { } still) found = still;
            else step++;
        }

        return found;
    }
}
