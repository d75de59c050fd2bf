using System.Collections.Concurrent;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>
/// Looks APIs up in the catalogue: by symbol, memoised for one compilation. A user's entry beats a built-in one, an exact name beats a pattern,
/// the declaring type beats its bases, a type beats its namespace.
/// </summary>
public sealed class Catalogue
{
    private readonly Index builtIn;
    private readonly Index? user;
    private readonly ConcurrentDictionary<ISymbol, ApiFacts?> members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(ISymbol, INamedTypeSymbol), ApiFacts?> inherited = new();
    private readonly ConcurrentDictionary<ISymbol, ApiFacts?> types = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyList<Owner>> owners = new(SymbolEqualityComparer.Default);

    public Catalogue(IReadOnlyList<CatalogueEntry> userEntries)
    {
        builtIn = Index.BuiltIn;
        user = userEntries.Count == 0 ? null : new Index(userEntries);
    }

    /// <summary>
    /// Facts of one use of the member: its own line, else what its type's line says of all members; null where the catalogue names neither.
    /// Argument numbers count the <c>this</c> argument of an extension method. A setter without a line of its own (<c>set_Name</c>) writes its receiver.
    /// </summary>
    public ApiFacts? Of(ISymbol member)
    {
        if (member is IMethodSymbol { ReducedFrom: { } unreduced }) member = unreduced;
        if (member.ContainingType?.OriginalDefinition is not { } type || OwnersOf(type).Count == 0) return null;
        return members.GetOrAdd(member.OriginalDefinition, m => FindMember(m, m.ContainingType));
    }

    /// <summary>As <see cref="Of(ISymbol)"/>, for a receiver of a known type: <c>CopyToAsync</c> is declared by <c>Stream</c> and is not I/O on a <c>MemoryStream</c>.</summary>
    public ApiFacts? Of(ISymbol member, ITypeSymbol? receiver)
    {
        if (receiver is not INamedTypeSymbol named || member.ContainingType is not { } declaring || !named.DerivesFrom(declaring.OriginalDefinition)) return Of(member);
        var (own, from) = (member.OriginalDefinition, named.OriginalDefinition);
        return SymbolEqualityComparer.Default.Equals(own.ContainingType, from) ? Of(member) : inherited.GetOrAdd((own, from), k => FindMember(k.Item1, k.Item2));
    }

    /// <summary>Facts of the type's instances, its own or inherited; null where the catalogue does not name it.</summary>
    public ApiFacts? Of(ITypeSymbol? type) => type is INamedTypeSymbol named ? types.GetOrAdd(named.OriginalDefinition, FindType) : null;

    /// <summary>The catalogue names a member of the type, its own or inherited, that waits for I/O.</summary>
    public bool DoesIo(INamedTypeSymbol type)
    {
        foreach (var (candidate, derived) in type.SelfBasesAndInterfaces())
        {
            foreach (var index in Indexes())
            {
                if (index.DoesIo(candidate, derived)) return true;
            }
        }

        return Of(type) is { Channel: Channel.Network or Channel.Database or Channel.File or Channel.Queue };
    }

    /// <summary>Some member, or constructor of a type, whose name has this <see cref="CallWords.HashOf"/> has a CPU weight.</summary>
    public bool WeighsName(int hash) => builtIn.Weighed.Contains(hash) || user?.Weighed.Contains(hash) == true || builtIn.WeighsAnyName || user?.WeighsAnyName == true;

    /// <summary>Some member, or constructor of a type, whose name has this <see cref="CallWords.HashOf"/> drops the task of an async delegate.</summary>
    public bool DropsByName(int hash) => builtIn.Dropping.Contains(hash) || user?.Dropping.Contains(hash) == true;

    private ApiFacts? FindType(ISymbol symbol)
    {
        var type = (INamedTypeSymbol)symbol;
        foreach (var index in Indexes())
        {
            foreach (var (candidate, derived) in type.SelfBasesAndInterfaces())
            {
                if (index.Type(candidate) is { } entry && (!derived || entry.Derived)) return entry.Facts;
            }

            if (index.Namespace(type.ContainingNamespace) is { } space) return space.Facts;
        }

        return null;
    }

    private ApiFacts? FindMember(ISymbol member, INamedTypeSymbol from)
    {
        if (member is not IMethodSymbol { AssociatedSymbol: { } owner } accessor) return FindNamed(member, from);
        if (FindNamed(accessor, from, ownLineOnly: true) is { } own) return own;
        var facts = FindNamed(owner, from);
        return accessor.MethodKind == MethodKind.PropertyGet || facts is null ? facts : new ApiFacts { Touch = Touch.Write, Source = facts.Source, Likely = facts.Likely };
    }

    private ApiFacts? FindNamed(ISymbol member, INamedTypeSymbol from, bool ownLineOnly = false)
    {
        foreach (var owner in OwnersOf(from))
        {
            if (owner.Members is { } lines && Index.Member(lines, member, owner.Derived) is { } entry) return entry.Facts;
            if (ownLineOnly || owner.Whole is not { } whole) continue;
            if ((owner.Candidate is null || !owner.Derived || whole.Derived && Declares(owner.Candidate, member)) && DefaultOf(whole, member) is { } rest) return rest;
        }

        return null;
    }

    /// <summary>Most types have no line anywhere: they are asked once, and their members never.</summary>
    private IReadOnlyList<Owner> OwnersOf(INamedTypeSymbol type) => owners.GetOrAdd(type, t =>
    {
        List<Owner>? found = null;
        foreach (var index in Indexes())
        {
            foreach (var (candidate, derived) in ((INamedTypeSymbol)t).SelfBasesAndInterfaces())
            {
                if (index.Lines(candidate) is var (whole, lines) && (whole is not null || lines is not null)) (found ??= []).Add(new Owner(candidate, derived, whole, lines));
            }

            if (index.Namespace(t.ContainingNamespace) is { } space) (found ??= []).Add(new Owner(null, false, space, null));
        }

        return found is null ? [] : found;
    });

    /// <summary>The lines of one type on the way from a type to its bases and interfaces, or of its namespace.</summary>
    private sealed record Owner(INamedTypeSymbol? Candidate, bool Derived, CatalogueEntry? Whole, List<CatalogueEntry>? Members);

    /// <summary>What is said of all members of a base type or interface holds for what it declares, not for what a derived type adds.</summary>
    private static bool Declares(INamedTypeSymbol type, ISymbol member) =>
        member is not IMethodSymbol { MethodKind: MethodKind.Constructor } && !type.GetMembers(member.Name).IsEmpty;

    /// <summary>What a type's line says of a member that has no line of its own; null where it speaks of instances only. Disposing is never a read.</summary>
    private static ApiFacts? DefaultOf(CatalogueEntry entry, ISymbol member)
    {
        var facts = entry.Facts;
        if (facts.Touch == Touch.Unstated && facts.Waiting == Waiting.Unstated) return null;
        var touch = member.Name is "Dispose" or "DisposeAsync" ? Touch.Write : facts.Touch;
        return new ApiFacts { Touch = touch, Waiting = facts.Waiting, Channel = facts.Channel, Deferred = facts.Deferred, Source = facts.Source, Likely = facts.Likely };
    }

    private IEnumerable<Index> Indexes()
    {
        if (user is not null) yield return user;
        yield return builtIn;
    }

    /// <summary>Entries by full metadata name of their owner. A set of simple names turns most types away before their full name is built.</summary>
    private sealed class Index
    {
        public static readonly Index BuiltIn = new(CatalogueText.BuiltIn);

        private readonly HashSet<string> simpleNames = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CatalogueEntry> types = new(StringComparer.Ordinal);
        private readonly Dictionary<string, CatalogueEntry> namespaces = new(StringComparer.Ordinal);
        private readonly Dictionary<string, List<CatalogueEntry>> members = new(StringComparer.Ordinal);

        /// <summary>Names with a CPU weight.</summary>
        public HashSet<int> Weighed { get; } = [];

        /// <summary>Names that drop tasks.</summary>
        public HashSet<int> Dropping { get; } = [];

        /// <summary>A weight stands on a name with <c>*</c>: then any name may have one.</summary>
        public bool WeighsAnyName { get; }

        public Index(IReadOnlyList<CatalogueEntry> entries)
        {
            foreach (var entry in entries)
            {
                if (entry.Member is not { } pattern || entry.Facts is { Cpu: null, Drops: Drops.Unstated }) continue;
                var names = pattern.Exact?.Select(n => CallWords.HashOf(n == "#ctor" ? SimpleName(entry.Owner) : n)) ?? [];
                if (entry.Facts.Drops != Drops.Unstated) Dropping.UnionWith(names);
                if (entry.Facts.Cpu is null) continue;
                if (pattern.Exact is null) WeighsAnyName = true;
                Weighed.UnionWith(names);
            }

            foreach (var entry in entries)
            {
                switch (entry.Kind)
                {
                    case EntryKind.Namespace:
                        namespaces[entry.Owner] = entry;
                        continue;
                    case EntryKind.Type:
                        types[entry.Owner] = entry;
                        break;
                    default:
                        if (!members.TryGetValue(entry.Owner, out var list)) members[entry.Owner] = list = [];
                        list.Add(entry);
                        break;
                }

                simpleNames.Add(entry.Owner.Substring(entry.Owner.LastIndexOfAny(['.', '+']) + 1));
            }

            foreach (var list in members.Values) list.Sort((a, b) => Rank(b).CompareTo(Rank(a)));
        }

        public CatalogueEntry? Type(INamedTypeSymbol type) =>
            simpleNames.Contains(type.MetadataName) && types.TryGetValue(type.FullMetadataName(), out var entry) ? entry : null;

        public CatalogueEntry? Namespace(INamespaceSymbol? space)
        {
            if (namespaces.Count == 0) return null;
            for (var inner = false; space is { IsGlobalNamespace: false }; space = space.ContainingNamespace, inner = true)
            {
                if (namespaces.TryGetValue(space.FullMetadataName(), out var entry) && (!inner || entry.Derived)) return entry;
            }

            return null;
        }

        public (CatalogueEntry? Whole, List<CatalogueEntry>? Members) Lines(INamedTypeSymbol type)
        {
            if (!simpleNames.Contains(type.MetadataName)) return (null, null);
            var name = type.FullMetadataName();
            return (types.TryGetValue(name, out var whole) ? whole : null, members.TryGetValue(name, out var lines) ? lines : null);
        }

        public static CatalogueEntry? Member(List<CatalogueEntry> list, ISymbol member, bool derived)
        {
            foreach (var entry in list)
            {
                if ((!derived || entry.Derived) && entry.Names(member)) return entry;
            }

            return null;
        }

        public bool DoesIo(INamedTypeSymbol type, bool derived) =>
            Lines(type).Members is { } lines && lines.Exists(e => (!derived || e.Derived) && e.Facts.Waiting is Waiting.AsyncIo or Waiting.BlockingIo);

        private static string SimpleName(string owner)
        {
            var name = owner.Substring(owner.LastIndexOfAny(['.', '+']) + 1);
            var arity = name.IndexOf('`');
            return arity < 0 ? name : name.Substring(0, arity);
        }

        private static int Rank(CatalogueEntry entry) => entry.Member!.Specificity + (entry.Parameters is null ? 0 : 2000);
    }
}
