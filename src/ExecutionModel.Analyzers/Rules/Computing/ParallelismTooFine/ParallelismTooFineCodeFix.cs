using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Computing.ParallelismTooFine;

/// <summary>Makes the turns larger than their overhead, or gives the other threads up where all turns together are smaller.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ParallelismTooFineCodeFix() : RuleCodeFix(ParallelismTooFineAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [InvocationExpressionSyntax call, ..]) return None;
        var (title, changed) = target.Property("form") switch
        {
            "query" => ("Leave out AsParallel", Sequential(target.Root, call)),
            "for" => ("Compute in a plain loop", Loop(target, call, ranges: false)),
            "foreach" => ("Compute in a plain loop", ForEach(target, call)),
            "ranges" => ("Hand out ranges: Partitioner.Create", Loop(target, call, ranges: true)),
            _ => ("", null),
        };
        return changed is null ? None : One(new RuleFix(title, changed));
    }

    private static SyntaxNode? Loop(FixTarget target, InvocationExpressionSyntax call, bool ranges)
    {
        if (call.Parent is not ExpressionStatementSyntax statement || target.Partners is not [_, LambdaExpressionSyntax lambda]) return null;
        var loop = new RangeLoop(statement, call, lambda, target.Model);
        var changed = ranges ? loop.Ranges(target.Property("turns") is not null, new UniqueNames(target.Model, statement.SpanStart, statement)) : loop.Plain();
        return changed is null ? null : target.Root.ReplaceNode(statement, changed);
    }

    private static SyntaxNode? ForEach(FixTarget target, InvocationExpressionSyntax call)
    {
        if (call.Parent is not ExpressionStatementSyntax statement || target.Partners is not [_, LambdaExpressionSyntax lambda] || call.ArgumentList.Arguments[0] is not { NameColon: null, Expression: var list }) return null;
        return TurnOfLoop.Of(lambda, list, statement, target.Model) is { } loop ? target.Root.ReplaceNode(statement, loop) : null;
    }

    /// <summary><c>items.AsParallel()</c> as <c>items</c>.</summary>
    private static SyntaxNode? Sequential(SyntaxNode root, InvocationExpressionSyntax call) =>
        call is { Expression: MemberAccessExpressionSyntax { Expression: var items }, ArgumentList.Arguments.Count: 0 }
            ? root.ReplaceNode(call, items.WithTrailingTrivia(items.GetTrailingTrivia().Where(t => LeadingTrivia.IsNote(t)).Concat(call.GetTrailingTrivia())))
            : null;
}
