namespace ExecutionModel.Engine.Knowledge;

/// <summary>The built-in catalogue as text. It holds no symbols, so what is read of it may be static.</summary>
public static class CatalogueText
{
    /// <summary>Every line, read.</summary>
    public static IReadOnlyList<CatalogueEntry> BuiltIn => Files().SelectMany(f => CatalogueParser.Parse(f.Text, f.Name).Entries).ToArray();

    internal static IEnumerable<CatalogueLine> Lines() => Files().SelectMany(f => CatalogueParser.Lines(f.Text, f.Name));

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
