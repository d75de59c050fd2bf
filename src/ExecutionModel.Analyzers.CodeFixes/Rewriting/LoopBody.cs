using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>A lambda over items as the body of <c>Parallel.ForEachAsync</c> or <c>ForAsync</c>, which hand each turn a token of their own.</summary>
internal static class LoopBody
{
    /// <summary>Null where the lambda has not exactly one parameter.</summary>
    /// <param name="outer">The token that code in the lambda may use; null for none.</param>
    /// <param name="ownToken">The body uses the loop's token instead: it only reads and may stop half-way.</param>
    public static LambdaExpressionSyntax? Of(LambdaExpressionSyntax lambda, SemanticModel model, int position, string? outer, bool ownToken, UniqueNames names)
    {
        if (lambda is ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters.Count: not 1 }) return null;
        var places = ownToken && outer is not null ? lambda.Body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == outer && model.GetSymbolInfo(n).Symbol is IParameterSymbol).ToList() : [];
        var token = places.Count > 0 ? names.Next("token") : names.Unread("_token", lambda.Body);
        var body = lambda.Body.ReplaceNodes(places, (_, now) => SyntaxFactory.IdentifierName(token).WithTriviaFrom(now));
        var changed = lambda.WithBody(body);
        if (changed.AsyncKeyword.IsKind(SyntaxKind.None)) changed = GatedSelector.AsAsync(changed);
        switch (changed)
        {
            case SimpleLambdaExpressionSyntax simple:
                var list = Parameters($"{simple.Parameter.Identifier.Text}, {token}").WithTriviaFrom(simple.Parameter);
                return SyntaxFactory.ParenthesizedLambdaExpression(simple.AttributeLists, simple.Modifiers, null, list, simple.ArrowToken, simple.Block, simple.ExpressionBody).WithTriviaFrom(lambda);
            case ParenthesizedLambdaExpressionSyntax { ParameterList: { Parameters: [var only] } parameters } parenthesized:
                var type = only.Type is null ? "" : TypeSpelling.At(model, position, "System.Threading.CancellationToken") + " ";
                var both = Parameters($"{only.WithoutTrivia()}, {type}{token}").WithTriviaFrom(parameters);
                return parenthesized.WithParameterList(both);
            default:
                return null;
        }
    }

    /// <summary>The arguments with <c>new ParallelOptions { … }</c> put in at <paramref name="index"/>.</summary>
    public static ArgumentListSyntax WithLimit(ArgumentListSyntax arguments, int index, FixTarget target)
    {
        var token = target.Property("token");
        var options = $"new {TypeSpelling.At(target.Model, target.Node.SpanStart, "System.Threading.Tasks.ParallelOptions")} {{ MaxDegreeOfParallelism = {target.Property("limit")}{(token is null ? "" : $", CancellationToken = {token}")} }}";
        var old = arguments.Arguments;
        var limit = SyntaxFactory.Argument(Template.Expression(options)).WithLeadingTrivia(old[index].GetLeadingTrivia());
        var separators = old.GetSeparators().ToList();
        separators.Insert(index, separators[index - 1]);
        return arguments.WithArguments(SyntaxFactory.SeparatedList(old.Insert(index, limit), separators));
    }

    /// <summary>Of a lambda: unlike those of a method they need no types.</summary>
    private static ParameterListSyntax Parameters(string list) => ((ParenthesizedLambdaExpressionSyntax)Template.Expression($"({list}) => 0")).ParameterList.WithoutTrivia();
}
