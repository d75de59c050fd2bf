using ExecutionModel.Perf.Claims;

namespace ExecutionModel.Perf.Tests.Reporting;

public sealed class IntervalTests
{
    [Fact]
    public void SteadyRuns_HaveANarrowInterval()
    {
        var interval = Interval.Of(new Sample([1000, 1001, 1002]), new Sample([100, 100, 100]))!;
        Assert.InRange(interval.Low, 10, 10.02);
        Assert.InRange(interval.High, interval.Low, 10.02);
    }

    [Fact]
    public void ScatteredRuns_HaveAWideOneAroundTheRatio()
    {
        var interval = Interval.Of(new Sample([500, 1000, 2000, 900, 1500]), new Sample([100, 50, 200, 90, 110]))!;
        Assert.True(interval.Low < 10 && interval.High > 10 && interval.High > 2 * interval.Low, $"{interval}");
    }

    [Theory]
    [InlineData(new double[] { 1, 2 }, new double[] { 1, 2, 3 })]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { 0, 0, 0 })]
    [InlineData(new double[] { 1, 2, 3 }, new double[] { -2, 1, 2 })]
    public void TooFewRunsOrNothingLeft_HasNone(double[] before, double[] after) => Assert.Null(Interval.Of(new Sample(before), new Sample(after)));

    /// <summary>Noise can make a pass cheaper than the one of nothing beside it.</summary>
    [Fact]
    public void ARunBelowNothing_CountsLikeTheOthers()
    {
        var interval = Interval.Of(new Sample([-1, 9, 10, 11, 12]), new Sample([100, 100, 100, 100, 100]))!;
        Assert.True(interval.Low < 0.1 && interval.High is > 0.1 and <= 0.12, $"{interval}");
    }

    [Fact]
    public void TheSameRuns_TellTheSame() =>
        Assert.Equal(Interval.Of(new Sample([5, 6, 7]), new Sample([1, 2, 3])), Interval.Of(new Sample([5, 6, 7]), new Sample([1, 2, 3])));
}
