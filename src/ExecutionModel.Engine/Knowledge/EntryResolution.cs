using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>Whether a catalogue line names something that a compilation can see.</summary>
public enum Resolution
{
    Found,

    /// <summary>Neither the type nor its namespace is known: the library may just not be referenced.</summary>
    LibraryMissing,

    /// <summary>The namespace is there, the type is not.</summary>
    OwnerMissing,

    /// <summary>The type is there; a member or overload that the line names is not.</summary>
    MemberMissing,
}

/// <summary>Looks up what catalogue lines name, so that a line which can never hold is found.</summary>
public static class EntryResolution
{
    /// <summary>The verdict, and the part of the line that nothing answers to.</summary>
    public static (Resolution Verdict, string Missing) Resolve(this CatalogueEntry entry, KnownTypes types)
    {
        if (entry.Kind == EntryKind.Namespace) return types.HasNamespace(entry.Owner) ? (Resolution.Found, "") : (Resolution.LibraryMissing, entry.Owner);
        var owners = types.FindAll(entry.Owner);
        if (owners.Count == 0) return (OuterExists(entry.Owner, types) ? Resolution.OwnerMissing : Resolution.LibraryMissing, entry.Owner);
        if (entry.Kind == EntryKind.Type) return (Resolution.Found, "");
        foreach (var name in entry.Member!.Alternatives)
        {
            if (entry.Derived && name.Exact is null) continue; // a pattern may be meant for what derived types add
            if (!owners.Any(o => o.GetMembers().Any(m => entry.Names(m, name)))) return (Resolution.MemberMissing, name.Text);
        }

        return (Resolution.Found, "");
    }

    /// <summary>The base type or interface that declares what <see cref="Resolve"/> found missing: a line counts for the type that declares the member.</summary>
    public static INamedTypeSymbol? DeclarerOf(this CatalogueEntry entry, string missing, KnownTypes types)
    {
        var name = NamePattern.Parse(missing);
        return types.FindAll(entry.Owner).SelectMany(o => o.SelfBasesAndInterfaces()).Select(t => t.Type).FirstOrDefault(t => t.GetMembers().Any(m => entry.Names(m, name)));
    }

    /// <summary>The namespace is there, or it is a type: a nested one was written with a dot.</summary>
    private static bool OuterExists(string owner, KnownTypes types)
    {
        var outer = owner.Substring(0, Math.Max(0, owner.LastIndexOf('.')));
        return types.HasNamespace(outer) || types.FindAll(outer).Count > 0;
    }
}
