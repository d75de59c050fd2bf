namespace ExecutionModel.Package.Tests;

public sealed class CatalogueTests
{
    private const string Known = """
        T:Shop.IWarehouse+ ; safe
        M:Shop.IWarehouse+.Count*Async(*) ; io read on=network
        """;

    private readonly PackageFixture package = PackageFixture.Packed;

    [Fact]
    public void ALineOfTheUsers_MakesAnUnknownCallKnown()
    {
        var project = package.NewProject("net10.0").Write("Stock.cs", Sources.Stock);
        project.Build().Succeeded();
        Assert.Empty(project.Findings());

        project.Write("Shop.ExecutionCatalogue.txt", Known).Build().Succeeded();
        var finding = Assert.Single(project.Findings());
        Assert.Equal(("Stock.cs", "EXM101", "warning"), (finding.File, finding.Id, finding.Level));
    }

    [Fact]
    public void ALineThatCannotBeRead_IsReportedWhereItStands()
    {
        var project = package.NewProject("net10.0").Write("Stock.cs", Sources.Stock)
            .Write("Shop.ExecutionCatalogue.txt", Known + "\nM:Shop.IWarehouse+.Order*Async(*) ; netwrok\n");
        project.Build().Succeeded();
        Assert.Contains(new Finding("Shop.ExecutionCatalogue.txt", 3, "EXM001", "warning"), project.Findings());
        Assert.Contains(project.Findings(), f => f is { File: "Stock.cs", Id: "EXM101" });
    }
}
