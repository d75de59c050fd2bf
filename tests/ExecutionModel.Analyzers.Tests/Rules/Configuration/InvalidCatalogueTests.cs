using ExecutionModel.Analyzers.Tests.Harness;
using Microsoft.CodeAnalysis;
using Verify = ExecutionModel.Analyzers.Tests.Harness.AnalyzerVerifier<ExecutionModel.Analyzers.Rules.Configuration.InvalidCatalogue.InvalidCatalogueAnalyzer>;

namespace ExecutionModel.Analyzers.Tests.Rules.Configuration;

public sealed class InvalidCatalogueTests
{
    private const string Source = """
        namespace Shop;

        public class Prices : System.IO.MemoryStream
        {
            public Task<int> OfAsync(string article) => Task.FromResult(1);
            public Task<int> OfAsync(string article, int count) => Task.FromResult(count);
            public class Nested;
        }

        public class List<T>;
        """;

    [Theory]
    [InlineData("[|M:Shop.Prices.OfAsync|]", "found no ';'")]
    [InlineData("[|X:Shop.Prices ; safe|]", "unknown kind 'X'")]
    [InlineData("[|Shop.Prices ; safe|]", "expected 'T:Type'")]
    [InlineData("[|T:Shop.Prices ; network|]", "unknown facet 'network'")]
    [InlineData("[|T:Shop.Prices ;|]", "at least one facet")]
    [InlineData("[|T:Shop.Prices ; size=large|]", "unknown value 'large'")]
    [InlineData("[|T:Shop.Prices ; cpu=10|]", "unknown unit")]
    [InlineData("[|M:Shop.Prices.O*f* ; io|]", "more than one '*'")]
    [InlineData("[|M:Shop.Prices.{Of ; io|]", "'{' without '}'")]
    [InlineData("[|M:Shop.Prices.OfAsync(string ; io|]", "expected ')'")]
    [InlineData("[|T:Shop.Price ; safe|]", "there is no type 'Shop.Price'")]
    [InlineData("[|T:Shop.List ; safe|]", "List`1")]
    [InlineData("[|T:Shop.Prices.Nested ; safe|]", "Outer+Inner")]
    [InlineData("[|M:Shop.Prices.Of ; io|]", "declares no 'Of'")]
    [InlineData("[|M:Shop.Prices.OfAsync(System.Int32) ; io|]", "declares no 'OfAsync' with these parameters")]
    [InlineData("[|M:Shop.Prices.{OfAsync,NotThere} ; io|]", "declares no 'NotThere'")]
    [InlineData("[|M:Shop.Prices.CopyToAsync(*) ; io|]", "name 'System.IO.MemoryStream'")]
    public Task Line_Reports(string line, string message) => Verify.Analyzer(
        Source,
        Catalogue("T:Shop.Prices ; safe\n" + line.Replace("|]", "", StringComparison.Ordinal).Replace("[|", "{|#0:", StringComparison.Ordinal) + "|}\n"),
        Verify.Diagnostic().WithLocation(0).WithMessageContaining(message));

    [Theory]
    [InlineData("[|T:Warehouse.Stock ; safe|]")]
    [InlineData("[|N:Warehouse+ ; host=web|]")]
    [InlineData("[|M:Warehouse.Stock.GetAsync ; io|]")]
    public Task LibraryThatIsNotReferenced_IsSuggestion(string line) =>
        Verify.Suggestion(Source, Catalogue(line));

    [Theory]
    [InlineData("T:Shop.Prices ; safe")]
    [InlineData("T:Shop.Prices+ ; safe # why")]
    [InlineData("T:Shop.Prices+Nested ; safe")]
    [InlineData("T:Shop.List`1 ; unsafe")]
    [InlineData("N:Shop+ ; host=worker")]
    [InlineData("M:Shop.Prices.OfAsync ; io read on=network")]
    [InlineData("M:Shop.Prices.Of*(*) ; io")]
    [InlineData("M:Shop.Prices.{OfAsync,#ctor} ; io")]
    [InlineData("M:Shop.Prices+.{OfAsync,NotThere} ; io")]
    [InlineData("M:Shop.Prices.OfAsync(System.String,System.Int32) ; io")]
    [InlineData("M:Shop.Prices.#ctor ; fresh")]
    [InlineData("M:Shop.Prices+.FromDerivedAsync ; io")]
    [InlineData("M:System.IO.Stream+.CopyToAsync(*) ; io")]
    [InlineData("# a comment\n\n   \n")]
    [InlineData("")]
    public Task Line_IsSilent(string line) => Verify.Analyzer(Source, Catalogue(line));

    [Fact]
    public Task EveryBadLine_ReportsOnItsOwn() => Verify.Analyzer(Source, Catalogue("""
        # prices
        [|T:Shop.Price ; safe|]
        T:Shop.Prices ; safe

        [|nonsense|]
        """));

    [Fact]
    public Task TwoCatalogues_ReportEach() => Verify.Analyzer(Source, new TestSettings
    {
        AdditionalFiles = [new("A.ExecutionCatalogue.txt", "[|x|]"), new("B.executioncatalogue.TXT", "[|y|]")],
    });

    [Fact]
    public Task CrLf_MarksTheLineOnly() => Verify.Analyzer(Source, Catalogue("T:Shop.Prices ; safe\n[|x|]\ny:\n".Replace("y:", "[|y:|]", StringComparison.Ordinal)) with { NewLine = "\r\n" });

    [Fact]
    public Task OtherAdditionalFile_IsSilent() => Verify.Analyzer(Source, new TestSettings { AdditionalFiles = [new("Catalogue.txt", "nonsense")] });

    [Fact]
    public Task MissingLibraryOfOneLine_KeepsTheOthersAsWarnings() => Verify.Analyzer(
        Source,
        Catalogue("{|#0:T:Warehouse.Stock ; safe|}\n{|#1:T:Shop.Price ; safe|}"),
        Verify.Diagnostic().WithLocation(0).WithSeverity(DiagnosticSeverity.Info),
        Verify.Diagnostic().WithLocation(1));

    private static TestSettings Catalogue(string lines) => new() { AdditionalFiles = [new("Shop.ExecutionCatalogue.txt", lines)] };
}
