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
    private readonly CatalogueIndex? user;
    private readonly ConcurrentDictionary<ISymbol, ApiFacts?> members = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(ISymbol, INamedTypeSymbol), ApiFacts?> inherited = new();
    private readonly ConcurrentDictionary<ISymbol, ApiFacts?> types = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<ISymbol, IReadOnlyList<Owner>> owners = new(SymbolEqualityComparer.Default);

    private readonly Lazy<WordSet> dropping;
    private readonly Lazy<WordSet> queueing;
    private readonly Lazy<WordSet> typeWords;
    private readonly Lazy<NameSet> holding;

    public Catalogue(IReadOnlyList<CatalogueEntry> userEntries)
    {
        user = userEntries.Count == 0 ? null : CatalogueIndex.Of(userEntries);
        queueing = new(() => Union(i => i.Queueing.Names));
        dropping = new(() => Union(i => i.Dropping.Names));
        typeWords = new(() => Union(i => i.Types));
        holding = new(() => user is null ? CatalogueIndex.BuiltIn.Holding : NameSet.Union(user.Holding, CatalogueIndex.BuiltIn.Holding));
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

    /// <summary>As <see cref="Of(ISymbol)"/>, for a receiver of a known type: <c>CopyToAsync</c> is declared by <c>Stream</c> and is not I/O on a <c>MemoryStream</c>, nor a command on the batch that collects it.</summary>
    public ApiFacts? Of(ISymbol member, ITypeSymbol? receiver)
    {
        if (receiver is not INamedTypeSymbol named || member.ContainingType is not { } declaring || !named.Inherits(declaring)) return Of(member);
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

    /// <summary>What an attribute on the member says that a generated body does: <c>[Get("/users")]</c>; null without such an attribute.</summary>
    public ApiFacts? OfAttributes(ISymbol member)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (Of(attribute.AttributeClass) is { Waiting: not Waiting.Unstated } facts) return facts;
        }

        return null;
    }

    /// <summary>An interface that a library implements with a client, as the attributes of its methods say.</summary>
    public bool IsGenerated(INamedTypeSymbol type) => type.TypeKind == TypeKind.Interface && type.GetMembers().Any(m => OfAttributes(m) is { Waiting: Waiting.AsyncIo, Channel: Channel.Network });

    /// <summary>Names of members and constructors with a CPU weight.</summary>
    public IEnumerable<FacetNames> Weighed => Indexes().Select(i => i.Weighed);

    /// <summary>Full metadata names of types that say who runs them or what they are written on.</summary>
    public IEnumerable<string> Hosts => Indexes().SelectMany(i => i.Hosts);

    /// <summary>Names, as <see cref="CallWords.HashOf"/>, of members and constructors that drop the task of an async delegate.</summary>
    public WordSet Dropping => dropping.Value;

    /// <summary>Names of members and constructors that make an object with connections of its own.</summary>
    public IEnumerable<FacetNames> Connecting => Indexes().Select(i => i.Connecting);

    /// <summary>Names of members and constructors that make a queue without a limit.</summary>
    public WordSet Queueing => queueing.Value;

    /// <summary>Names of members that block on I/O.</summary>
    public IEnumerable<FacetNames> Blocking => Indexes().Select(i => i.Blocking);

    /// <summary>Names of members that hold their thread until a time or other work is over.</summary>
    public NameSet Holding => holding.Value;

    /// <summary>Simple names of types, as <see cref="CallWords.HashOf"/>, that a file must write before a call in it can be heavy, block or connect.</summary>
    public WordSet Types => typeWords.Value;

    /// <summary>The words of the built-in text are the same for every compilation.</summary>
    private WordSet Union(Func<CatalogueIndex, WordSet> words) => user is null ? words(CatalogueIndex.BuiltIn) : [.. words(user), .. words(CatalogueIndex.BuiltIn)];

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
            if (owner.Members is { } lines && CatalogueIndex.Member(lines, member, owner.Derived) is { } entry) return entry.Facts;
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
    private sealed record Owner(INamedTypeSymbol? Candidate, bool Derived, CatalogueEntry? Whole, IReadOnlyList<CatalogueEntry>? Members);

    /// <summary>What is said of all members of a base type or interface holds for what it declares, not for what a derived type adds.</summary>
    private static bool Declares(INamedTypeSymbol type, ISymbol member) =>
        member is not IMethodSymbol { MethodKind: MethodKind.Constructor } && !type.GetMembers(member.Name).IsEmpty;

    /// <summary>What a type's line says of a member that has no line of its own; null where it speaks of instances only. Disposing is never a read.</summary>
    private static ApiFacts? DefaultOf(CatalogueEntry entry, ISymbol member)
    {
        var facts = entry.Facts;
        if (facts.Touch == Touch.Unstated && facts.Waiting == Waiting.Unstated) return null;
        var touch = member.Name is "Dispose" or "DisposeAsync" ? Touch.Write : facts.Touch;
        return new ApiFacts { Touch = touch, Waiting = facts.Waiting, Channel = facts.Channel, Deferred = facts.Deferred, Source = facts.Source, Likely = facts.Likely, Quick = facts.Quick };
    }

    private IEnumerable<CatalogueIndex> Indexes()
    {
        if (user is not null) yield return user;
        yield return CatalogueIndex.BuiltIn;
    }
}
