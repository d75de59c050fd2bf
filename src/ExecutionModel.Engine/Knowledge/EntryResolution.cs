using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>Whether a catalogue line names something that a compilation can see.</summary>
public enum Resolution
{
    Found,

    /// <summary>The type or namespace is unknown: the library may just not be referenced.</summary>
    OwnerMissing,

    /// <summary>The type is there; a member or overload that the line names is not.</summary>
    MemberMissing,
}

/// <summary>Looks up what catalogue lines name, so that a line which can never hold is found.</summary>
public static class EntryResolution
{
    /// <summary>The verdict, and the part of the line that nothing answers to.</summary>
    public static (Resolution Verdict, string Missing) Resolve(this CatalogueEntry entry, Compilation compilation, KnownTypes types)
    {
        if (entry.Kind == EntryKind.Namespace)
            return Exists(compilation.GlobalNamespace, entry.Owner.Split('.')) ? (Resolution.Found, "") : (Resolution.OwnerMissing, entry.Owner);
        var owners = types.FindAll(entry.Owner);
        if (owners.Count == 0) return (Resolution.OwnerMissing, entry.Owner);
        if (entry.Kind == EntryKind.Type) return (Resolution.Found, "");
        foreach (var name in entry.Member!.Alternatives)
        {
            if (!owners.Any(o => o.GetMembers().Any(m => entry.Names(m, name)))) return (Resolution.MemberMissing, name.Text);
        }

        return (Resolution.Found, "");
    }

    private static bool Exists(INamespaceSymbol space, string[] names)
    {
        foreach (var name in names)
        {
            if (space.GetNamespaceMembers().FirstOrDefault(n => n.Name == name) is not { } inner) return false;
            space = inner;
        }

        return true;
    }
}
