using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary><c>Parallel.For(from, to, i =&gt; …)</c> as a plain <c>for</c>, or as one for each of the ranges that threads take at a time.</summary>
internal sealed class RangeLoop(ExpressionStatementSyntax statement, InvocationExpressionSyntax call, LambdaExpressionSyntax lambda, SemanticModel model)
{
    private readonly Layout layout = Layout.At(statement);

    /// <summary>Null where the body leaves itself from an inner loop or writes its counter.</summary>
    public StatementSyntax? Plain() => Bounds() is var (from, to) && Loop(layout, from.ToString(), Operand(to).ToString()) is { } loop ? loop.WithTriviaFrom(statement) : null;

    /// <param name="hasTurns">There is at least one: a partitioner does not take an empty range.</param>
    public StatementSyntax? Ranges(bool hasTurns, UniqueNames names)
    {
        if (Bounds() is not var (from, to)) return null;
        var at = hasTurns ? layout : layout.Inner;
        var range = names.Next("range");
        if (Loop(at.Inner, $"{range}.Item1", $"{range}.Item2") is not { } loop) return null;
        var parallel = TypeSpelling.At(model, statement.SpanStart, "System.Threading.Tasks.Parallel");
        var partitioner = TypeSpelling.At(model, statement.SpanStart, "System.Collections.Concurrent.Partitioner");
        var body = (LambdaExpressionSyntax)Template.Expression($"{range} => {{ }}");
        body = BlockBody.Of(body, BlockBody.Of([loop.WithLeadingTrivia(SyntaxFactory.Whitespace(at.Inner.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.EndOfLine))], at), at);
        var shared = Template.Statement($"{parallel}.ForEach({partitioner}.Create(FROM, TO), BODY);", ("FROM", from), ("TO", to), ("BODY", body));
        if (hasTurns) return shared.WithTriviaFrom(statement);
        shared = shared.WithLeadingTrivia(SyntaxFactory.Whitespace(at.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.EndOfLine));
        var guard = (IfStatementSyntax)Template.Statement("if (TO > FROM) { }", ("FROM", Operand(from)), ("TO", Operand(to)));
        var block = BlockBody.Of([shared], layout);
        var close = guard.CloseParenToken.WithTrailingTrivia(layout.BraceOnOwnLine ? SyntaxFactory.EndOfLine(layout.EndOfLine) : SyntaxFactory.Space);
        return guard.WithCloseParenToken(close).WithStatement(block.WithOpenBraceToken(block.OpenBraceToken.WithLeadingTrivia(layout.BraceOnOwnLine ? SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(layout.Indent)) : default))).WithTriviaFrom(statement);
    }

    private (ExpressionSyntax From, ExpressionSyntax To)? Bounds() => call.ArgumentList.Arguments is [{ NameColon: null, Expression: var from }, { NameColon: null, Expression: var to }, { NameColon: null }] && IsPlain(from) && IsPlain(to)
        ? (from.WithoutTrivia(), to.WithoutTrivia())
        : null;

    private StatementSyntax? Loop(Layout at, string from, string to)
    {
        if (Lambda.OnlyParameter(lambda) is not { } parameter || model.GetDeclaredSymbol(parameter) is not { } counter || statement.ContainsDirectives) return null;
        var flow = lambda.ExpressionBody is { } expression ? model.AnalyzeDataFlow(expression) : model.AnalyzeDataFlow(lambda.Block!);
        if (flow is not { Succeeded: true } || flow.WrittenInside.Contains(counter, SymbolEqualityComparer.Default)) return null;
        var type = parameter.Type?.ToString() ?? (counter.Type.SpecialType == SpecialType.System_Int64 ? "long" : "var");
        var (line, name) = (at.EndOfLine, parameter.Identifier.Text);
        var header = $"for ({type} {name} = {from}; {name} < {to}; {name}++)";
        if (lambda.ExpressionBody is { } only)
        {
            if (only is not (AssignmentExpressionSyntax or InvocationExpressionSyntax or PostfixUnaryExpressionSyntax or PrefixUnaryExpressionSyntax)) return null;
            return Template.Statement($"{header} TURN;", ("TURN", Layout.Shift(only, Layout.At(only).Indent, at.Inner.Indent).WithoutTrivia()));
        }

        if (Turn(lambda.Block!) is not { } turn) return null;
        var block = Layout.Shift(turn, Layout.At(lambda).Indent, at.Indent);
        var opens = lambda.ArrowToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var loop = (ForStatementSyntax)Template.Statement($"{header}{(opens ? line : " ")}{{ }}");
        if (lambda.ArrowToken.TrailingTrivia.Any(LeadingTrivia.IsNote)) loop = loop.WithCloseParenToken(loop.CloseParenToken.WithTrailingTrivia(lambda.ArrowToken.TrailingTrivia));
        return loop.WithStatement(block.WithOpenBraceToken(block.OpenBraceToken.WithLeadingTrivia(opens ? SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(at.Indent)) : default)).WithTrailingTrivia());
    }

    /// <summary>The lambda's body as that of a loop: <c>return</c> becomes <c>continue</c>.</summary>
    private static BlockSyntax? Turn(BlockSyntax body)
    {
        var returns = Lambda.Returns(body).ToList();
        if (returns.Any(r => r.Expression is not null || r.Ancestors().TakeWhile(a => a != body).Any(a => a.IsLoop()))) return null;
        return body.ReplaceNodes(returns, (leave, _) => SyntaxFactory.ContinueStatement().WithTriviaFrom(leave));
    }

    private static ExpressionSyntax Operand(ExpressionSyntax bound) => bound is BinaryExpressionSyntax ? Primary.Of(bound) : bound;

    /// <summary>It may be evaluated once more, and in every turn.</summary>
    private static bool IsPlain(ExpressionSyntax bound) => bound switch
    {
        IdentifierNameSyntax or LiteralExpressionSyntax or ThisExpressionSyntax => true,
        MemberAccessExpressionSyntax access => IsPlain(access.Expression),
        ParenthesizedExpressionSyntax inner => IsPlain(inner.Expression),
        BinaryExpressionSyntax binary => IsPlain(binary.Left) && IsPlain(binary.Right),
        _ => false,
    };
}
