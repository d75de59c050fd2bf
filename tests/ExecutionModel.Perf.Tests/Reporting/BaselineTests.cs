using ExecutionModel.Perf.Claims;
using ExecutionModel.Perf.Reporting;

namespace ExecutionModel.Perf.Tests.Reporting;

public sealed class BaselineTests
{
    private const string Ratio = "generated/all/compiler";
    private const string Allocated = "generated/EXM101/allocated";

    private static readonly Baseline Accepted = Baseline.Empty.With([new(Ratio, 0.05), new("claims/EXM101", 5, Better.Higher)], [new(Allocated, 10_000_000)]);

    [Fact]
    public void SlowDown_Fails()
    {
        var verdict = Compare(ratio: 0.11);
        Assert.Equal("generated/all/compiler: ratio 0.11, accepted 0.05, limit 0.1", Assert.Single(verdict.Regressions));
        Assert.Equal(2, verdict.ExitCode);
    }

    [Theory]
    [InlineData(0.7)]
    [InlineData(1.3)]
    public void Noise_Passes(double factor) => Assert.Equal(0, Compare(ratio: 0.05 * factor, speedup: 5 * factor, bytes: 10_000_000 * (1 + (factor - 1) / 10)).ExitCode);

    [Fact]
    public void MoreAllocation_Fails() => Assert.StartsWith(Allocated, Assert.Single(Compare(bytes: 11_100_000).Regressions), StringComparison.Ordinal);

    [Fact]
    public void LessOfWhatShouldBeHigh_Fails() => Assert.StartsWith("claims/EXM101: ratio 2.4", Assert.Single(Compare(speedup: 2.4).Regressions), StringComparison.Ordinal);

    [Fact]
    public void NoNumber_Fails() => Assert.StartsWith(Ratio, Assert.Single(Compare(ratio: double.NaN).Regressions), StringComparison.Ordinal);

    [Theory]
    [InlineData(25_000, 0)]
    [InlineData(35_000, 1)]
    public void FewBytes_AreNoRegression(double bytes, int regressions) =>
        Assert.Equal(regressions, Baseline.Empty.With([], [new(Allocated, 100)]).Compare([], [new(Allocated, bytes)]).Regressions.Count);

    [Fact]
    public void UnknownId_IsNamedAndPasses()
    {
        var verdict = Accepted.Compare([new(Ratio, 0.05), new("claims/EXM101", 5, Better.Higher), new("samples/all/compiler", 9)], [new(Allocated, 1)]);
        Assert.Equal("samples/all/compiler", Assert.Single(verdict.Unknown));
        Assert.Equal(0, verdict.ExitCode);
    }

    [Fact]
    public void MissingId_IsNamedAndPasses()
    {
        var verdict = Accepted.Compare([new("claims/EXM102", 5, Better.Higher)], [new("generated/EXM102/allocated", 1)]);
        Assert.Equal(["claims/EXM101", Allocated], verdict.Missing);
        Assert.Equal(0, verdict.ExitCode);
    }

    [Fact]
    public void PartThatWasNotMeasured_IsNotMissed() => Assert.Empty(Accepted.Compare([new(Ratio, 0.05)], []).Missing);

    [Theory]
    [InlineData("{ \"ratios\": ")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("{ \"ratios\": {} }")]
    [InlineData("{ \"ratios\": { \"a\": \"b\" }, \"allocations\": {} }")]
    [InlineData("{ \"ratios\": { \"a\": -1 }, \"allocations\": {} }")]
    public void BrokenFile_IsSaidToBe(string json) =>
        Assert.StartsWith("perf/baseline.json is no baseline: ", Assert.Throws<InvalidDataException>(() => Baseline.Parse(json, "perf/baseline.json")).Message, StringComparison.Ordinal);

    [Fact]
    public async Task MissingFile_IsSaidToBe() =>
        Assert.Contains("--accept none.json", (await Assert.ThrowsAsync<InvalidDataException>(() => Baseline.ReadAsync("none.json"))).Message, StringComparison.Ordinal);

    [Fact]
    public void Written_IsRead()
    {
        var read = Baseline.Parse(Accepted.Json, "it");
        Assert.Equal(Accepted.Ratios.OrderBy(r => r.Key), read.Ratios.OrderBy(r => r.Key));
        Assert.Equal(Accepted.Allocations, read.Allocations);
    }

    [Fact]
    public void Accepting_KeepsWhatWasNotMeasured() => Assert.Equal(5, Accepted.With([new(Ratio, 0.04)], []).Ratios["claims/EXM101"]);

    [Fact]
    public void NoNumber_CannotBeAccepted() => Assert.Throws<InvalidDataException>(() => Baseline.Empty.With([new(Ratio, double.NaN)], []));

    private static Verdict Compare(double ratio = 0.05, double speedup = 5, double bytes = 10_000_000) =>
        Accepted.Compare([new(Ratio, ratio), new("claims/EXM101", speedup, Better.Higher)], [new(Allocated, bytes)]);
}
