using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.AsyncVoidBody;

/// <summary>
/// Writes the form of the call that awaits: <c>Parallel.ForEachAsync</c> and <c>ForAsync</c> with a limit, <c>Task.WhenAll</c> for <c>Parallel.Invoke</c>, a
/// <c>foreach</c> for the <c>ForEach</c> of a list or an array.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class AsyncVoidBodyCodeFix() : RuleCodeFix(AsyncVoidBodyAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [InvocationExpressionSyntax call, LambdaExpressionSyntax lambda, ..]) return [];
        var form = target.Property("form");
        if (form is "ForEachAsync" or "ForAsync" && !await target.EveryProjectAsync(form == "ForAsync" ? t => t.HasForAsync : t => t.HasForEachAsync, cancellationToken).ConfigureAwait(false)) return [];
        var (title, root) = form switch
        {
            "ForEachAsync" or "ForAsync" => ($"Await all bodies, {target.Property("limit")} at a time: Parallel.{form}", Parallel(target, call, lambda, form)),
            "WhenAll" => ("Await all bodies: Task.WhenAll", WhenAll(target, call)),
            "ForEach" => ("Await each body in turn: foreach", ForEach(target, call, lambda)),
            _ => ("", null),
        };
        return root is null ? [] : [new RuleFix(title, root)];
    }

    private static SyntaxNode? Parallel(FixTarget target, InvocationExpressionSyntax call, LambdaExpressionSyntax lambda, string form)
    {
        var outer = target.Property("tokens") == "own" ? target.Property("token") : null;
        return LoopBody.Call(target, call, form, lambda, lambda, outer) is { } loop ? target.Root.ReplaceNode(call, Awaited(call, loop)) : null;
    }

    private static SyntaxNode? WhenAll(FixTarget target, InvocationExpressionSyntax call)
    {
        var task = TypeSpelling.At(target.Model, call.SpanStart, "System.Threading.Tasks.Task");
        var started = call.ReplaceNodes(call.ArgumentList.Arguments.Select(a => a.Expression), (_, work) => Template.Expression($"{task}.Run(WORK)", ("WORK", work.WithoutTrivia())).WithTriviaFrom(work));
        return target.Root.ReplaceNode(call, Awaited(call, started.WithExpression(SyntaxFactory.ParseExpression(task + ".WhenAll").WithTriviaFrom(call.Expression))));
    }

    private static SyntaxNode? ForEach(FixTarget target, InvocationExpressionSyntax call, LambdaExpressionSyntax lambda)
    {
        if (call.Parent is not ExpressionStatementSyntax statement || ListOf(call, lambda) is not { } list) return null;
        return TurnOfLoop.Of(lambda, list, statement, target.Model) is { } loop ? target.Root.ReplaceNode(statement, loop) : null;
    }

    /// <summary><c>list.ForEach(…)</c>, <c>Array.ForEach(list, …)</c>.</summary>
    private static ExpressionSyntax? ListOf(InvocationExpressionSyntax call, LambdaExpressionSyntax lambda) => call switch
    {
        { ArgumentList.Arguments: [var list, var body] } when body.Expression == lambda => list.Expression,
        { ArgumentList.Arguments: [_], Expression: MemberAccessExpressionSyntax access } => access.Expression,
        _ => null,
    };

    private static ExpressionSyntax Awaited(InvocationExpressionSyntax place, InvocationExpressionSyntax call) =>
        AwaitedExpression.InPlaceOf(place, "CALL", AwaitStyle.KeepsContext(place), ("CALL", call.WithoutTrivia()));
}
