using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Context;

/// <summary>The methods and constructors of each file that run when they are called, by the hash of their name; found when a file is first asked for.</summary>
internal sealed class Declarations
{
    private readonly ConcurrentDictionary<SyntaxTree, List<Declaration>> files = new();

    /// <summary>Methods by name, constructors by their type's; bodies are not entered.</summary>
    public IReadOnlyList<Declaration> In(SyntaxTree tree) => files.GetOrAdd(tree, static t =>
    {
        var found = new List<Declaration>();
        if (t.GetRoot() is CompilationUnitSyntax file) Add(file.Members, found);
        return found;
    });

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
                    found.Add(new Declaration(CallWords.HashOf(method.Identifier.ValueText), method));
                    break;
                case ConstructorDeclarationSyntax { Body.Statements.Count: > 0 } constructor:
                    found.Add(new Declaration(CallWords.HashOf(constructor.Identifier.ValueText), constructor));
                    break;
            }
        }
    }

    /// <summary>Asynchronous methods are on async paths of their own; methods without a body count for what is written on them.</summary>
    private static bool RunsWhenCalled(MethodDeclarationSyntax method)
    {
        if (method.Body is null && method.ExpressionBody is null) return method.AttributeLists.Count > 0;
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return false;
        return method.ReturnType is not SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } || method.AttributeLists.Count > 0;
    }

    public sealed record Declaration(int Name, SyntaxNode Node);
}
