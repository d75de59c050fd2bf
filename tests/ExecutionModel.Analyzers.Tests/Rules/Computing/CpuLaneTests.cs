using Samples;

namespace ExecutionModel.Analyzers.Tests.Rules.Computing;

/// <summary>Runs the lane that the fix of EXM201 adds, as it stands in samples/After.</summary>
public sealed class CpuLaneTests
{
    private static readonly int Places = Math.Max(1, Environment.ProcessorCount - 1);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Run_GivesTheValue() => Assert.Equal(42, await CpuLane.Run(() => 42));

    [Fact]
    public Task Run_ThrowsWhatTheWorkThrew() => Assert.ThrowsAsync<InvalidDataException>(() => CpuLane.Run(() => throw new InvalidDataException()));

    [Fact]
    public async Task Run_OfManyAtOnce_NeverTakesMoreThanItsPlaces()
    {
        var watch = new Watch();
        await Task.WhenAll(Enumerable.Range(0, 8 * Places).Select(_ => CpuLane.Run(watch.Turn))).WaitAsync(Patience);
        Assert.InRange(watch.Highest, 1, Places);
    }

    [Fact]
    public async Task Run_WithACancelledToken_DoesNotBegin()
    {
        var began = false;
        await Assert.ThrowsAsync<TaskCanceledException>(() => CpuLane.Run(() => began = true, new CancellationToken(canceled: true)));
        Assert.False(began);
    }

    [Fact]
    public async Task For_ComputesEachTurnOnce()
    {
        var turns = new int[10_000];
        await CpuLane.For(0, turns.Length, i => Interlocked.Increment(ref turns[i]));
        Assert.All(turns, t => Assert.Equal(1, t));
    }

    [Fact]
    public async Task For_BesideOthers_NeverTakesMoreThanThePlacesOfTheLane()
    {
        var watch = new Watch();
        var loops = Enumerable.Range(0, 3 * Places).Select(_ => CpuLane.For(0, 4, _ => watch.Turn()));
        await Task.WhenAll([.. loops, .. Enumerable.Range(0, Places).Select(_ => CpuLane.Run(watch.Turn))]).WaitAsync(Patience);
        Assert.InRange(watch.Highest, 1, Places);
        Assert.Equal(13 * Places, watch.Turns);
    }

    [Fact]
    public Task For_ThrowsWhatATurnThrew() =>
        Assert.ThrowsAsync<InvalidDataException>(() => CpuLane.For(0, 100, i => { if (i == 7) throw new InvalidDataException(); }));

    [Fact]
    public Task For_WithoutTurns_IsDone() => CpuLane.For(5, 5, _ => Assert.Fail("there is no turn")).WaitAsync(Patience);

    /// <summary>How many compute at the same time.</summary>
    private sealed class Watch
    {
        private readonly Lock mine = new();
        private int now;

        public int Highest { get; private set; }
        public int Turns { get; private set; }

        public void Turn()
        {
            lock (mine) Highest = Math.Max(Highest, ++now);
            Thread.SpinWait(20_000);
            lock (mine) (now, Turns) = (now - 1, Turns + 1);
        }
    }
}
