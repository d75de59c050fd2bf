using ExecutionModel.Engine.Costs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>The start of an operation with its work handed to another thread: <c>Task.Run(() =&gt; F(x))</c>.</summary>
internal static class OffloadedStart
{
    /// <param name="form">A <see cref="StartForm"/>, by name.</param>
    /// <param name="runner"><c>Task.Run</c>, or the lane's.</param>
    public static ExpressionSyntax? Of(ExpressionSyntax start, string form, string runner, SemanticModel model) => form switch
    {
        nameof(StartForm.Call) => Run(runner, start.WithoutTrivia()).WithTriviaFrom(start),
        nameof(StartForm.Value) => start is InvocationExpressionSyntax { ArgumentList.Arguments: [var value] } ? Run(runner, value.Expression.WithoutTrivia()).WithTriviaFrom(start) : null,
        nameof(StartForm.Body) => start is LambdaExpressionSyntax lambda ? OfLambda(lambda, runner, "") : null,
        nameof(StartForm.AsyncBody) => start is LambdaExpressionSyntax lambda ? OfLambda(lambda, runner, "async ") : null,
        nameof(StartForm.MethodGroup) => OfGroup(start, runner, model),
        _ => null,
    };

    private static ExpressionSyntax Run(string runner, ExpressionSyntax work) => Template.Expression($"{runner}(() => WORK)", ("WORK", work));

    private static ExpressionSyntax OfLambda(LambdaExpressionSyntax lambda, string runner, string modifier)
    {
        var run = (InvocationExpressionSyntax)Template.Expression($"{runner}({modifier}() => WORK)");
        var inner = (LambdaExpressionSyntax)run.ArgumentList.Arguments[0].Expression;
        // The body keeps its lines: what stood between arrow and body stands there again.
        var filled = (lambda.Block is { } block ? inner.WithExpressionBody(null).WithBlock(block.WithoutTrailingTrivia()) : inner.WithExpressionBody(lambda.ExpressionBody!.WithoutTrailingTrivia()))
            .WithArrowToken(inner.ArrowToken.WithTrailingTrivia(lambda.ArrowToken.TrailingTrivia));
        var body = run.ReplaceNode(inner, filled);
        var outer = Lambda.WithoutAsync(lambda);
        return Lambda.WithExpression(outer.WithArrowToken(outer.ArrowToken.WithTrailingTrivia(SyntaxFactory.Space)), body).WithTrailingTrivia(lambda.GetTrailingTrivia());
    }

    private static ExpressionSyntax? OfGroup(ExpressionSyntax group, string runner, SemanticModel model)
    {
        if (model.GetSymbolInfo(group).Symbol is not IMethodSymbol method) return null;
        var names = new UniqueNames(model, group.SpanStart, group.FirstAncestorOrSelf<MemberDeclarationSyntax>() ?? group.SyntaxTree.GetRoot());
        string[] parameters = method.Parameters.Length == 1 ? [names.Next("item")] : [names.Next("item"), names.Next("index")];
        var list = parameters.Length == 1 ? parameters[0] : $"({string.Join(", ", parameters)})";
        return Template.Expression($"{list} => {runner}(() => F({string.Join(", ", parameters)}))", ("F", group.WithoutTrivia())).WithTriviaFrom(group);
    }
}
