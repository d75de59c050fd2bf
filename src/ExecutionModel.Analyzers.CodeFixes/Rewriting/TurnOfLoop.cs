using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary><c>list.ForEach(async x =&gt; …);</c> as <c>foreach (var x in list) { … }</c>: the lambda's body becomes the loop's.</summary>
internal static class TurnOfLoop
{
    /// <summary>
    /// Null where the body doesn't fit: it writes its parameter, leaves itself from an inner loop, uses the list that is stepped through, or names something
    /// that the method has a name for already.
    /// </summary>
    public static ForEachStatementSyntax? Of(LambdaExpressionSyntax lambda, ExpressionSyntax list, ExpressionStatementSyntax statement, SemanticModel model)
    {
        if (Lambda.OnlyParameter(lambda) is not { } parameter || statement.ContainsDirectives || !Fits(lambda, parameter, list, statement, model)) return null;
        var layout = Layout.At(statement);
        var (line, inner) = (layout.EndOfLine, layout.Inner.Indent);
        var head = $"foreach ({parameter.Type?.ToString() ?? "var"} {parameter.Identifier.Text} in LIST)";
        if (lambda.ExpressionBody is { } expression)
        {
            var turn = Layout.Shift(expression, Layout.At(expression).Indent, inner).WithoutTrivia();
            var loop = Template.Statement($"{head}{layout.BeforeBrace}{{{line}{inner}TURN;{line}{layout.Indent}}}", ("LIST", list.WithoutTrivia()), ("TURN", turn));
            return (ForEachStatementSyntax)loop.WithTriviaFrom(statement);
        }

        var from = Layout.At(lambda).Indent;
        var block = Layout.Shift(lambda.Block!, from, layout.Indent);
        block = block.ReplaceNodes(Lambda.Returns(block), (leave, _) => SyntaxFactory.ContinueStatement().WithTriviaFrom(leave));
        var onNewLine = lambda.ArrowToken.TrailingTrivia.Any(SyntaxKind.EndOfLineTrivia);
        var header = (ForEachStatementSyntax)Template.Statement(head + (onNewLine ? line : " ") + "{ }", ("LIST", list.WithoutTrivia()));
        var brace = onNewLine ? SyntaxFactory.TriviaList(SyntaxFactory.Whitespace(layout.Indent)) : default;
        return header.WithStatement(block.WithOpenBraceToken(block.OpenBraceToken.WithLeadingTrivia(brace))).WithTriviaFrom(statement);
    }

    private static bool Fits(LambdaExpressionSyntax lambda, ParameterSyntax parameter, ExpressionSyntax list, ExpressionStatementSyntax statement, SemanticModel model)
    {
        if (lambda.ExpressionBody is not null and not (AwaitExpressionSyntax or InvocationExpressionSyntax or AssignmentExpressionSyntax)) return false;
        if (lambda.Block is { } block && Lambda.Returns(block).Any(r => r.Ancestors().TakeWhile(a => a != block).Any(a => a.IsLoop()))) return false;
        if (model.GetDeclaredSymbol(parameter) is not { } item) return false;
        var flow = lambda.ExpressionBody is { } expression ? model.AnalyzeDataFlow(expression) : model.AnalyzeDataFlow(lambda.Block!);
        if (flow is not { Succeeded: true } || flow.WrittenInside.Contains(item, SymbolEqualityComparer.Default)) return false;
        if (model.GetSymbolInfo(list).Symbol is { Kind: not SymbolKind.Method } source && lambda.Body.DescendantNodes().OfType<SimpleNameSyntax>().Any(n => n.Identifier.ValueText == source.Name)) return false;
        var inScope = new HashSet<string>(model.LookupSymbols(statement.SpanStart).Where(s => s.Kind is SymbolKind.Local or SymbolKind.Parameter).Select(s => s.Name), StringComparer.Ordinal);
        return !flow.VariablesDeclared.Append(item).Any(v => inScope.Contains(v.Name));
    }
}
