using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Costs;

/// <summary>Turns callees away before their bodies are bound.</summary>
internal static class SourceFilter
{
    private const int LargestBody = 20_000;

    /// <summary>The call certainly runs this body, here and now, and the body has a loop or calls something.</summary>
    public static bool CanCompute(ISymbol symbol)
    {
        var method = (IMethodSymbol)symbol;
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsExtern || method.IsAsync) return false;
        if ((method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed) return false;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation)) return false;
        if (method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" }) return false;
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (reference.Span.Length <= LargestBody && HasWork(reference.GetSyntax())) return true;
        }

        return false;
    }

    private static bool HasWork(SyntaxNode declaration)
    {
        SyntaxNode? body = declaration switch
        {
            BaseMethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody,
            LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody,
            _ => null,
        };
        if (body is null) return false;
        var work = false;
        foreach (var node in body.DescendantNodes())
        {
            switch (node.Kind())
            {
                case SyntaxKind.YieldReturnStatement: // runs when somebody enumerates, not when it is called
                case SyntaxKind.YieldBreakStatement:
                    return false;
                case SyntaxKind.ForStatement:
                case SyntaxKind.ForEachStatement:
                case SyntaxKind.InvocationExpression:
                case SyntaxKind.ObjectCreationExpression:
                case SyntaxKind.ImplicitObjectCreationExpression:
                    work = true;
                    break;
            }
        }

        return work;
    }
}
