using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Tests.Effects;

public sealed class CommutationTests
{
    private static readonly TestProgram Program = TestProgram.Of("class Order { public int Id; public List<string> Lines = []; } class Log { public int Id; } class C { public void M(Order order, object anything, Log log) { var own = 1; GC.KeepAlive(own); } }");

    private static ISymbol Field(string type, string name) => Program.Type(type).GetMembers(name).Single();

    private static IParameterSymbol Parameter(string name) => Program.Method("C", "M").Parameters.Single(p => p.Name == name);

    private static ILocalSymbol Local() => Program.Operations().OfType<IVariableDeclaratorOperation>().Single().Symbol;

    private static Place? Meet(Effect a, Effect b)
    {
        var met = Commutation.Conflict([a], [b]);
        Assert.Equal(met is null, Commutation.Conflict([b], [a]) is null); // whoever comes first
        return met;
    }

    private static Effect Read(Place place) => new(place, Access.Read);

    private static Effect Write(Place place) => new(place, Access.Write);

    [Fact]
    public void ReadsOfOnePlace_Commute() => Assert.Null(Meet(Read(Place.Member(Field("Order", "Id"))), Read(Place.Member(Field("Order", "Id")))));

    [Fact]
    public void ReadAndWriteOfOneField_Meet() => Assert.NotNull(Meet(Read(Place.Member(Field("Order", "Id"))), Write(Place.Member(Field("Order", "Id")))));

    [Fact]
    public void WritesOfTwoFields_Commute() => Assert.Null(Meet(Write(Place.Member(Field("Order", "Id"))), Write(Place.Member(Field("Log", "Id")))));

    [Fact]
    public void VariableAndWhatItRefersTo_Commute() => Assert.Null(Meet(Write(Place.Variable(Parameter("order"))), Write(Place.Contents(Parameter("order")))));

    [Fact]
    public void ContentsAndMemberOfItsType_Meet() => Assert.NotNull(Meet(Write(Place.Contents(Parameter("order"))), Read(Place.Member(Field("Order", "Id")))));

    [Fact]
    public void ContentsAndMemberOfAnotherType_Commute() => Assert.Null(Meet(Write(Place.Contents(Parameter("order"))), Read(Place.Member(Field("Log", "Id")))));

    [Fact]
    public void ContentsOfAnObject_MayHoldAnything() => Assert.NotNull(Meet(Write(Place.Contents(Parameter("anything"))), Read(Place.Member(Field("Log", "Id")))));

    [Fact]
    public void UntracedContents_MeetAllContents() => Assert.NotNull(Meet(Write(Place.Contents(null)), Read(Place.Contents(Parameter("log")))));

    [Fact]
    public void TwoUsesOfOneUnitOfWork_Meet() => Assert.NotNull(Meet(new(Place.UnitOfWork(null), Access.Exclusive), new(Place.UnitOfWork(null), Access.Exclusive)));

    [Fact]
    public void GivenAndSharedUnitOfWork_MayBeOne() => Assert.NotNull(Meet(new(Place.UnitOfWork(Parameter("order")), Access.Exclusive), new(Place.UnitOfWork(null), Access.Exclusive)));

    [Fact]
    public void UnitOfWorkOfALocalAndAnother_Commute() => Assert.Null(Meet(new(Place.UnitOfWork(Local()), Access.Exclusive), new(Place.UnitOfWork(null), Access.Exclusive)));

    [Theory]
    [InlineData(Channel.Network, null, Channel.Network, null, true)]
    [InlineData(Channel.Network, "/a", Channel.Network, "/b", false)]
    [InlineData(Channel.File, "/a", Channel.File, null, true)]
    [InlineData(Channel.File, null, Channel.Network, null, false)]
    [InlineData(Channel.Log, null, Channel.Log, null, false)]
    [InlineData(Channel.Clock, null, Channel.Clock, null, false)]
    [InlineData(Channel.Console, null, Channel.Console, null, true)]
    public void WriteAndReadOutside_MeetByChannelAndKey(Channel a, string? keyA, Channel b, string? keyB, bool meet) =>
        Assert.Equal(meet, Meet(Write(Place.External(a, keyA)), Read(Place.External(b, keyB))) is not null);
}
