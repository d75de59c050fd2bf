namespace ExecutionModel.Engine.Tests.Context;

/// <summary>Which files can end a query, by their text.</summary>
public sealed class QueryFilesTests
{
    private const string Shop = "using Microsoft.EntityFrameworkCore; public sealed class Order { public int Id { get; set; } } public abstract class ShopContext : DbContext { public IQueryable<Order> Orders => Set<Order>(); }";

    [Theory]
    [InlineData("class C { bool M(IQueryable<int> ids) => ids.Contains(1); }")]
    [InlineData("class C { Microsoft.EntityFrameworkCore.DbSet<C> all; bool M() => all.Any(); }")]
    [InlineData("class C { bool M(ShopContext shop) => shop.Orders.Any(); }")]
    public void QueriesAndContextsOfTheSolution_Yes(string source) => Assert.True(May(source));

    [Theory]
    [InlineData("class C { bool M(List<int> ids) => ids.Remove(1) && ids.Contains(1); }")]
    [InlineData("class C { int M(Dictionary<string, int[]> sizes) => sizes.Values.Sum(s => s.First()); }")]
    public void ListsOnly_No(string source) => Assert.False(May(source));

    [Fact]
    public void ContextThatIsNoneOfADatabase_No() => Assert.False(May("class C { bool M(AskContext ask) => ask.Names.Contains(\"a\"); }", "public class AskContext { public List<string> Names { get; } = []; }"));

    private static bool May(string source, string library = Shop)
    {
        var model = TestProgram.Of(source, library).Model;
        return model.QueryFiles.May(model.Compilation.SyntaxTrees.Single());
    }
}
