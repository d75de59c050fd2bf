using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>The declaration of a synchronous method as that of an async one: <c>int</c> becomes <c>Task&lt;int&gt;</c>, <c>void</c> becomes <c>Task</c>.</summary>
internal static class AsyncMethod
{
    public static MethodDeclarationSyntax Of(MethodDeclarationSyntax method, string taskSpelling)
    {
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return method;
        var returns = method.ReturnType;
        var task = SyntaxFactory.ParseTypeName(returns is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword } ? taskSpelling : $"{taskSpelling}<{returns.WithoutTrivia()}>");
        var keyword = SyntaxFactory.Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(SyntaxFactory.Space);
        // 'async' stands last: before the type, whose leading trivia is the method's own where there are no modifiers.
        if (method.Modifiers.Count == 0) keyword = keyword.WithLeadingTrivia(returns.GetLeadingTrivia());
        else task = task.WithLeadingTrivia(returns.GetLeadingTrivia());
        return method.WithModifiers(method.Modifiers.Add(keyword)).WithReturnType(task.WithTrailingTrivia(returns.GetTrailingTrivia()));
    }
}
