using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Tests.Knowledge;

/// <summary>The built-in text against the real libraries: a line that names nothing, or that another line hides, is knowledge that never holds.</summary>
public sealed class BuiltInCatalogueTests
{
    private const string UnverifiedSuffix = ".unverified.txt";

    [Fact]
    public void EveryLine_CanBeRead() =>
        AssertNone(CatalogueText.Files().SelectMany(f => CatalogueParser.Parse(f.Text, f.Name).Problems.Select(p => $"{f.Name}:{p.Line}: {p.Message}")));

    [Fact]
    public void EveryFile_StartsWithItsEntryCriterion() =>
        AssertNone(CatalogueText.Files().Where(f => !f.Text.StartsWith("# ", StringComparison.Ordinal)).Select(f => f.Name));

    [Fact]
    public void EveryLine_NamesARealSymbol()
    {
        var types = new KnownTypes(CatalogueReferences.Empty);
        var missing = Verified()
            .Select(e => (e.Facts.Source, Found: e.Resolve(types)))
            .Where(e => e.Found.Verdict != Resolution.Found)
            .Select(e => $"{e.Source}: {e.Found.Verdict} {e.Found.Missing}");
        AssertNone(missing);
    }

    [Fact]
    public void NoApi_IsListedTwice()
    {
        var twice = CatalogueText.BuiltIn
            .SelectMany(Keys)
            .GroupBy(k => k.Key)
            .Where(g => g.Count() > 1)
            .Select(g => $"{g.Key}: {string.Join(" and ", g.Select(k => k.Source))}");
        AssertNone(twice);

        static IEnumerable<(string Key, string Source)> Keys(CatalogueEntry e) => e.Kind == EntryKind.Member
            ? e.Member!.Alternatives.Select(a => ($"M:{e.Owner}.{a.Text}({(e.Parameters is null ? "*" : string.Join(",", e.Parameters))})", e.Facts.Source))
            : [($"{e.Kind}:{e.Owner}", e.Facts.Source)];
    }

    /// <summary>One failure lists them all.</summary>
    private static void AssertNone(IEnumerable<string> wrong)
    {
        var lines = string.Join("\n", wrong);
        Assert.True(lines.Length == 0, lines);
    }

    private static IEnumerable<CatalogueEntry> Verified() =>
        CatalogueText.BuiltIn.Where(e => !e.Facts.Source.Contains(UnverifiedSuffix, StringComparison.Ordinal));
}
