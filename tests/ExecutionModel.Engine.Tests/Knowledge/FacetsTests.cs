using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Engine.Tests.Knowledge;

public sealed class FacetsTests
{
    [Fact]
    public void Words_SetWhatTheySay()
    {
        var facts = Facets.Parse("io read on=file:arg0 size=huge guard throws-early lazily fresh gate async=ReadAsync", "x.txt:3");
        Assert.Equal(
            new ApiFacts
            {
                Waiting = Waiting.AsyncIo,
                Touch = Touch.Read,
                Channel = Channel.File,
                KeyArgument = 0,
                Size = Size.Huge,
                Guard = true,
                ThrowsEarly = true,
                Lazily = true,
                Fresh = true,
                Gate = true,
                Counterpart = "ReadAsync",
                Source = "x.txt:3",
            },
            facts);
    }

    [Fact]
    public void UnsaidFacets_StayUnstated() => Assert.Equal(new ApiFacts { Sharing = Sharing.Safe, Source = "x" }, Facets.Parse("safe", "x"));

    [Theory]
    [InlineData("io", Waiting.AsyncIo)]
    [InlineData("blocking", Waiting.BlockingIo)]
    [InlineData("delay", Waiting.Delay)]
    [InlineData("waits", Waiting.OtherWork)]
    [InlineData("memory", Waiting.Memory)]
    public void Waiting_HasFiveWords(string word, Waiting waiting) => Assert.Equal(waiting, Facets.Parse(word, "").Waiting);

    [Theory]
    [InlineData("unit-of-work", Sharing.UnitOfWork)]
    [InlineData("unsafe", Sharing.Unsafe)]
    [InlineData("safe", Sharing.Safe)]
    public void Sharing_HasThreeWords(string word, Sharing sharing) => Assert.Equal(sharing, Facets.Parse(word, "").Sharing);

    [Theory]
    [InlineData("cpu=10ms", 10e6, CpuUnit.Call, -1)]
    [InlineData("cpu=500ns/arg2", 500, CpuUnit.ArgumentValue, 2)]
    [InlineData("cpu=50us/2^arg1", 50_000, CpuUnit.ArgumentPower, 1)]
    [InlineData("cpu=1.5us/byte0", 1500, CpuUnit.ArgumentLength, 0)]
    [InlineData("cpu=2s", 2e9, CpuUnit.Call, -1)]
    [InlineData("cpu=2ns/sort0", 2, CpuUnit.Sorting, 0)]
    [InlineData("cpu=2ns/sort", 2, CpuUnit.Sorting, CpuWeight.Receiver)]
    [InlineData("cpu=10ms/unknown1", 10e6, CpuUnit.UnknownArgument, 1)]
    public void CpuWeight_IsRead(string word, double nanoseconds, CpuUnit unit, int argument) =>
        Assert.Equal(new CpuWeight(nanoseconds, unit, argument), Facets.Parse(word, "").Cpu);

    [Theory]
    [InlineData("connections=own", ApiFacts.OwnConnections)]
    [InlineData("connections=arg1", 1)]
    public void Connections_AreOwnOrAnArguments(string word, int connections) => Assert.Equal(connections, Facets.Parse(word, "").Connections);

    [Theory]
    [InlineData("", "at least one facet")]
    [InlineData("async", "needs a value")]
    [InlineData("io=yes", "takes no value")]
    [InlineData("nonsense", "unknown facet 'nonsense'")]
    [InlineData("Io", "unknown facet 'Io'")]
    [InlineData("size=enormous", "expected one of unstated, one, small, huge")]
    [InlineData("on=disk", "unknown value 'disk'")]
    [InlineData("on=file:first", "expected 'argN'")]
    [InlineData("on=file:arg", "expected 'argN'")]
    [InlineData("invokes=1", "expected 'argN'")]
    [InlineData("cpu=fast", "expected a duration")]
    [InlineData("cpu=10", "unknown unit")]
    [InlineData("cpu=10h", "unknown unit")]
    [InlineData("cpu=10ns/line0", "expected 'argN'")]
    [InlineData("host=7", "unknown value '7'")]
    public void BadWord_IsRefused(string text, string because) =>
        Assert.Contains(because, Assert.Throws<FormatException>(() => Facets.Parse(text, "")).Message);
}
