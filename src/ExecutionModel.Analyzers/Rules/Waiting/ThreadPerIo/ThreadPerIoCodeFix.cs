using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.ThreadPerIo;

/// <summary>Takes the thread away: <c>Task.Run</c> around one call becomes the call, in its awaitable form; <c>Parallel.ForEach</c> becomes <c>Parallel.ForEachAsync</c>, its body awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ThreadPerIoCodeFix() : RuleCodeFix(ThreadPerIoAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [InvocationExpressionSyntax api, { } inner, ..]) return [];
        var form = target.Property("form");
        if (form == "loop" && !await target.EveryProjectAsync(t => t.HasForEachAsync, cancellationToken).ConfigureAwait(false)) return [];
        var (title, changed) = form switch
        {
            "call" => ("Await the call itself, without Task.Run", Bare(api, inner as ExpressionSyntax)),
            "task" => ("Await the task itself, without Task.Run", Bare(api, TaskOf(inner))),
            "counterpart" => ("Await the asynchronous form, without Task.Run", inner is InvocationExpressionSyntax call ? Bare(api, Counterpart(target, call, call, 0)) : null),
            "loop" => ($"Wait without threads, {target.Property("limit")} at a time: Parallel.ForEachAsync", Loop(target, api)),
            _ => ("", null),
        };
        return changed is null ? [] : [new RuleFix(title, target.Root.ReplaceNode(api, changed))];
    }

    private static ExpressionSyntax? Bare(InvocationExpressionSyntax run, ExpressionSyntax? inner) =>
        inner is null || run.DescendantTrivia().Any(LeadingTrivia.IsNote) ? null : Layout.Shift(inner, Layout.At(inner).Indent, Layout.At(run).Indent).WithTriviaFrom(run);

    private static ExpressionSyntax? Loop(FixTarget target, InvocationExpressionSyntax api)
    {
        if (target.Partners[1] is not LambdaExpressionSyntax lambda) return null;
        var places = target.Partners.Skip(2).OfType<ExpressionSyntax>().ToList();
        var keepsContext = AwaitStyle.KeepsContext(api);
        var work = lambda.ReplaceNodes(places, (place, now) => Awaited(target, place, now, places.IndexOf(place), keepsContext) ?? now);
        return LoopBody.Call(target, api, "ForEachAsync", lambda, work, null) is { } loop ? AwaitedExpression.InPlaceOf(api, "CALL", keepsContext, ("CALL", loop.WithoutTrivia())) : null;
    }

    private static ExpressionSyntax? Awaited(FixTarget target, ExpressionSyntax place, ExpressionSyntax now, int index, bool keepsContext) =>
        (Names(target, "names", index) is null ? TaskOf(now) : Counterpart(target, (InvocationExpressionSyntax)place, (InvocationExpressionSyntax)now, index)) is { } task
            ? AwaitedExpression.InPlaceOf(place, "TASK", keepsContext, ("TASK", task.WithoutTrivia()))
            : null;

    private static ExpressionSyntax? Counterpart(FixTarget target, InvocationExpressionSyntax place, InvocationExpressionSyntax now, int index) =>
        Names(target, "names", index) is { } name ? AwaitedCounterpart.Of(target.Model, place.SpanStart, now, name, Names(target, "tokens", index)) : null;

    private static string? Names(FixTarget target, string property, int index) =>
        target.Property(property)?.Split(';') is { } list && index < list.Length && list[index].Length > 0 ? list[index] : null;

    /// <summary>The task that is waited for, whichever way.</summary>
    private static ExpressionSyntax? TaskOf(SyntaxNode wait) => wait is ExpressionSyntax place && AwaitedForm.Operand(place, AwaitedKind.Task) is { } task ? Configured(task) : null;

    private static ExpressionSyntax Configured(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var inner } } ? inner : task;
}
