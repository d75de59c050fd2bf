using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>The selector of a fan-out as an async lambda whose work runs inside a gate.</summary>
/// <param name="Gate">Entered before the work, left after it.</param>
/// <param name="Returns">Whether one operation has a result.</param>
internal sealed record GatedSelector(SemaphoreGate Gate, bool Returns)
{
    /// <summary>Null where the lambda has a form that isn't rewritten.</summary>
    public LambdaExpressionSyntax? Of(LambdaExpressionSyntax lambda)
    {
        var layout = Layout.At(lambda);
        var wasAsync = !lambda.AsyncKeyword.IsKind(SyntaxKind.None);
        var block = lambda switch
        {
            { ExpressionBody: { } expression } => Gate.Around(wasAsync ? expression : Awaited(expression), Returns, Layout.At(expression).Indent, layout),
            { Block: { ContainsDirectives: false } body } when (wasAsync ? body : AwaitReturns(body)) is { } awaiting => Gate.Around(Statements(awaiting, layout.Inner.Inner, body), layout),
            _ => null,
        };
        return block is null ? null : BlockBody.Of(Lambda.AsAsync(lambda), block, layout);
    }

    /// <summary><c>F</c> as <c>async item =&gt; { … F(item) … }</c>.</summary>
    public LambdaExpressionSyntax Of(ExpressionSyntax methodGroup, IReadOnlyList<string> parameters)
    {
        var list = parameters.Count == 1 ? parameters[0] : $"({string.Join(", ", parameters)})";
        var call = Template.Expression($"F({string.Join(", ", parameters)})", ("F", methodGroup));
        return At(methodGroup, list, call, Layout.At(methodGroup).Indent).WithTriviaFrom(methodGroup);
    }

    /// <summary><c>from x in items select F(x)</c> as <c>items.Select(async x =&gt; { … F(x) … })</c>; null where the query does more.</summary>
    public ExpressionSyntax? Of(QueryExpressionSyntax query)
    {
        if (query.Body is not { SelectOrGroup: SelectClauseSyntax select, Continuation: null } body || !body.Clauses.All(c => c is WhereClauseSyntax or OrderByClauseSyntax)) return null;
        var name = query.FromClause.Identifier;
        ExpressionSyntax source = body.Clauses.Count == 0 && query.FromClause.Type is null
            ? query.FromClause.Expression.WithoutTrivia()
            : SyntaxFactory.ParenthesizedExpression(query.WithBody(body.WithSelectOrGroup(select.WithExpression(SyntaxFactory.IdentifierName(name.WithoutTrivia())))).WithoutTrivia());
        source = Primary.Of(source);
        var selector = At(query, name.Text, select.Expression, Layout.At(select.Expression).Indent);
        var method = SyntaxFactory.MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, source, SyntaxFactory.IdentifierName("Select"));
        return SyntaxFactory.InvocationExpression(method, SyntaxFactory.ArgumentList([SyntaxFactory.Argument(selector)])).WithTriviaFrom(query);
    }

    /// <summary>The expression with <c>await</c> in front, and <c>ConfigureAwait(false)</c> behind where the gate says so.</summary>
    public ExpressionSyntax Awaited(ExpressionSyntax task)
    {
        var operand = Primary.Of(task.WithoutTrivia());
        return (Gate.KeepsContext ? Template.Expression("await TASK", ("TASK", operand)) : Template.Expression("await TASK.ConfigureAwait(false)", ("TASK", operand))).WithTriviaFrom(task);
    }

    private LambdaExpressionSyntax At(SyntaxNode place, string parameters, ExpressionSyntax work, string workIndent)
    {
        var layout = Layout.At(place);
        return BlockBody.Of(Lambda.Async(parameters), Gate.Around(Awaited(work), Returns, workIndent, layout), layout);
    }

    private static SyntaxList<StatementSyntax> Statements(BlockSyntax body, Layout to, BlockSyntax original)
    {
        if (original.Statements.Count == 0) return body.Statements;
        var from = Layout.StartsLine(original.Statements[0]) ? Layout.At(original.Statements[0]).Indent : null;
        if (from is not null) body = Layout.Shift(body, from, to.Indent);
        return [.. body.Statements.Select((s, i) => Layout.StartsLine(original.Statements[i]) ? s : s.WithLeadingTrivia(SyntaxFactory.Whitespace(to.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(to.EndOfLine)))];
    }

    /// <summary>Each <c>return task;</c> as <c>return await task;</c>; null where that needs more than one statement.</summary>
    private BlockSyntax? AwaitReturns(BlockSyntax body)
    {
        var returns = Lambda.Returns(body).ToList();
        if (Returns) return body.ReplaceNodes(returns, (_, now) => now.WithExpression(Awaited(now.Expression!)));
        if (returns is not [var last] || last != body.Statements.Last()) return null;
        var wait = Template.Statement("await TASK;", ("TASK", last.Expression!));
        return body.ReplaceNode(last, ((ExpressionStatementSyntax)wait).WithExpression(Awaited(last.Expression!).WithoutTrivia()).WithTriviaFrom(last));
    }
}
