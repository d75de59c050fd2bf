using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>
/// Catalogue lines by full metadata name of their owner. A program uses few of the owners: the lines of one are read when a type of that name is first asked for.
/// A set of simple names turns most types away before their full name is built.
/// </summary>
internal sealed class CatalogueIndex
{
    private static readonly Lazy<CatalogueIndex> OfText = new(() => new CatalogueIndex(CatalogueText.Lines()));

    private readonly HashSet<string> simpleNames = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Owned> owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Owned> namespaces = new(StringComparer.Ordinal);
    private readonly List<CatalogueLine> blocking = [];
    private readonly Lazy<FacetNames> blockingNames;
    private readonly Lazy<NameSet> holdingNames;
    private readonly Lazy<WordSet> types;
    private readonly List<CatalogueLine> holding = [];

    private CatalogueIndex(IEnumerable<CatalogueLine> lines)
    {
        blockingNames = new(() => FacetNames.Of(blocking));
        holdingNames = new(() => NameSet.Of(holding));
        types = new(() => WordsOf([Weighed, Blocking, Connecting]));
        foreach (var line in lines)
        {
            var owner = line.Owner;
            if (line.Says("cpu")) Weighed.Add(line.Entry);
            if (line.Says("connections")) Connecting.Add(line.Entry);
            if (line.Says("queue") && line.Entry.Facts.Queue == Queue.Unbounded) Queueing.Add(line.Entry);
            if (line.Says("drops")) Dropping.Add(line.Entry);
            if (line.Says("host")) Hosts.Add(owner);
            if (line.Mentions("blocking")) blocking.Add(line);
            if (line.Mentions("holds")) holding.Add(line);
            var map = line.Kind == EntryKind.Namespace ? namespaces : owners;
            if (!map.TryGetValue(owner, out var owned)) map[owner] = owned = new Owned();
            owned.Add(line);
            if (line.Kind != EntryKind.Namespace) simpleNames.Add(owner.Substring(owner.LastIndexOfAny(['.', '+']) + 1));
        }
    }

    private static WordSet WordsOf(FacetNames[] all)
    {
        var found = new WordSet { Timer, Elapsed };
        foreach (var names in all) names.AddTypes(found);
        return found;
    }

    /// <summary>The simple name of the timers of the BCL, as <see cref="CallWords.HashOf"/>, and that of their event.</summary>
    public static int Timer { get; } = CallWords.HashOf("Timer");

    public static int Elapsed { get; } = CallWords.HashOf("Elapsed");

    public static CatalogueIndex BuiltIn => OfText.Value;

    public static CatalogueIndex Of(IEnumerable<CatalogueEntry> entries) => new(entries.Select(e => new CatalogueLine(e)));

    public FacetNames Weighed { get; } = new();
    public FacetNames Dropping { get; } = new();
    public FacetNames Connecting { get; } = new();
    public FacetNames Queueing { get; } = new();

    /// <summary>Names of blocking I/O.</summary>
    public FacetNames Blocking => blockingNames.Value;

    /// <summary>Names of what holds its thread until other work is done.</summary>
    public NameSet Holding => holdingNames.Value;

    /// <summary>Simple names of types that a file must write before a call in it can be heavy, block or connect, and the words of timers.</summary>
    public WordSet Types => types.Value;

    /// <summary>Types whose lines, or members' lines, say who runs them.</summary>
    public HashSet<string> Hosts { get; } = new(StringComparer.Ordinal);

    public CatalogueEntry? Type(INamedTypeSymbol type) => Lines(type).Whole;

    public CatalogueEntry? Namespace(INamespaceSymbol? space)
    {
        if (namespaces.Count == 0) return null;
        for (var inner = false; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace, inner = true)
        {
            if (namespaces.TryGetValue(space.FullMetadataName(), out var owned) && owned.Whole is { } entry && (!inner || entry.Derived)) return entry;
        }

        return null;
    }

    public (CatalogueEntry? Whole, IReadOnlyList<CatalogueEntry>? Members) Lines(INamedTypeSymbol type) =>
        simpleNames.Contains(type.MetadataName) && owners.TryGetValue(type.FullMetadataName(), out var owned) ? (owned.Whole, owned.Members) : (null, null);

    public static CatalogueEntry? Member(IReadOnlyList<CatalogueEntry> list, ISymbol member, bool derived)
    {
        foreach (var entry in list)
        {
            if ((!derived || entry.Derived) && entry.Names(member)) return entry;
        }

        return null;
    }

    public bool DoesIo(INamedTypeSymbol type, bool derived) =>
        Lines(type).Members is { } lines && lines.Any(e => (!derived || e.Derived) && e.Facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo);

    /// <summary>The lines of one owner. Two threads may read them at once; both get the same.</summary>
    private sealed class Owned
    {
        private readonly List<CatalogueLine> lines = [];
        private Tuple<CatalogueEntry?, IReadOnlyList<CatalogueEntry>?>? read;
        public CatalogueEntry? Whole => Read().Item1;

        /// <summary>The most specific first; null where no member has a line.</summary>
        public IReadOnlyList<CatalogueEntry>? Members => Read().Item2;

        public void Add(CatalogueLine line) => lines.Add(line);

        private Tuple<CatalogueEntry?, IReadOnlyList<CatalogueEntry>?> Read()
        {
            if (Volatile.Read(ref read) is { } known) return known;
            var whole = lines.LastOrDefault(l => l.Kind != EntryKind.Member)?.Entry;
            var members = lines.Where(l => l.Kind == EntryKind.Member).Select(l => l.Entry).OrderByDescending(Rank).ToArray();
            var result = new Tuple<CatalogueEntry?, IReadOnlyList<CatalogueEntry>?>(whole, members.Length == 0 ? null : members);
            return Interlocked.CompareExchange(ref read, result, null) ?? result;
        }

        private static int Rank(CatalogueEntry entry) => entry.Member!.Specificity + (entry.Parameters is null ? 0 : 2000);
    }
}
