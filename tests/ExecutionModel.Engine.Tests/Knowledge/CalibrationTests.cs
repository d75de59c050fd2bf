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
    public void Weight_IsOffByMoreThanFour(double measured, bool isOff) => Assert.Equal(isOff, new Reading(Of100Ns, measured, "").IsOff);

    [Fact]
    public void SeededWrongWeight_IsOff()
    {
        var gauge = Gauges.Measured["System.Security.Cryptography.SHA256.HashData(*)"] with { Rounds = 3 };
        var right = new Weight("A.B(*)", gauge.Measure(), CpuUnit.ArgumentLength, "a.txt:1");
        Assert.True(Reading.Take(right with { Nanoseconds = right.Nanoseconds * 20 }, gauge).IsOff);
        Assert.True(Reading.Take(right with { Nanoseconds = right.Nanoseconds / 20 }, gauge).IsOff);
    }

    [Fact]
    public void WeightThatIsOffOnce_IsMeasuredAgain()
    {
        var made = 0;
        var gauge = Gauge.Call("slow at first", () =>
        {
            var pause = ++made == 1 ? 30 : 0;
            return () => Thread.Sleep(pause);
        }, rounds: 1);
        Assert.True(Reading.Take(Of100Ns with { Nanoseconds = 1 }, gauge, tries: 1).Measured > 20e6);
        Assert.True(Reading.Take(Of100Ns with { Nanoseconds = 1 }, gauge, tries: 3).Measured < 20e6);
        Assert.Equal(4, made);
    }

    [Fact]
    public void ReasonWithoutMeasurement_IsNotOff() => Assert.False(new Reading(Of100Ns, null, "runs on Windows only").IsOff);
}
