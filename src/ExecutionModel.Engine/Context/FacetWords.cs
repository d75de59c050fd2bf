using System.Collections.Concurrent;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>Says from text alone whether a name, where it is written, can mean a catalogue line with one facet. A yes may be wrong.</summary>
internal sealed class FacetWords
{
    private readonly ProgramModel model;
    private readonly QueryFiles queries;
    private readonly FacetNames[] lines;
    private readonly WordSet names;
    private readonly bool anyName;
    private readonly ConcurrentDictionary<string, object> namespaces = new(StringComparer.Ordinal);

    public FacetWords(ProgramModel model, QueryFiles queries, IEnumerable<FacetNames> lines)
    {
        this.model = model;
        this.queries = queries;
        this.lines = lines.ToArray();
        names = new WordSet(this.lines.SelectMany(l => l.Names));
        anyName = this.lines.Any(l => l.Any);
    }

    /// <summary>Some line could mean this name in this file.</summary>
    public bool Means(int name, SyntaxTree tree)
    {
        if (anyName) return true;
        if (!names.Contains(name)) return false;
        foreach (var known in lines)
        {
            foreach (var owner in known.Of(name))
            {
                if (owner.EndsQueries ? queries.May(tree) : owner.Namespace is { } space ? IsKnown(space) : model.Words.Mentions(tree, owner.Type)) return true;
            }
        }

        return false;
    }

    private bool IsKnown(string space) => (bool)namespaces.GetOrAdd(space, s => model.Types.HasNamespace(s));
}
