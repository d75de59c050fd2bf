using ExecutionModel.Perf.Analysis;

namespace ExecutionModel.Perf.Tests.Analysis;

public sealed class GrowthTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Slope_IsTheExponent(double exponent) =>
        Assert.Equal(exponent, Growth.Slope([.. Sizes.Select(s => (s, 3 * Math.Pow(s, exponent)))]), 6);

    [Fact]
    public void FixedCosts_DoNotHideAQuadratic() => Assert.True(Growth.Slope([.. Sizes.Select(s => (s, 100 + s * s))]) > Growth.Quadratic);

    [Fact]
    public void OnePoint_HasNoSlope() => Assert.Equal(double.NaN, Growth.Slope([(1, 5)]));

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 1.4, true)]
    [InlineData(1.4, 1, false)] // a body with a finding is bound once more, and the compiler's binding grows so
    public void Quadratic_IsOurOwnCode(double whole, double callbacks, bool quadratic) =>
        Assert.Equal(quadratic, new Growth("awaits", [.. Sizes.Select(s => new GrowthPoint((int)s, 3 * Math.Pow(s, whole), 3 * Math.Pow(s, whole), 3 * Math.Pow(s, callbacks), 0))], []).IsQuadratic);

    private static double[] Sizes => [1, 4, 16, 64, 256, 1_024, 4_096];
}
