using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Names of methods that reach something. A name that the framework's own types have, too, means such a method only in files that write the name of
/// its type: <c>Add</c> and <c>ToString</c> are everywhere.
/// </summary>
internal sealed class ReachedNames
{
    private static readonly WordSet Everyday = new(
    [
        "ToString", "Equals", "GetHashCode", "Compare", "CompareTo", "Dispose", "Clone", "Format", "Parse", "TryParse", "Convert", "Create", "Invoke", "Match", "IsMatch",
        "Add", "TryAdd", "AddRange", "Insert", "Remove", "TryRemove", "Clear", "Contains", "ContainsKey", "TryGetValue", "GetOrAdd", "Get", "Set", "GetValue", "SetValue", "GetService",
        "Where", "Select", "SelectMany", "Any", "All", "Count", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "OrderBy", "GroupBy", "Distinct", "Union", "Take", "Skip",
        "Max", "Min", "Sum", "Aggregate", "ToList", "ToArray", "ToDictionary", "ToHashSet", "Reverse", "Cast", "OfType", "Append", "Concat", "Join", "Split", "Replace", "Trim", "Combine",
        "Read", "Write", "WriteLine", "Load", "Save", "Open", "Close", "Copy", "Delete", "Serialize", "Deserialize", "Push", "Pop", "Peek", "Enqueue", "Dequeue", "Start", "Stop", "Run",
        "Sort", "Find", "Exists", "ForEach", "Publish", "Send", "Register", "Subscribe", "Execute", "Update", "Validate",
    ]);

    private readonly WordSet plain = [];
    private readonly WordSet shared = [];
    private readonly Dictionary<int, HashSet<string>> owners = [];
    private readonly WrittenNames written;

    public ReachedNames(WrittenNames written) => this.written = written;

    public ReachedNames(ReachedNames nearer)
        : this(nearer.written)
    {
        foreach (var word in nearer.plain) plain.Add(word);
        foreach (var pair in nearer.owners)
        {
            shared.Add(pair.Key);
            owners[pair.Key] = new(pair.Value, StringComparer.Ordinal);
        }
    }

    public void Add(Declarations.Declaration declaration)
    {
        if (!Everyday.Contains(declaration.Name) || OwnerOf(declaration.Node) is not { } owner)
        {
            plain.Add(declaration.Name);
            return;
        }

        shared.Add(declaration.Name);
        if (!owners.TryGetValue(declaration.Name, out var types)) owners[declaration.Name] = types = new(StringComparer.Ordinal);
        types.Add(owner);
    }

    /// <summary>One of the calls of the file can mean such a method there.</summary>
    public bool AreIn(WrittenCalls calls, SyntaxTree tree)
    {
        if (calls.HasAny(plain)) return true;
        if (owners.Count == 0) return false;
        for (var i = calls.From; i < calls.End; i++)
        {
            var word = calls.NameAt(i);
            if (!shared.Contains(word)) continue;
            foreach (var type in owners[word])
            {
                if (written.In(tree, type)) return true;
            }
        }

        return false;
    }

    /// <summary>Null where calls need not be near the type's name: an extension method.</summary>
    private static string? OwnerOf(SyntaxNode declaration)
    {
        if (declaration is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } && first.Modifiers.Any(SyntaxKind.ThisKeyword)) return null;
        return declaration.Parent is TypeDeclarationSyntax { Identifier.ValueText: { Length: > 0 } name } ? name : null;
    }
}
