using ExecutionModel.Engine.Roslyn;
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
            if (node is AwaitExpressionSyntax or ReturnStatementSyntax or YieldStatementSyntax or GotoStatementSyntax or ThrowStatementSyntax or LockStatementSyntax) return false;
            if (node is BreakStatementSyntax && node.Ancestors().First(n => n.IsLoop() || n is SwitchStatementSyntax) == loop) return false;
            if (WrittenBy(node) is { } name) (written ??= new(StringComparer.Ordinal)).Add(name);
        }

        if (written is null) return true;
        foreach (var node in loop.DescendantNodes())
        {
            if (DeclaredBy(node) is { } declared) written.Remove(declared);
        }

        return written.Count == 0;
    }

    private static string? WrittenBy(SyntaxNode node) => node switch
    {
        AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: not "_" and var name } } when node.Parent is not InitializerExpressionSyntax => name,
        PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.PreIncrementExpression or (int)SyntaxKind.PreDecrementExpression, Operand: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
        PostfixUnaryExpressionSyntax { RawKind: not (int)SyntaxKind.SuppressNullableWarningExpression, Operand: IdentifierNameSyntax { Identifier.ValueText: var name } } => name,
        _ => null,
    };

    private static string? DeclaredBy(SyntaxNode node) => node switch
    {
        VariableDeclaratorSyntax declarator => declarator.Identifier.ValueText,
        SingleVariableDesignationSyntax designation => designation.Identifier.ValueText,
        ForEachStatementSyntax each => each.Identifier.ValueText,
        ParameterSyntax parameter => parameter.Identifier.ValueText,
        _ => null,
    };
}
