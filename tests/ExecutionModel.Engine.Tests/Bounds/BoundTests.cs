using ExecutionModel.Engine.Bounds;

namespace ExecutionModel.Engine.Tests.Bounds;

/// <summary>How verdicts combine: alternatives by the worse, limits by the better, sequences by their sum.</summary>
public sealed class BoundTests
{
    private static readonly Bound Three = new Bound.AtMost(3, "a literal");
    private static readonly Bound Ten = new Bound.AtMost(10, "a literal");
    private static readonly Bound Throttled = new Bound.Throttled("a gate");
    private static readonly Bound Unknown = new Bound.Unknown("not seen");
    private static readonly Bound Unbounded = new Bound.Unbounded("item of 'ids'");
    private static readonly Bound Huge = new Bound.Huge("line of a file");
    private static readonly Bound[] FromGoodToBad = [Three, Ten, Throttled, Unknown, Unbounded, Huge];

    [Fact]
    public void Join_TakesTheWorse_WhateverTheOrder()
    {
        foreach (var (i, a) in FromGoodToBad.Index())
        {
            foreach (var (j, b) in FromGoodToBad.Index()) Assert.Equal(FromGoodToBad[Math.Max(i, j)], a.Join(b));
        }
    }

    [Fact]
    public void Meet_TakesTheBetter_WhateverTheOrder()
    {
        foreach (var (i, a) in FromGoodToBad.Index())
        {
            foreach (var (j, b) in FromGoodToBad.Index()) Assert.Equal(FromGoodToBad[Math.Min(i, j)], a.Meet(b));
        }
    }

    [Fact]
    public void Plus_AddsCounts() => Assert.Equal(new Bound.AtMost(13, "a literal"), Three.Plus(Ten));

    [Fact]
    public void Plus_DoesNotOverflow() => Assert.Equal(new Bound.AtMost(int.MaxValue, "a literal"), new Bound.AtMost(int.MaxValue, "a literal").Plus(Ten));

    [Fact]
    public void Plus_KeepsTheLargePart() => Assert.Equal(Huge, Three.Plus(Huge));

    [Fact]
    public void Narrowed_LeavesAnUnknownPartOfAHugeSource() => Assert.Equal(new Bound.Unbounded("line of a file"), Huge.Narrowed());

    [Fact]
    public void Narrowed_LeavesSmallOnesAlone() => Assert.Equal(Three, Three.Narrowed());
}
