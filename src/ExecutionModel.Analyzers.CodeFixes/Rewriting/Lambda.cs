using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Parts of a lambda, and lambdas to be filled.</summary>
internal static class Lambda
{
    /// <summary>Null where there is not exactly one.</summary>
    public static ParameterSyntax? OnlyParameter(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => simple.Parameter,
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: [var only] } => only,
        _ => null,
    };

    /// <summary>Those that leave the function itself, not one inside it.</summary>
    public static IEnumerable<ReturnStatementSyntax> Returns(BlockSyntax body) =>
        body.DescendantNodes(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>();

    /// <summary><c>async parameters =&gt; { }</c></summary>
    public static LambdaExpressionSyntax Async(string parameters) => (LambdaExpressionSyntax)Template.Expression($"async {parameters} => {{ }}");

    public static LambdaExpressionSyntax WithExpression(LambdaExpressionSyntax lambda, ExpressionSyntax body) => lambda.WithBlock(null).WithExpressionBody(body);

    public static LambdaExpressionSyntax WithoutAsync(LambdaExpressionSyntax lambda)
    {
        var leading = lambda.GetLeadingTrivia();
        var kept = lambda.Modifiers.Where(m => !m.IsKind(SyntaxKind.AsyncKeyword));
        return lambda.WithModifiers(default).WithLeadingTrivia().WithModifiers(SyntaxFactory.TokenList(kept)).WithLeadingTrivia(leading);
    }

    public static LambdaExpressionSyntax AsAsync(LambdaExpressionSyntax lambda)
    {
        var kept = lambda.Modifiers.Where(m => !m.IsKind(SyntaxKind.StaticKeyword) && !m.IsKind(SyntaxKind.AsyncKeyword));
        var leading = lambda.GetLeadingTrivia();
        var modifiers = SyntaxFactory.TokenList(kept.Append(SyntaxFactory.Token(SyntaxKind.AsyncKeyword)).Select(m => m.WithLeadingTrivia().WithTrailingTrivia(SyntaxFactory.Space)));
        return lambda.WithModifiers(default).WithLeadingTrivia().WithModifiers(modifiers).WithLeadingTrivia(leading);
    }
}
