using System.Runtime.CompilerServices;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>
/// Names to which some catalogue line gives one facet, a CPU weight for instance, as <see cref="CallWords.HashOf"/>, with what else a file must show before the name can mean that line:
/// <c>Create</c> is everywhere, <c>RSA.Create</c> only where a file writes <c>RSA</c>.
/// </summary>
public sealed class FacetNames
{
    private static readonly List<Owner> None = [];

    private readonly Dictionary<int, List<Owner>> owners = [];
    private readonly WordSet names = [];
    private readonly ConditionalWeakTable<SyntaxTree, Stands> indexes = new();

    /// <summary>The facet stands on a name with <c>*</c>: then any name may have it.</summary>
    public bool Any { get; private set; }

    public WordSet Names => names;

    private static bool IsInterface(string type) => type.Length > 1 && type[0] == 'I' && char.IsUpper(type[1]);

    /// <summary>A static class of extension methods, by its name; <c>Type.Method(…)</c> is the rare way to call them.</summary>
    internal static bool Extends(string type) =>
        type.EndsWith("Extensions", StringComparison.Ordinal)
        || type is "Queryable" or "Enumerable" or "ParallelEnumerable" or "AsyncEnumerable" or "SqlMapper" or "ConfigurationBinder" or "DataflowBlock" or "CalculationExtension";

    /// <summary>Adds the simple names of the types whose members have it.</summary>
    internal void AddTypes(WordSet words)
    {
        foreach (var list in owners.Values)
        {
            foreach (var owner in list)
            {
                if (owner.Namespace is null) words.Add(owner.Type);
            }
        }
    }

    /// <summary>Where the names stand among the words of a file, as indexes in order: asked once of each file, not once more in each compilation.</summary>
    /// <param name="namesType">Only where the file, by its text, could mean one of the lines.</param>
    internal int[] IndexesIn(SyntaxTree tree, CallWords words, bool namesType)
    {
        var known = indexes.TryGetValue(tree, out var found) ? found : Find(tree, words);
        return namesType ? known.Likely : known.All;
    }

    /// <summary>The file writes the type before the name or elsewhere, or need not write it.</summary>
    private static bool MayMean(Owner owner, int receiver, SyntaxTree tree, CallWords words) => owner.EndsQueries || owner.Namespace is not null || receiver == owner.Type || words.Mentions(tree, owner.Type);

    /// <summary>Apart from the look-up, which is asked for each body and would make its delegate each time.</summary>
    private Stands Find(SyntaxTree tree, CallWords words) => indexes.GetValue(tree, t =>
    {
        var (calls, all, likely) = (words.In(t), new List<int>(), new List<int>());
        for (var i = calls.From; i < calls.End; i++)
        {
            if (!names.Contains(calls.NameAt(i))) continue;
            all.Add(i);
            if (Of(calls.NameAt(i)).Exists(o => MayMean(o, calls.ReceiverAt(i), t, words))) likely.Add(i);
        }

        return new(all.ToArray(), likely.ToArray());
    });

    /// <summary>As the list itself: asked of every name in every file, it hands out no enumerator on the heap.</summary>
    internal List<Owner> Of(int name) => owners.TryGetValue(name, out var found) ? found : None;

    internal static FacetNames Of(IEnumerable<CatalogueLine> lines)
    {
        var names = new FacetNames();
        foreach (var line in lines) names.Add(line.Entry);
        return names;
    }

    internal void Add(CatalogueEntry entry)
    {
        if (entry.Member is not { } pattern) return;
        if (pattern.Exact is not { } names)
        {
            Any = true;
            return;
        }

        var dot = entry.Owner.LastIndexOfAny(['.', '+']);
        var type = entry.Owner.Substring(dot + 1).Split('`')[0];
        // A call of an extension method, or on a derived class, need not write the owner's name; an interface is written where it is injected.
        var unwritten = entry.Derived && !IsInterface(type) || Extends(type);
        var owner = new Owner(entry, CallWords.HashOf(type), unwritten ? entry.Owner.Substring(0, Math.Max(dot, 0)).Split('+')[0] : null, entry.Owner == "System.Linq.Queryable");
        foreach (var name in names)
        {
            var hash = name == "#ctor" ? owner.Type : CallWords.HashOf(name);
            if (!owners.TryGetValue(hash, out var list)) owners[hash] = list = [];
            list.Add(owner);
            this.names.Add(hash);
        }
    }

    private sealed record Stands(int[] All, int[] Likely);

    /// <summary>The type of one line, and what a file must show of it.</summary>
    /// <param name="entry">The line.</param>
    /// <param name="type">Hash of the simple name that the file must write.</param>
    /// <param name="space">Or the namespace that the compilation must know.</param>
    /// <param name="endsQueries">Or the file must be one that can hold a query.</param>
    public sealed class Owner(CatalogueEntry entry, int type, string? space, bool endsQueries)
    {
        /// <summary>Full metadata name.</summary>
        public string Name => entry.Owner;

        public int Type => type;
        public string? Namespace => space;
        public bool EndsQueries => endsQueries;

        /// <summary>The line means static members alone, whatever else the type has of these names: <c>Regex.Replace</c> has a weight, <c>text.Replace</c> is of a string or of an instance.</summary>
        public bool IsStaticIn(INamedTypeSymbol owner) =>
            owner.IsStatic || entry.Member!.Exact!.All(name => owner.GetMembers(name).Where(entry.Names).Select(m => m.IsStatic).DefaultIfEmpty(false).All(isStatic => isStatic));
    }
}
