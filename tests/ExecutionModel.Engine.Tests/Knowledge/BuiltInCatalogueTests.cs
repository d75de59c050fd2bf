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
    public void StandIns_Compile() =>
        AssertNone(CatalogueReferences.WithUnverified.GetDiagnostics().Where(d => d.Severity == DiagnosticSeverity.Error).Select(d => d.ToString()));

    [Fact]
    public void EveryLine_NamesARealSymbol() => AssertNone(
        from line in Lines
        let found = line.Entry.Resolve(new KnownTypes(line.In))
        where found.Verdict != Resolution.Found
        select $"{line.Entry.Facts.Source}: {found.Verdict} {found.Missing}");

    /// <summary>A line that more specific ones hide in full says nothing.</summary>
    [Fact]
    public void EveryName_HoldsForSomeMember() => AssertNone(
        from line in MemberLines
        from name in line.Entry.Member!.Alternatives
        where !LineUsers.In(line.In).Of(line.Entry, name).Any()
        select $"{line.Entry.Facts.Source}: nothing answers to {name.Text}, or other lines hide it");

    [Fact]
    public void EveryArgumentNumber_FitsTheParameters() => AssertNone(
        from line in MemberLines
        from member in LineUsers.In(line.In).Of(line.Entry, line.Entry.Member!)
        let wrong = ArgumentChecks.Wrong(line.Entry.Facts, member)
        where wrong is not null
        select $"{line.Entry.Facts.Source}: {wrong} in {member.ToDisplayString()}");

    [Fact]
    public void EveryAsyncCounterpart_Exists() => AssertNone(
        from line in MemberLines
        where line.Entry.Facts.Counterpart is not null
        from name in line.Entry.Member!.Alternatives
        let counterpart = line.Entry.Facts.Counterpart!.Replace("*", name.Text)
        let dot = counterpart.LastIndexOf('.')
        let owner = new KnownTypes(line.In).Find(dot < 0 ? line.Entry.Owner : counterpart[..dot])
        where owner?.GetMembers(counterpart[(dot + 1)..]).IsEmpty != false
        select $"{line.Entry.Facts.Source}: {counterpart}");

    [Fact]
    public void EveryConcurrentCounterpart_Exists() => AssertNone(
        from line in Lines
        where line.Entry.Facts.Concurrent is not null
        where new KnownTypes(line.In).Find(line.Entry.Facts.Concurrent!) is null
        select $"{line.Entry.Facts.Source}: {line.Entry.Facts.Concurrent}");

    /// <summary>Its name tells a class of extension methods, which the calls of its methods need not write.</summary>
    [Fact]
    public void EveryClassOfExtensions_IsKnownByItsName() => AssertNone((
        from line in MemberLines
        let members = LineUsers.In(line.In).Of(line.Entry, line.Entry.Member!).ToArray()
        where members.Length > 0 && members.All(m => m is IMethodSymbol { IsExtensionMethod: true })
        let owner = members[0].ContainingType.Name
        where !FacetNames.Extends(owner)
        select owner).Distinct());

    /// <summary>
    /// A method that gives nothing back is there to change something: where the line of its type says that members only read, it needs a line of its own. Those that
    /// fill an argument, or are over with the object, change nothing that a reader sees.
    /// </summary>
    [Fact]
    public void EveryMethodWithoutAResult_IsNoRead() => AssertNone(
        from line in Lines
        where line.Entry is { Member: null, Facts: { Touch: Touch.Read or Touch.Pure, Channel: Channel.Receiver } }
        let type = new KnownTypes(line.In).Find(line.Entry.Owner)
        where type is not null
        from method in type.GetMembers().OfType<IMethodSymbol>()
        where method is { IsStatic: false, MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Public, ReturnsVoid: true }
        where method.Name is not ("Dispose" or "Close" or "CopyTo" or "WriteTo" or "Deconstruct" or "GetObjectData" or "OnDeserialization" or "AddParameters")
        where CatalogueReferences.Catalogue().Of(method)?.Source == line.Entry.Facts.Source
        select $"{line.Entry.Facts.Source}: {method.ToDisplayString()} would be a read");

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

    /// <summary>Each line, and the compilation that must know what it names.</summary>
    private static IEnumerable<(CatalogueEntry Entry, Compilation In)> Lines => CatalogueText.BuiltIn.Select(e =>
        (e, (Compilation)(e.Facts.Source.Contains(UnverifiedSuffix, StringComparison.Ordinal) ? CatalogueReferences.WithUnverified : CatalogueReferences.Empty)));

    private static IEnumerable<(CatalogueEntry Entry, Compilation In)> MemberLines => Lines.Where(l => l.Entry.Kind == EntryKind.Member);
}
