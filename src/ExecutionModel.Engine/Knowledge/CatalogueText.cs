namespace ExecutionModel.Engine.Knowledge;

/// <summary>The built-in catalogue as text, parsed once per process. It holds no symbols, so it may be static.</summary>
public static class CatalogueText
{
    private static readonly Lazy<IReadOnlyList<CatalogueEntry>> Parsed = new(() => Files().SelectMany(f => CatalogueParser.Parse(f.Text, f.Name).Entries).ToArray());

    public static IReadOnlyList<CatalogueEntry> BuiltIn => Parsed.Value;

    /// <summary>Name and text of each embedded file, in ordinal order.</summary>
    public static IEnumerable<(string Name, string Text)> Files()
    {
        var assembly = typeof(CatalogueText).Assembly;
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith("Catalogue/", StringComparison.Ordinal)).OrderBy(n => n, StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (name.Substring("Catalogue/".Length), reader.ReadToEnd());
        }
    }
}
