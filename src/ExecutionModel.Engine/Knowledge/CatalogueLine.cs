using System.Globalization;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>A line of catalogue text. Kind and owner are read off at once; the rest when somebody asks for the entry.</summary>
internal sealed class CatalogueLine
{
    private readonly string file = "";
    private CatalogueEntry? entry;

    public CatalogueLine(string text, string file, int number)
    {
        Text = text;
        this.file = file;
        Number = number;
    }

    public CatalogueLine(CatalogueEntry entry)
    {
        Text = "";
        this.entry = entry;
    }

    public string Text { get; }
    public int Number { get; }
    public string Source => file + ":" + Number.ToString(CultureInfo.InvariantCulture);

    /// <exception cref="FormatException">The line can't be read.</exception>
    public CatalogueEntry Entry => entry ??= CatalogueParser.Parse(this);

    public EntryKind Kind => entry?.Kind ?? Text[0] switch { 'N' => EntryKind.Namespace, 'T' => EntryKind.Type, _ => EntryKind.Member };

    /// <summary>The line has the facet <c>word=value</c>.</summary>
    public bool Says(string word) => entry is null ? Text.IndexOf(" " + word + "=", StringComparison.Ordinal) >= 0 : entry.Facts switch
    {
        { Cpu: not null } when word == "cpu" => true,
        { Drops: not Drops.Unstated } when word == "drops" => true,
        { Host: not Host.Unstated } when word == "host" => true,
        { Queue: Queue.Unbounded } when word == "queue" => true,
        { Connections: not null } when word == "connections" => true,
        _ => false,
    };

    /// <summary>The line may have the facet <c>word</c>, which takes no value.</summary>
    public bool Mentions(string word) => entry is null ? Text.IndexOf(" " + word, StringComparison.Ordinal) >= 0 : entry.Facts switch
    {
        { Waiting: Waiting.BlockingIo } when word == "blocking" => true,
        { Holds: true } when word == "holds" => true,
        _ => false,
    };

    /// <summary>Of a line that can be read.</summary>
    public string Owner
    {
        get
        {
            if (entry is not null) return entry.Owner;
            var pattern = Text.Substring(2, Text.IndexOf(';') - 2).TrimEnd();
            return (Kind == EntryKind.Member ? pattern.Substring(0, CatalogueParser.OwnerLength(pattern)) : pattern).TrimEnd('+');
        }
    }
}
