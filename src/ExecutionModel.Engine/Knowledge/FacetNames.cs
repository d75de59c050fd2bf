using ExecutionModel.Engine.Context;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>
/// Names to which some catalogue line gives one facet, a CPU weight for instance, as <see cref="CallWords.HashOf"/>, with what else a file must show before the name can mean that line:
/// <c>Create</c> is everywhere, <c>RSA.Create</c> only where a file writes <c>RSA</c>.
/// </summary>
public sealed class FacetNames
{
    private readonly Dictionary<int, List<Owner>> owners = [];

    /// <summary>The facet stands on a name with <c>*</c>: then any name may have it.</summary>
    public bool Any { get; private set; }

    public IEnumerable<int> Names => owners.Keys;

    /// <summary>Simple names of the types whose members have it.</summary>
    public IEnumerable<int> Types => owners.Values.SelectMany(o => o).Where(o => o.Namespace is null).Select(o => o.Type);

    public IReadOnlyList<Owner> Of(int name) => owners.TryGetValue(name, out var found) ? found : [];

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
        // A call of an extension method, or on a derived type, need not write the owner's name.
        var unwritten = entry.Derived || type.EndsWith("Extensions", StringComparison.Ordinal);
        var owner = new Owner(CallWords.HashOf(type), unwritten ? entry.Owner.Substring(0, Math.Max(dot, 0)).Split('+')[0] : null);
        foreach (var name in names)
        {
            var hash = name == "#ctor" ? owner.Type : CallWords.HashOf(name);
            if (!owners.TryGetValue(hash, out var list)) owners[hash] = list = [];
            list.Add(owner);
        }
    }

    /// <param name="Type">Hash of the simple name that the file must write.</param>
    /// <param name="Namespace">Or the namespace that the compilation must know.</param>
    public readonly record struct Owner(int Type, string? Namespace);
}
