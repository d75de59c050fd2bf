using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Names of methods that reach something. A name that the framework's own types have, too, means such a method only in files that write the name of
/// its type: <c>Add</c> and <c>ToString</c> are everywhere.
/// </summary>
internal sealed class ReachedNames
{
    private readonly CallWords words;
    private readonly WordSet plain = [];
    private readonly WordSet shared = [];
    private readonly Dictionary<int, HashSet<string>> owners = [];

    public ReachedNames(CallWords words) => this.words = words;

    public ReachedNames(ReachedNames nearer)
        : this(nearer.words)
    {
        foreach (var word in nearer.plain) plain.Add(word);
        foreach (var pair in nearer.owners)
        {
            shared.Add(pair.Key);
            owners[pair.Key] = new(pair.Value, StringComparer.Ordinal);
        }
    }

    public CallWords Words => words;

    public void Add(Declaration declaration)
    {
        if (declaration.Owner is not { } owner)
        {
            plain.Add(declaration.Name);
            return;
        }

        shared.Add(declaration.Name);
        if (!owners.TryGetValue(declaration.Name, out var types)) owners[declaration.Name] = types = new(StringComparer.Ordinal);
        types.Add(owner);
    }

    /// <summary>One of the calls of the file can mean such a method there.</summary>
    public bool AreIn(SyntaxTree tree) => AreIn(words.In(tree), tree);

    /// <summary>One of the calls inside the span.</summary>
    public bool AreIn(SyntaxTree tree, TextSpan span) => AreIn(words.In(tree, span), tree);

    public bool IsSame(ReachedNames other) => words == other.words && plain.IsSame(other.plain) && shared.IsSame(other.shared) && owners.All(o => o.Value.SetEquals(other.owners[o.Key]));

    private bool AreIn(WrittenCalls calls, SyntaxTree tree)
    {
        if (calls.HasAny(plain)) return true;
        if (owners.Count == 0) return false;
        for (var i = calls.From; i < calls.End; i++)
        {
            var word = calls.NameAt(i);
            if (!shared.Contains(word)) continue;
            foreach (var type in owners[word])
            {
                if (WrittenNames.In(tree, type)) return true;
            }
        }

        return false;
    }
}
