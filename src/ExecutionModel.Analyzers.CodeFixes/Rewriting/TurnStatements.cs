using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>The statements of a loop's turn, without the conditions that decide whether there is a turn at all.</summary>
/// <param name="Statements">What a turn does.</param>
/// <param name="Conditions">All must hold for the turn to happen, in order.</param>
internal sealed record TurnStatements(IReadOnlyList<StatementSyntax> Statements, IReadOnlyList<ExpressionSyntax> Conditions)
{
    /// <summary>Takes off leading <c>if (c) continue;</c> and an <c>if (c) { … }</c> around everything.</summary>
    public static TurnStatements Of(StatementSyntax body, StatementSyntax head)
    {
        var conditions = new List<ExpressionSyntax>();
        var statements = In(body);
        while (statements.Count > 0 && statements[0] != head && statements[0] is IfStatementSyntax { Else: null } condition)
        {
            if (Skips(condition.Statement))
            {
                conditions.Add(Not(condition.Condition.WithoutTrivia()));
                statements = [.. statements.Skip(1)];
            }
            else if (statements.Count == 1)
            {
                conditions.Add(condition.Condition.WithoutTrivia());
                statements = In(condition.Statement);
            }
            else break;
        }

        return new TurnStatements(statements, conditions);
    }

    /// <summary>Each <c>continue</c> of this loop as <c>return</c>: the turn has become a lambda.</summary>
    public static T WithReturns<T>(T body) where T : StatementSyntax => body.ReplaceNodes(
        body.DescendantNodesAndSelf(n => n == body || n is not (CommonForEachStatementSyntax or ForStatementSyntax or WhileStatementSyntax or DoStatementSyntax or AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ContinueStatementSyntax>(),
        (_, skip) => SyntaxFactory.ReturnStatement(SyntaxFactory.Token(SyntaxKind.ReturnKeyword).WithTriviaFrom(skip.ContinueKeyword), null, skip.SemicolonToken));

    private static IReadOnlyList<StatementSyntax> In(StatementSyntax body) => body is BlockSyntax block ? block.Statements : (IReadOnlyList<StatementSyntax>)[body]; // a SyntaxList would hold copies

    private static bool Skips(StatementSyntax statement) => statement switch
    {
        ContinueStatementSyntax => true,
        BlockSyntax { Statements: [var only] } => Skips(only),
        _ => false,
    };

    private static ExpressionSyntax Not(ExpressionSyntax condition) => condition switch
    {
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression, Operand: var operand } => operand is ParenthesizedExpressionSyntax inner ? inner.Expression : operand,
        _ => SyntaxFactory.PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, Primary.Of(condition)),
    };
}
