using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers;

/// <summary>The name of what a call or object creation uses: the smallest place that tells, where lambdas over many lines follow.</summary>
internal static class ApiName
{
    public static SyntaxNode Of(SyntaxNode api) => api switch
    {
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax access } => access.Name,
        InvocationExpressionSyntax call => call.Expression,
        ObjectCreationExpressionSyntax creation => creation.Type,
        _ => api,
    };

    /// <summary><c>Parallel.ForEach</c>, <c>new Thread</c>.</summary>
    public static string Spell(IMethodSymbol method) =>
        method.MethodKind == MethodKind.Constructor ? "new " + method.ContainingType.Name : $"{method.ContainingType.Name}.{method.Name}";
}
