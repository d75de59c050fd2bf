using System.Collections.Concurrent;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>Says from text alone whether a name, where it is written, can mean a catalogue line with one facet. A yes may be wrong.</summary>
internal sealed class FacetWords
{
    private readonly ProgramModel model;
    private readonly Func<SyntaxTree, bool> mayQuery;
    private readonly FacetNames[] lines;
    private readonly bool anyName;
    private readonly ConcurrentDictionary<string, object> namespaces = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<FacetNames.Owner, object> forms = new();

    /// <param name="mayQuery">The file can hold a database query that counts.</param>
    public FacetWords(ProgramModel model, Func<SyntaxTree, bool> mayQuery, IEnumerable<FacetNames> lines)
    {
        this.model = model;
        this.mayQuery = mayQuery;
        this.lines = lines.ToArray();
        anyName = Array.Exists(this.lines, l => l.Any);
    }

    private enum Form
    {
        Absent,
        Instance,
        Static,
    }

    /// <summary>Some line has this name, whatever the file knows.</summary>
    public bool Knows(int name)
    {
        if (anyName) return true;
        foreach (var known in lines)
        {
            if (known.Names.Contains(name)) return true;
        }

        return false;
    }

    /// <summary>Some line could mean one of the names, where they stand in the file.</summary>
    /// <param name="namesType">The file has to name the type of the receiver: what it got as <c>var</c> is left out.</param>
    public bool AreIn(WrittenCalls calls, SyntaxTree tree, bool namesType = true)
    {
        if (anyName) return calls.Count > 0;
        foreach (var known in lines)
        {
            var named = known.IndexesIn(tree, model.Words, namesType);
            var next = Array.BinarySearch(named, calls.From);
            for (next = next < 0 ? ~next : next; next < named.Length && named[next] < calls.End; next++)
            {
                if (Means(known, calls.NameAt(named[next]), calls.ReceiverAt(named[next]), tree, namesType)) return true;
            }
        }

        return false;
    }

    /// <summary>Some line could mean this name, called on this receiver, in this file.</summary>
    /// <param name="receiver">As <see cref="WrittenCalls.ReceiverAt"/>.</param>
    public bool Means(int name, int receiver, SyntaxTree tree)
    {
        if (anyName) return true;
        foreach (var known in lines)
        {
            if (known.Names.Contains(name) && Means(known, name, receiver, tree, namesType: true)) return true;
        }

        return false;
    }

    private bool Means(FacetNames known, int name, int receiver, SyntaxTree tree, bool namesType)
    {
        foreach (var owner in known.Of(name))
        {
            if (owner.EndsQueries ? mayQuery(tree) : owner.Namespace is { } space ? IsKnown(space) : CanBe(owner, receiver, tree, namesType)) return true;
        }

        return false;
    }

    private bool IsKnown(string space) => (bool)namespaces.GetOrAdd(space, s => model.Types.HasNamespace(s));

    /// <summary>Who calls <c>File.Replace</c> writes <c>File</c> before the dot, or imports its members.</summary>
    private bool CanBe(FacetNames.Owner owner, int receiver, SyntaxTree tree, bool namesType)
    {
        var isNamed = receiver == owner.Type || model.Words.Mentions(tree, owner.Type); // asked before the compiler looks for the type: most files don't
        if (namesType && !isNamed) return false;
        return FormOf(owner) switch
        {
            Form.Absent => false,
            Form.Static => receiver == owner.Type || receiver == WrittenCalls.None && isNamed,
            _ => true,
        };
    }

    private Form FormOf(FacetNames.Owner owner) => (Form)forms.GetOrAdd(owner, o =>
    {
        var found = model.Types.FindAll(o.Name);
        return found.Count == 0 ? Form.Absent : found.All(o.IsStaticIn) ? Form.Static : Form.Instance;
    });
}
