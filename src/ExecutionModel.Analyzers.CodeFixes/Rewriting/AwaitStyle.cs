using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>How the code around a place awaits: with the captured context or without, and with which token.</summary>
internal static class AwaitStyle
{
    /// <summary>False where the awaits of the member, or of the file if the member has none, say <c>ConfigureAwait(false)</c>.</summary>
    public static bool KeepsContext(SyntaxNode place)
    {
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var awaits = Awaits(member ?? place);
        if (awaits.Count == 0) awaits = Awaits(place.SyntaxTree.GetRoot());
        return awaits.Count == 0 || !awaits.All(DropsContext);
    }

    /// <summary>The name of a cancellation token that the place may use: the parameter of the innermost function that has one.</summary>
    public static string? TokenAt(SyntaxNode place, SemanticModel model, CancellationToken cancellationToken)
    {
        foreach (var node in place.Ancestors())
        {
            var (parameters, isStatic) = node switch
            {
                SimpleLambdaExpressionSyntax lambda => ([lambda.Parameter], lambda.Modifiers.Any(IsStatic)),
                ParenthesizedLambdaExpressionSyntax lambda => (lambda.ParameterList.Parameters, lambda.Modifiers.Any(IsStatic)),
                AnonymousMethodExpressionSyntax method => (method.ParameterList?.Parameters ?? default, method.Modifiers.Any(IsStatic)),
                LocalFunctionStatementSyntax local => (local.ParameterList.Parameters, local.Modifiers.Any(IsStatic)),
                BaseMethodDeclarationSyntax method => (method.ParameterList.Parameters, true),
                _ => (default(SeparatedSyntaxList<ParameterSyntax>), node is BaseTypeDeclarationSyntax),
            };
            foreach (var parameter in parameters)
            {
                if (model.GetDeclaredSymbol(parameter, cancellationToken) is IParameterSymbol { RefKind: RefKind.None, Type: { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } } })
                    return parameter.Identifier.Text;
            }

            if (isStatic) return null;
        }

        return null;
    }

    private static bool IsStatic(SyntaxToken modifier) => modifier.ValueText == "static";

    private static List<AwaitExpressionSyntax> Awaits(SyntaxNode scope) => [.. scope.DescendantNodes().OfType<AwaitExpressionSyntax>()];

    private static bool DropsContext(AwaitExpressionSyntax wait) => wait.Expression is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
        ArgumentList.Arguments: { Count: 1 } arguments,
    } && arguments[0].Expression.ToString() == "false";
}
