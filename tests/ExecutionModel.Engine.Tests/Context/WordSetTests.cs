using ExecutionModel.Engine.Context;

namespace ExecutionModel.Engine.Tests.Context;

public sealed class WordSetTests
{
    private const int SameLowHalf = 1 << 16;

    private static readonly int Read = CallWords.HashOf("Read");
    private static readonly int Write = CallWords.HashOf("Write");

    [Fact]
    public void Added_IsThere()
    {
        var words = new WordSet();
        Assert.True(words.Add(Read));
        Assert.True(words.Contains(Read));
        Assert.Equal([Read], words);
    }

    [Fact]
    public void AddedTwice_IsThereOnce()
    {
        var words = new WordSet(["Read"]);
        Assert.False(words.Add(Read));
        Assert.Equal([Read], words);
    }

    [Fact]
    public void NotAdded_IsNotThere() => Assert.False(new WordSet(["Read"]).Contains(Write));

    [Fact]
    public void EqualLowHalfOfTheHash_IsNotThere() => Assert.False(new WordSet(["Read"]).Contains(Read ^ SameLowHalf));

    [Fact]
    public void EqualLowHalves_AreBothThere()
    {
        var words = new WordSet([Read, Read ^ SameLowHalf]);
        Assert.True(words.Contains(Read));
        Assert.True(words.Contains(Read ^ SameLowHalf));
    }

    [Fact]
    public void NegativeHashes_AreThere()
    {
        var words = new WordSet([-1, int.MinValue]);
        Assert.True(words.Contains(-1));
        Assert.True(words.Contains(int.MinValue));
        Assert.False(words.Contains(0));
    }

    [Theory]
    [InlineData(0, 3, true)]
    [InlineData(1, 1, true)]
    [InlineData(0, 1, false)]
    [InlineData(2, 1, false)]
    [InlineData(1, 0, false)]
    public void ContainsAny_LooksInsideTheSegmentOnly(int from, int count, bool found) =>
        Assert.Equal(found, new WrittenCalls([0, 9, 18], [Write, Read, Read ^ SameLowHalf], [0, 0, 0], from, from + count).HasAny(new WordSet(["Read"])));
}
