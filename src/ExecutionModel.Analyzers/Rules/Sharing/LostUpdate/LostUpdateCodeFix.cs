using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Sharing.LostUpdate;

/// <summary>Makes the update one step: <c>Interlocked</c>; where it waits in between, the wait comes first; what has no such step is added up per thread.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class LostUpdateCodeFix() : RuleCodeFix(LostUpdateAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Node is not ExpressionSyntax update) return None;
        if (target.Property("zero") is { } zero) return Split(target, update, zero);
        var waits = update.DescendantNodes(n => n is not AnonymousFunctionExpressionSyntax).OfType<AwaitExpressionSyntax>().Any();
        return waits ? Waited(target, update) : Stepped(target, update);
    }

    private static Task<IReadOnlyList<RuleFix>> Stepped(FixTarget target, ExpressionSyntax update)
    {
        if (OneStep(target, update, null) is not { } step) return None;
        var root = target.Root.ReplaceNode(update, step.WithTriviaFrom(update));
        return One(new RuleFix($"Make it one step: Interlocked.{MethodOf(update)}", root));
    }

    private static Task<IReadOnlyList<RuleFix>> Split(FixTarget target, ExpressionSyntax update, string zero)
    {
        if (update is not AssignmentExpressionSyntax assignment || LocalSum.Of(target, assignment, zero) is not { } root) return None;
        return One(new RuleFix("Give each thread a sum of its own", root));
    }

    /// <summary><c>var added = await F(); x += added;</c></summary>
    private static Task<IReadOnlyList<RuleFix>> Waited(FixTarget target, ExpressionSyntax update)
    {
        if (update is not AssignmentExpressionSyntax { Parent: ExpressionStatementSyntax statement } assignment || StatementHost.ListOf(statement) is not { } list || !Layout.StartsLine(statement)) return None;
        var value = assignment.IsKind(SyntaxKind.SimpleAssignmentExpression) ? (assignment.Right as BinaryExpressionSyntax)?.Right : assignment.Right;
        if (value is null || value.DescendantTrivia().Any(t => t.IsDirective)) return None;
        var layout = Layout.At(statement);
        var name = new UniqueNames(target.Model, statement.SpanStart, new StatementHost(list, statement).Scope).Next(assignment.IsKind(SyntaxKind.AddAssignmentExpression) ? "added" : "value");
        var local = SyntaxFactory.IdentifierName(name);
        var onThreads = target.Property("threads") == "true";
        var changed = onThreads ? OneStep(target, assignment, local) : assignment.ReplaceNode(value, local.WithTriviaFrom(value));
        if (changed is null) return None;
        var (above, attached) = LeadingTrivia.Split(statement.GetLeadingTrivia());
        var before = Template.Statement($"var {name} = VALUE;{layout.EndOfLine}", ("VALUE", value.WithoutTrivia())).WithLeadingTrivia(above.AddRange(attached));
        var after = statement.WithExpression(changed.WithoutTrivia()).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent));
        var root = StatementHost.Replace(target.Root, statement, [before, after]);
        return One(new RuleFix("Await first, then " + (onThreads ? "add in one step: Interlocked.Add" : "read, change and write back"), root));
    }

    /// <param name="value">What is added; null for the update's own operand.</param>
    private static ExpressionSyntax? OneStep(FixTarget target, ExpressionSyntax update, ExpressionSyntax? value)
    {
        var interlocked = TypeSpelling.At(target.Model, update.SpanStart, "System.Threading.Interlocked");
        switch (update, target.Property("step"))
        {
            case (PrefixUnaryExpressionSyntax prefix, "step"):
                return Template.Expression($"{interlocked}.{MethodOf(update)}(ref PLACE)", ("PLACE", prefix.Operand.WithoutTrivia()));
            case (PostfixUnaryExpressionSyntax postfix, "step"):
                var step = Template.Expression($"{interlocked}.{MethodOf(update)}(ref PLACE)", ("PLACE", postfix.Operand.WithoutTrivia()));
                if (update.Parent is ExpressionStatementSyntax or ForStatementSyntax || IsLambdaWithoutResult(target, update)) return step;
                // The old value is asked for, the method gives the new one.
                var old = Template.Expression($"STEP {(postfix.IsKind(SyntaxKind.PostIncrementExpression) ? "-" : "+")} 1", ("STEP", step));
                return update.Parent is ArgumentSyntax or EqualsValueClauseSyntax or ReturnStatementSyntax or AssignmentExpressionSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax or ParenthesizedExpressionSyntax ? old : SyntaxFactory.ParenthesizedExpression(old);
            case (AssignmentExpressionSyntax assignment, "add"):
                return Template.Expression($"{interlocked}.Add(ref PLACE, VALUE)", ("PLACE", assignment.Left.WithoutTrivia()), ("VALUE", (value ?? assignment.Right).WithoutTrivia()));
            case (AssignmentExpressionSyntax { Right: BinaryExpressionSyntax sum } assignment, "sum"):
                return Template.Expression($"{interlocked}.Add(ref PLACE, VALUE)", ("PLACE", assignment.Left.WithoutTrivia()), ("VALUE", (value ?? sum.Right).WithoutTrivia()));
            case (AssignmentExpressionSyntax assignment, "subtract"):
                var operand = value ?? assignment.Right.WithoutTrivia();
                return Template.Expression($"{interlocked}.Add(ref PLACE, -VALUE)", ("PLACE", assignment.Left.WithoutTrivia()), ("VALUE", Primary.Of(operand)));
            default:
                return null;
        }
    }

    private static bool IsLambdaWithoutResult(FixTarget target, ExpressionSyntax update) =>
        update.Parent is LambdaExpressionSyntax lambda && target.Model.GetSymbolInfo(lambda).Symbol is IMethodSymbol { ReturnsVoid: true };

    private static string MethodOf(ExpressionSyntax update) => update.Kind() switch
    {
        SyntaxKind.PreIncrementExpression or SyntaxKind.PostIncrementExpression => "Increment",
        SyntaxKind.PreDecrementExpression or SyntaxKind.PostDecrementExpression => "Decrement",
        _ => "Add",
    };
}
