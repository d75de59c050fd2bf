using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>What a catalogue line is about.</summary>
public enum EntryKind
{
    Namespace,
    Type,
    Member,
}

/// <summary>One line of a catalogue: which API, and what holds for it.</summary>
/// <param name="Kind">Namespace, type or member.</param>
/// <param name="Owner">Full metadata name of the type (<c>System.Collections.Generic.List`1</c>), or the namespace.</param>
/// <param name="Derived">The entry also holds for derived and implementing types, or for inner namespaces.</param>
/// <param name="Member">Name pattern of a member entry, else null.</param>
/// <param name="Parameters">Full type names of the parameters, <c>*</c> for any one type, or null for any list.</param>
public sealed record CatalogueEntry(EntryKind Kind, string Owner, bool Derived, NamePattern? Member, IReadOnlyList<string>? Parameters, ApiFacts Facts)
{
    /// <summary>Where it stands in its file, from 1.</summary>
    public int Line { get; init; }

    /// <summary>The member entry names this member of its owner: methods by name, constructors as <c>#ctor</c>, indexers as <c>Item</c>, setters as <c>set_Name</c>.</summary>
    public bool Names(ISymbol member) => Names(member, Member!);

    internal bool Names(ISymbol member, NamePattern pattern) => pattern.Matches(NameOf(member)) && Accepts(member);

    public static string NameOf(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => "#ctor",
        IPropertySymbol { IsIndexer: true } => member.MetadataName,
        _ => member.Name,
    };

    private bool Accepts(ISymbol member)
    {
        if (Parameters is null) return true;
        var actual = (member as IMethodSymbol)?.Parameters ?? (member as IPropertySymbol)?.Parameters ?? [];
        if (actual.Length != Parameters.Count) return false;
        for (var i = 0; i < actual.Length; i++)
        {
            if (Parameters[i] != "*" && actual[i].Type.OriginalDefinition.FullMetadataName() != Parameters[i]) return false;
        }

        return true;
    }
}

/// <summary>A line that could not be read.</summary>
public sealed record CatalogueProblem(int Line, string Message);

/// <summary>
/// Reads catalogue text: <c>kind:pattern ; facet facet=value # comment</c>. Never throws; what it can't read becomes a <see cref="CatalogueProblem"/>
/// and every other line still counts.
/// </summary>
public static class CatalogueParser
{
    public static (IReadOnlyList<CatalogueEntry> Entries, IReadOnlyList<CatalogueProblem> Problems) Parse(string text, string file)
    {
        var entries = new List<CatalogueEntry>();
        var problems = new List<CatalogueProblem>();
        foreach (var line in Lines(text, file))
        {
            try
            {
                entries.Add(line.Entry);
            }
            catch (FormatException e)
            {
                problems.Add(new CatalogueProblem(line.Number, e.Message));
            }
        }

        return (entries, problems);
    }

    /// <summary>The lines that say something, without their comments.</summary>
    internal static IEnumerable<CatalogueLine> Lines(string text, string file)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            var comment = raw.IndexOf('#');
            while (comment > 0 && !char.IsWhiteSpace(raw[comment - 1])) comment = raw.IndexOf('#', comment + 1); // the `#` of `.#ctor` stands behind a sign
            var line = (comment < 0 ? raw : raw.Substring(0, comment)).Trim();
            if (line.Length > 0) yield return new CatalogueLine(line, file, number);
        }
    }

    internal static CatalogueEntry Parse(CatalogueLine line) => ParseLine(line.Text, line.Source) with { Line = line.Number };

    /// <summary>Where the name of the owner ends in <c>Type.Member</c>.</summary>
    internal static int OwnerLength(string member)
    {
        var end = member.IndexOf('(');
        if (end < 0) end = member.Length;
        var brace = member.IndexOf('{');
        return end == 0 ? -1 : member.LastIndexOf('.', brace < 0 || brace > end ? end - 1 : brace);
    }

    private static CatalogueEntry ParseLine(string line, string source)
    {
        var semicolon = line.IndexOf(';');
        if (semicolon < 0) throw new FormatException("expected 'pattern ; facets', found no ';'");
        var pattern = line.Substring(0, semicolon).Trim();
        var facts = Facets.Parse(line.Substring(semicolon + 1), source);
        if (pattern.Length < 3 || pattern[1] != ':') throw new FormatException($"expected 'T:Type', 'M:Type.Member(*)' or 'N:Namespace', found '{pattern}'");
        var rest = pattern.Substring(2);
        switch (pattern[0])
        {
            case 'N':
                return new(EntryKind.Namespace, rest.TrimEnd('+'), rest.EndsWith("+", StringComparison.Ordinal), null, null, facts);
            case 'T':
                return new(EntryKind.Type, rest.TrimEnd('+'), rest.EndsWith("+", StringComparison.Ordinal), null, null, facts);
            case 'M':
                return ParseMember(rest, facts);
            default:
                throw new FormatException($"unknown kind '{pattern[0]}': expected N, T or M");
        }
    }

    private static CatalogueEntry ParseMember(string text, ApiFacts facts)
    {
        IReadOnlyList<string>? parameters = null;
        var open = text.IndexOf('(');
        if (open >= 0)
        {
            if (!text.EndsWith(")", StringComparison.Ordinal)) throw new FormatException("expected ')' at the end of the parameter list");
            var list = text.Substring(open + 1, text.Length - open - 2).Trim();
            text = text.Substring(0, open);
            if (list != "*") parameters = list.Length == 0 ? [] : list.Split(',').Select(p => p.Trim()).ToArray();
        }

        var dot = OwnerLength(text);
        if (dot <= 0) throw new FormatException($"expected 'Type.Member', found '{text}'");
        var owner = text.Substring(0, dot);
        return new(EntryKind.Member, owner.TrimEnd('+'), owner.EndsWith("+", StringComparison.Ordinal), NamePattern.Parse(text.Substring(dot + 1)), parameters, facts);
    }
}
