using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>A lambda over items as the body of <c>Parallel.ForEachAsync</c> or <c>ForAsync</c>, which hand each turn a token of their own.</summary>
internal static class LoopBody
{
    /// <summary>
    /// <c>Parallel.ForEach(items, lambda)</c> as <c>Parallel.ForEachAsync(items, …)</c>, without the await, and with a limit if it has none; null where the
    /// arguments are named or the lambda has not exactly one parameter.
    /// </summary>
    /// <param name="form"><c>ForEachAsync</c>, <c>ForAsync</c>.</param>
    /// <param name="lambda">An argument of the call.</param>
    /// <param name="work">What becomes of it: its body awaits.</param>
    /// <param name="outer">The token that the body uses and the loop's own shall stand for: the body only reads and may stop half-way; null for none.</param>
    public static InvocationExpressionSyntax? Call(FixTarget target, InvocationExpressionSyntax call, string form, LambdaExpressionSyntax lambda, LambdaExpressionSyntax work, string? outer)
    {
        var arguments = call.ArgumentList.Arguments;
        if (call.Expression is not MemberAccessExpressionSyntax { Name: var name } || arguments.Any(a => a.NameColon is not null)) return null;
        if (Of(work, target.Model, call.SpanStart, outer, new UniqueNames(target.Model, call.SpanStart, call)) is not { } body) return null;
        var last = form == "ForEachAsync" ? 1 : 2;
        var changed = call.ReplaceNode(lambda, body);
        if (arguments.Count == last + 1) changed = changed.WithArgumentList(WithLimit(changed.ArgumentList, last, target));
        return changed.ReplaceNode(((MemberAccessExpressionSyntax)changed.Expression).Name, name.WithIdentifier(SyntaxFactory.Identifier(form).WithTriviaFrom(name.Identifier)));
    }

    /// <summary>The body with the loop's own token in place of the outer one, and the name of that token; it is unread where the outer one is null or unused.</summary>
    public static (T Body, string Token) WithOwnToken<T>(T body, string? outer, SemanticModel model, UniqueNames names) where T : SyntaxNode
    {
        var places = outer is null ? [] : body.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == outer && IsOuter(n)).ToList();
        var token = places.Count > 0 ? names.Next("token") : names.Unread("_token", body);
        return (body.ReplaceNodes(places, (_, now) => SyntaxFactory.IdentifierName(token).WithTriviaFrom(now)), token);

        // Not the name of an argument, and not the parameter of a lambda in the body.
        bool IsOuter(IdentifierNameSyntax name) =>
            name.Parent is not NameColonSyntax && model.GetSymbolInfo(name).Symbol is IParameterSymbol parameter && !parameter.DeclaringSyntaxReferences.Any(r => body.Span.Contains(r.Span));
    }

    /// <summary><c>new ParallelOptions { … }</c></summary>
    public static string Options(SemanticModel model, int position, string? limit, string? token) =>
        $"new {TypeSpelling.At(model, position, "System.Threading.Tasks.ParallelOptions")} {{ MaxDegreeOfParallelism = {limit}{(token is null ? "" : $", CancellationToken = {token}")} }}";

    private static LambdaExpressionSyntax? Of(LambdaExpressionSyntax lambda, SemanticModel model, int position, string? outer, UniqueNames names)
    {
        if (Lambda.OnlyParameter(lambda) is null) return null;
        var (body, token) = WithOwnToken(lambda.Body, outer, model, names);
        var changed = lambda.WithBody(body);
        if (changed.AsyncKeyword.IsKind(SyntaxKind.None)) changed = Lambda.AsAsync(changed);
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

    private static ArgumentListSyntax WithLimit(ArgumentListSyntax arguments, int index, FixTarget target)
    {
        var options = Options(target.Model, target.Node.SpanStart, target.Property("limit"), target.Property("token"));
        var old = arguments.Arguments;
        var limit = SyntaxFactory.Argument(Template.Expression(options)).WithLeadingTrivia(old[index].GetLeadingTrivia());
        var separators = old.GetSeparators().ToList();
        separators.Insert(index, separators[index - 1]);
        return arguments.WithArguments(SyntaxFactory.SeparatedList(old.Insert(index, limit), separators));
    }

    /// <summary>Of a lambda: unlike those of a method they need no types.</summary>
    private static ParameterListSyntax Parameters(string list) => ((ParenthesizedLambdaExpressionSyntax)Template.Expression($"({list}) => 0")).ParameterList.WithoutTrivia();
}
