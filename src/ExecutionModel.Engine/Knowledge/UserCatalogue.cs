using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>The catalogue lines of the project and its packages: AdditionalFiles named <c>*.ExecutionCatalogue.txt</c>.</summary>
public sealed class UserCatalogue
{
    public const string FileSuffix = ".ExecutionCatalogue.txt";

    private readonly IReadOnlyList<(AdditionalText File, CatalogueEntry Entry)> entries;

    private UserCatalogue(IReadOnlyList<(AdditionalText File, CatalogueEntry Entry)> entries, IReadOnlyList<(AdditionalText File, CatalogueProblem Problem)> problems)
    {
        this.entries = entries;
        Entries = entries.Select(e => e.Entry).ToArray();
        Problems = problems;
    }

    public IReadOnlyList<CatalogueEntry> Entries { get; }

    public IReadOnlyList<(AdditionalText File, CatalogueProblem Problem)> Problems { get; }

    public IEnumerable<CatalogueEntry> EntriesOf(AdditionalText file) => entries.Where(e => e.File == file).Select(e => e.Entry);

    public static UserCatalogue Read(AnalyzerOptions options)
    {
        var entries = new List<(AdditionalText, CatalogueEntry)>();
        var problems = new List<(AdditionalText, CatalogueProblem)>();
        foreach (var file in options.AdditionalFiles)
        {
            if (!file.Path.EndsWith(FileSuffix, StringComparison.OrdinalIgnoreCase) || file.GetText() is not { } text) continue;
            var (read, wrong) = CatalogueParser.Parse(text.ToString(), Path.GetFileName(file.Path));
            entries.AddRange(read.Select(e => (file, e)));
            problems.AddRange(wrong.Select(p => (file, p)));
        }

        return new UserCatalogue(entries, problems);
    }
}
