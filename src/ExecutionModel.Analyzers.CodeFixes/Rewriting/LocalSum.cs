using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// Gives each thread of a <c>Parallel.For</c> or <c>ForEach</c> a sum of its own and puts them together at the end, under a lock: once per thread instead of once
/// per turn.
/// </summary>
internal static class LocalSum
{
    /// <summary>The new root; null where the code has another shape.</summary>
    /// <param name="update">One of the updates in the body of the loop.</param>
    /// <param name="zero">What each thread begins with.</param>
    public static SyntaxNode? Of(FixTarget target, AssignmentExpressionSyntax update, string zero)
    {
        if (update.Ancestors().OfType<AnonymousFunctionExpressionSyntax>().FirstOrDefault() is not LambdaExpressionSyntax { Parent: ArgumentSyntax { NameColon: null, Parent: ArgumentListSyntax list } argument } lambda || update.Left is not IdentifierNameSyntax sum) return null;
        var total = sum.Identifier.Text;
        if (ParametersOf(lambda) is not { } parameters || parameters.Contains(total) || lambda.Modifiers.Count > 0 || lambda.AttributeLists.Count > 0) return null;
        if (list.Ancestors().OfType<StatementSyntax>().FirstOrDefault() is not { } statement || StatementHost.ListOf(statement) is not { } host || !Layout.StartsLine(statement)) return null;
        var layout = Layout.At(statement);
        var names = new UniqueNames(target.Model, statement.SpanStart, new StatementHost(host, statement).Scope);
        var (gate, part) = (names.Next(sum.Identifier.ValueText + "Gate"), names.Next("part"));
        if (parameters.Count == 1) parameters.Add(names.Unread("state", lambda.Body));
        var targets = lambda.DescendantNodes().OfType<AssignmentExpressionSyntax>().Select(a => a.Left).OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == sum.Identifier.ValueText);
        var body = Body(lambda.ReplaceNodes(targets, (name, _) => SyntaxFactory.IdentifierName(part).WithTriviaFrom(name)), part);
        var header = Template.Expression($"({string.Join(", ", [.. parameters, part])}) => {{ }}");
        var turn = ((LambdaExpressionSyntax)header).WithArrowToken(lambda.ArrowToken).WithBody(body).WithLeadingTrivia(lambda.GetLeadingTrivia());
        var first = SyntaxFactory.Argument(Template.Expression($"() => {zero}"));
        var last = SyntaxFactory.Argument(Template.Expression($"{part} => {{ lock ({gate}) {total} += {part}; }}"));
        var comma = SyntaxFactory.Token(SyntaxKind.CommaToken).WithTrailingTrivia(SyntaxFactory.Space);
        var nodes = list.Arguments.GetWithSeparators();
        var index = nodes.IndexOf(argument);
        nodes = nodes.Replace(nodes[index], first.WithLeadingTrivia(argument.GetLeadingTrivia())).InsertRange(index + 1, [comma, SyntaxFactory.Argument(turn.WithLeadingTrivia()), comma, last.WithTrailingTrivia(argument.GetTrailingTrivia())]);
        var changed = statement.ReplaceNode(list, list.WithArguments(SyntaxFactory.SeparatedList<ArgumentSyntax>(nodes)));
        var (above, attached) = LeadingTrivia.Split(statement.GetLeadingTrivia());
        var made = Template.Statement($"var {gate} = new object();{layout.EndOfLine}").WithLeadingTrivia(above.AddRange(attached));
        return StatementHost.Replace(target.Root, statement, [made, changed.WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent))]);
    }

    private static List<string>? ParametersOf(LambdaExpressionSyntax lambda) => lambda switch
    {
        SimpleLambdaExpressionSyntax simple => [simple.Parameter.Identifier.Text],
        ParenthesizedLambdaExpressionSyntax { ParameterList.Parameters: var list } when list.All(p => p.Type is null) => [.. list.Select(p => p.Identifier.Text)],
        _ => null,
    };

    private static CSharpSyntaxNode Body(LambdaExpressionSyntax lambda, string part)
    {
        if (lambda.Block is not { } block) return lambda.ExpressionBody!;
        var returned = Template.Statement($"return {part};");
        block = block.ReplaceNodes(Lambda.Returns(block), (old, _) => returned.WithTriviaFrom(old));
        if (block.Statements.LastOrDefault() is not { } end || end is ReturnStatementSyntax or ThrowStatementSyntax) return block;
        if (!Layout.StartsLine(end)) return block.AddStatements(returned.WithTrailingTrivia(end.GetTrailingTrivia()));
        var (indent, lineEnd) = (end.GetLeadingTrivia().LastOrDefault(t => t.IsKind(SyntaxKind.WhitespaceTrivia)), end.GetTrailingTrivia().LastOrDefault(t => t.IsKind(SyntaxKind.EndOfLineTrivia)));
        return block.AddStatements(returned.WithLeadingTrivia(indent).WithTrailingTrivia(lineEnd));
    }
}
