using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Context;

/// <summary>The methods and constructors of each file that run when they are called.</summary>
internal static class Declarations
{
    private static readonly KeptPerFile<Declaration[]> Files = new(static tree =>
    {
        var found = new List<Declaration>();
        if (tree.GetRoot() is CompilationUnitSyntax file) Add(file.Members, found);
        return found.ToArray();
    });

    /// <summary>Names that the framework's own types have, too.</summary>
    private static readonly WordSet Everyday = new(
    [
        "ToString", "Equals", "GetHashCode", "Compare", "CompareTo", "Dispose", "Clone", "Format", "Parse", "TryParse", "Convert", "Create", "Invoke", "Match", "IsMatch",
        "Add", "TryAdd", "AddRange", "Insert", "Remove", "TryRemove", "Clear", "Contains", "ContainsKey", "TryGetValue", "GetOrAdd", "Get", "Set", "GetValue", "SetValue", "GetService",
        "Where", "Select", "SelectMany", "Any", "All", "Count", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "OrderBy", "GroupBy", "Distinct", "Union", "Take", "Skip",
        "Max", "Min", "Sum", "Aggregate", "ToList", "ToArray", "ToDictionary", "ToHashSet", "Reverse", "Cast", "OfType", "Append", "Concat", "Join", "Split", "Replace", "Trim", "Combine",
        "Read", "Write", "WriteLine", "Load", "Save", "Open", "Close", "Copy", "Delete", "Serialize", "Deserialize", "Push", "Pop", "Peek", "Enqueue", "Dequeue", "Start", "Stop", "Run",
        "Sort", "Find", "Exists", "ForEach", "Publish", "Send", "Register", "Subscribe", "Execute", "Update", "Validate",
    ]);

    /// <summary>Methods by name, constructors by their type's; bodies are not entered.</summary>
    public static IReadOnlyList<Declaration> In(SyntaxTree tree) => Files.Of(tree);

    /// <summary>Member by member: a walk over all nodes would make one for each parameter and attribute, too.</summary>
    private static void Add(SyntaxList<MemberDeclarationSyntax> members, List<Declaration> found)
    {
        foreach (var member in members)
        {
            switch (member)
            {
                case BaseNamespaceDeclarationSyntax space:
                    Add(space.Members, found);
                    break;
                case TypeDeclarationSyntax type:
                    Add(type.Members, found);
                    break;
                case MethodDeclarationSyntax method when RunsWhenCalled(method):
                    found.Add(Of(method, method.Identifier));
                    break;
                case ConstructorDeclarationSyntax { Body.Statements.Count: > 0 } constructor:
                    found.Add(Of(constructor, constructor.Identifier));
                    break;
            }
        }
    }

    private static Declaration Of(MemberDeclarationSyntax member, SyntaxToken identifier)
    {
        var name = CallWords.HashOf(identifier.ValueText);
        return new(name, member.Span, Everyday.Contains(name) ? OwnerOf(member) : null);
    }

    /// <summary>Null where calls need not be near the type's name: an extension method.</summary>
    private static string? OwnerOf(MemberDeclarationSyntax member)
    {
        if (member is MethodDeclarationSyntax { ParameterList.Parameters: [var first, ..] } && first.Modifiers.Any(SyntaxKind.ThisKeyword)) return null;
        return member.Parent is TypeDeclarationSyntax { Identifier.ValueText: { Length: > 0 } name } ? name : null;
    }

    /// <summary>Asynchronous methods are on async paths of their own; methods without a body count for what is written on them.</summary>
    private static bool RunsWhenCalled(MethodDeclarationSyntax method)
    {
        if (method.Body is null && method.ExpressionBody is null) return method.AttributeLists.Count > 0;
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return false;
        return method.ReturnType is not SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } || method.AttributeLists.Count > 0;
    }
}

/// <summary>A method or constructor, as numbers and words: its file outlives the compilation that asks.</summary>
internal sealed class Declaration(int name, TextSpan span, string? owner)
{
    private TextSpan[]? own;

    /// <summary>As <see cref="CallWords.HashOf"/>.</summary>
    public int Name => name;

    public TextSpan Span => span;

    /// <summary>Its type, where the name alone says too little: who calls it writes the type's name, too.</summary>
    public string? Owner => owner;

    public SyntaxNode NodeIn(SyntaxTree tree) => tree.GetRoot().FindNode(Span);

    /// <summary>As <see cref="OwnText.Of"/>; kept with the file.</summary>
    public TextSpan[] OwnIn(SyntaxTree tree, CallWords words) => own ??= [.. OwnText.Of(NodeIn(tree), words)];
}
