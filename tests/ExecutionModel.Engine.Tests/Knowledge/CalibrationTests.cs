using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Perf.Calibration;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>What <c>perf --calibrate</c> measures, and what it calls off. Nothing is measured here.</summary>
public sealed class CalibrationTests
{
    private static readonly Weight Of100Ns = new("A.B(*)", 100, CpuUnit.Call, "a.txt:1");

    [Fact]
    public void EveryWeightOfTheVerifiedCatalogue_IsMeasuredOrSaysWhyNot() => Assert.Empty(Calibration.Unknown(Weight.OfVerified()).Select(w => $"{w.Source} {w.Api}"));

    [Fact]
    public void EveryMeasurementAndReason_BelongsToAWeight() =>
        Assert.Empty(Gauges.Measured.Keys.Concat(Gauges.NotMeasured.Keys).Except(Weight.OfVerified().Select(w => w.Api)));

    [Fact]
    public void NoWeight_HasBothAMeasurementAndAReason() => Assert.Empty(Gauges.Measured.Keys.Intersect(Gauges.NotMeasured.Keys));

    [Fact]
    public void Weights_AreReadFromTheCatalogue() =>
        Assert.Contains(Weight.OfVerified(), w => w is { Api: "System.Security.Cryptography.RSA.Create(System.Int32)", Nanoseconds: > 1e6, Unit: CpuUnit.Call } && w.Source.StartsWith("cryptography.txt:", StringComparison.Ordinal));

    [Theory]
    [InlineData(26, false)]
    [InlineData(100, false)]
    [InlineData(399, false)]
    [InlineData(24, true)] // it claims more than four times what the machine needs
    [InlineData(401, true)] // it claims less than a quarter
    [InlineData(0, true)]
    [InlineData(double.NaN, true)]
    public void Weight_IsOffByMoreThanFour(double measured, bool isOff) => Assert.Equal(isOff, Of(measured).IsOff(slowness: 1));

    [Theory]
    [InlineData(799, false)]
    [InlineData(801, true)]
    [InlineData(24, true)] // a slow machine is no excuse for claiming too much
    public void SlownessOfTheMachine_ExcusesAWeightThatSaysTooLittle(double measured, bool isOff) => Assert.Equal(isOff, Of(measured).IsOff(slowness: 2));

    [Theory]
    [InlineData(new double[] { 150, 200, 300 }, 2)]
    [InlineData(new double[] { 150, 200, 90_000 }, 2)] // a wrong one doesn't move it
    [InlineData(new double[] { 40, 50, 60 }, 1)] // a fast machine is not held against the weights
    [InlineData(new double[0], 1)]
    public void Slowness_IsInTheMiddleOfAllWeights(double[] measured, double slowness) => Assert.Equal(slowness, Reading.Slowness(measured.Select(Of)));

    /// <summary>A line of the catalogue with another number in it: measured as before, it is called off.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(5, true)]
    [InlineData(0.2, true)]
    public void SeededWrongWeight_IsOff(double wrong, bool isOff)
    {
        var right = Weight.OfVerified().First(w => w.Api == "System.Security.Cryptography.RSA.Create(System.Int32)");
        var seeded = new Reading(right with { Nanoseconds = right.Nanoseconds * wrong }, right.Nanoseconds, "");
        Assert.Equal(isOff, seeded.Confirmed(slowness: 1, () => right.Nanoseconds).IsOff(slowness: 1));
    }

    [Theory]
    [InlineData(0, 900)]
    [InlineData(1, 901)]
    [InlineData(2, 120)]
    [InlineData(5, 120)]
    public void WeightThatIsOff_IsMeasuredAgain(int tries, double measured)
    {
        var times = new Queue<double>([901, 120, 110]);
        Assert.Equal(measured, Of(900).Confirmed(slowness: 1, times.Dequeue, tries).Measured);
    }

    [Fact]
    public void WeightThatIsRight_IsMeasuredOnce() => Assert.Equal(120, Of(120).Confirmed(slowness: 1, () => throw new InvalidOperationException("measured again")).Measured);

    private static Reading Of(double measured) => new(Of100Ns, measured, "");
}
