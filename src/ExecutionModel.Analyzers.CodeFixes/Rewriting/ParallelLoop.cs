using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// <c>await Task.WhenAll(items.Select(…));</c> as <c>await Parallel.ForEachAsync(items, …);</c>: at most so many at a time, on the thread pool; the first
/// fault stops what has not started. Reads take the loop's own token, so that they stop too; writes keep the outer one and are not torn.
/// </summary>
internal static class ParallelLoop
{
    public static SyntaxNode? Of(FixTarget target, string limit, bool ownToken)
    {
        if (target.Node is not InvocationExpressionSyntax whenAll || whenAll.ContainsDirectives) return null;
        if (target.Partners[0] is not ExpressionSyntax source || target.Partners[1] is not ExpressionSyntax selector || source.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax }) return null;
        var model = target.Model;
        var layout = Layout.At(whenAll);
        var names = new UniqueNames(model, whenAll.SpanStart, whenAll);
        var outer = target.Property("token");
        if (Body(selector, model, ownToken ? outer : null, names, layout) is not { } body) return null;
        var (line, inner) = (layout.EndOfLine, layout.Inner.Indent);
        var options = LoopBody.Options(model, whenAll.SpanStart, limit, outer);
        var loop = Template.Expression(
            $"{TypeSpelling.At(model, whenAll.SpanStart, "System.Threading.Tasks.Parallel")}.ForEachAsync({line}{inner}SOURCE,{line}{inner}{options},{line}{inner}BODY)",
            ("SOURCE", source.WithoutTrivia()),
            ("BODY", body));
        return target.Root.ReplaceNode(whenAll, loop.WithTriviaFrom(whenAll));
    }

    private static ExpressionSyntax? Body(ExpressionSyntax selector, SemanticModel model, string? outer, UniqueNames names, Layout layout)
    {
        if (selector is not LambdaExpressionSyntax lambda)
        {
            if (model.GetSymbolInfo(selector).Symbol is not IMethodSymbol { Parameters.Length: 1 }) return null;
            var item = names.Next("item");
            return Template.Expression($"async ({item}, _) => await F({item})", ("F", selector.WithoutTrivia()));
        }

        var wasAsync = !lambda.AsyncKeyword.IsKind(SyntaxKind.None);
        if (Lambda.OnlyParameter(lambda) is not { } parameter || (lambda.Block is not null && (!wasAsync || model.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnType: INamedTypeSymbol { IsGenericType: true } }))) return null;

        var (work, token) = LoopBody.WithOwnToken(lambda.Body, outer, model, names);
        var moved = Layout.Shift(work, Layout.At(lambda).Indent, layout.Inner.Indent);
        var head = (ParenthesizedLambdaExpressionSyntax)Template.Expression($"async ({parameter.Identifier.Text}, {token}) => BODY");
        if (moved is BlockSyntax block) return BlockBody.Of(head.WithExpressionBody(null), block.WithTrailingTrivia(), layout.Inner);
        var expression = (ExpressionSyntax)moved.WithoutTrivia();
        return head.WithExpressionBody(wasAsync ? expression : Template.Expression("await TASK", ("TASK", expression is InvocationExpressionSyntax ? expression : SyntaxFactory.ParenthesizedExpression(expression))));
    }
}
