using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Engine.Tests.Knowledge;

public sealed class CatalogueParserTests
{
    [Fact]
    public void TypeLine_NamesItsType()
    {
        var entry = One("T:System.Collections.Generic.List`1 ; unsafe");
        Assert.Equal((EntryKind.Type, "System.Collections.Generic.List`1", false), (entry.Kind, entry.Owner, entry.Derived));
    }

    [Fact]
    public void Plus_TakesDerivedTypes()
    {
        Assert.True(One("T:System.IO.Stream+ ; unsafe").Derived);
        Assert.True(One("M:System.IO.Stream+.Read(*) ; write").Derived);
        Assert.True(One("N:Contoso.Billing+ ; safe").Derived);
    }

    [Fact]
    public void PlusInsideAName_IsANestedType()
    {
        var entry = One("M:Dapper.SqlMapper+GridReader.Read(*) ; write");
        Assert.Equal(("Dapper.SqlMapper+GridReader", false), (entry.Owner, entry.Derived));
    }

    [Fact]
    public void MemberLine_SplitsAtTheLastDot()
    {
        var entry = One("M:System.Net.Http.HttpClient+.{Get,Post}*Async(*) ; io");
        Assert.Equal("System.Net.Http.HttpClient", entry.Owner);
        Assert.True(entry.Member!.Matches("PostAsJsonAsync"));
        Assert.Null(entry.Parameters);
    }

    [Theory]
    [InlineData("M:A.B ; read", null)]
    [InlineData("M:A.B(*) ; read", null)]
    [InlineData("M:A.B() ; read", "")]
    [InlineData("M:A.B(System.Int32, *,System.Byte[]) ; read", "System.Int32|*|System.Byte[]")]
    public void ParameterList_IsAnyOrNamed(string line, string? parameters) =>
        Assert.Equal(parameters, One(line).Parameters is { } list ? string.Join("|", list) : null);

    [Fact]
    public void Constructor_IsNoComment()
    {
        var entry = One("M:System.IO.FileStream.#ctor(*) ; write # opens");
        Assert.True(entry.Member!.Matches("#ctor"));
        Assert.Equal(("System.IO.FileStream", Touch.Write), (entry.Owner, entry.Facts.Touch));
    }

    [Fact]
    public void CommentsAndBlankLines_AreSkipped() =>
        Assert.Empty(Read("# a comment\n\n   # indented\n\t\n").Entries);

    [Fact]
    public void Source_IsFileAndLine() => Assert.Equal("x.txt:3", Read("# one\r\n\r\nT:A ; safe\r\n").Entries.Single().Facts.Source);

    [Theory]
    [InlineData("T:A", "found no ';'")]
    [InlineData("A ; safe", "expected 'T:Type'")]
    [InlineData("X:A.B ; safe", "unknown kind 'X'")]
    [InlineData("M:Method ; read", "expected 'Type.Member'")]
    [InlineData("M:A.B(System.Int32 ; read", "expected ')'")]
    [InlineData("M:A.B*C* ; read", "more than one '*'")]
    [InlineData("T:A ;", "at least one facet")]
    [InlineData("T:A ; sfe", "unknown facet 'sfe'")]
    [InlineData(";", "at least one facet")]
    [InlineData("; safe", "expected 'T:Type'")]
    public void BadLine_IsAProblem_AndTheOthersCount(string line, string because)
    {
        var (entries, problems) = Read($"T:Before ; safe\n{line}\nT:After ; safe");
        Assert.Equal(["Before", "After"], entries.Select(e => e.Owner));
        var problem = Assert.Single(problems);
        Assert.Equal(2, problem.Line);
        Assert.Contains(because, problem.Message);
    }

    private static CatalogueEntry One(string line)
    {
        var (entries, problems) = Read(line);
        Assert.Empty(problems);
        return Assert.Single(entries);
    }

    private static (IReadOnlyList<CatalogueEntry> Entries, IReadOnlyList<CatalogueProblem> Problems) Read(string text) => CatalogueParser.Parse(text, "x.txt");
}
