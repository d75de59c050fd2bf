using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// Says from syntax alone which loops could be a <see cref="PlainLoop"/> with independent turns: most write a variable that the next turn sees or are left early, and
/// binding their body costs more than reading it.
/// </summary>
public static class WrittenLoops
{
    /// <summary>A yes may be wrong, a no never is.</summary>
    public static bool MayBePlain(SyntaxNode loop) => loop switch
    {
        ForStatementSyntax { Statement: var turn } => IsPlain(turn, loop),
        CommonForEachStatementSyntax { AwaitKeyword.RawKind: 0, Statement: var turn } => IsPlain(turn, loop),
        _ => false,
    };

    private static bool IsPlain(StatementSyntax turn, SyntaxNode loop)
    {
        HashSet<string>? written = null;
        foreach (var node in turn.DescendantNodesAndSelf(n => n is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
        {
            switch (node)
            {
                case AwaitExpressionSyntax or ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax or ThrowStatementSyntax or LockStatementSyntax:
                case BreakStatementSyntax when node.Ancestors().First(Ends) == loop:
                    return false;
                case AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: not "_" } target } when node.Parent is not InitializerExpressionSyntax:
                    (written ??= new(StringComparer.Ordinal)).Add(target.Identifier.ValueText);
                    break;
                case PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: IdentifierNameSyntax target }:
                    (written ??= new(StringComparer.Ordinal)).Add(target.Identifier.ValueText);
                    break;
                case PostfixUnaryExpressionSyntax { Operand: IdentifierNameSyntax target } when !node.IsKind(SyntaxKind.SuppressNullableWarningExpression):
                    (written ??= new(StringComparer.Ordinal)).Add(target.Identifier.ValueText);
                    break;
            }
        }

        if (written is null) return true;
        foreach (var node in loop.DescendantNodes())
        {
            if (DeclaredBy(node) is { } declared) written.Remove(declared);
        }

        return written.Count == 0;
    }

    private static bool Ends(SyntaxNode node) => node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax or SwitchStatementSyntax;

    private static string? DeclaredBy(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax declarator => declarator.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax each => each.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };
}
