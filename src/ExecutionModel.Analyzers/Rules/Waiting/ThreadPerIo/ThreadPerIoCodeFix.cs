using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.ThreadPerIo;

/// <summary>Takes the thread away: <c>Task.Run</c> around one call becomes the call, in its awaitable form; <c>Parallel.ForEach</c> becomes <c>Parallel.ForEachAsync</c>, its body awaits.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ThreadPerIoCodeFix() : RuleCodeFix("EXM106")
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
        return changed is null ? [] : [new RuleFix(title, "EXM106." + form, target.Root.ReplaceNode(api, changed))];
    }

    private static ExpressionSyntax? Bare(InvocationExpressionSyntax run, ExpressionSyntax? inner) =>
        inner is null || run.DescendantTrivia().Any(LeadingTrivia.IsNote) ? null : Layout.Shift(inner, Layout.At(inner).Indent, Layout.At(run).Indent).WithTriviaFrom(run);

    private static ExpressionSyntax? Loop(FixTarget target, InvocationExpressionSyntax api)
    {
        if (target.Partners[1] is not LambdaExpressionSyntax lambda || api.Expression is not MemberAccessExpressionSyntax { Name: var name } || api.ArgumentList.Arguments.Any(a => a.NameColon is not null)) return null;
        var places = target.Partners.Skip(2).OfType<ExpressionSyntax>().ToList();
        var keepsContext = AwaitStyle.KeepsContext(api);
        var work = lambda.ReplaceNodes(places, (place, now) => Awaited(target, place, now, places.IndexOf(place), keepsContext) ?? now);
        if (LoopBody.Of(work, target.Model, api.SpanStart, null, false, new UniqueNames(target.Model, api.SpanStart, api)) is not { } body) return null;
        var changed = api.ReplaceNode(lambda, body);
        if (changed.ArgumentList.Arguments.Count == 2) changed = changed.WithArgumentList(LoopBody.WithLimit(changed.ArgumentList, 1, target));
        changed = changed.ReplaceNode(((MemberAccessExpressionSyntax)changed.Expression).Name, name.WithIdentifier(SyntaxFactory.Identifier("ForEachAsync").WithTriviaFrom(name.Identifier)));
        return AwaitedExpression.InPlaceOf(api, "CALL", keepsContext, ("CALL", changed.WithoutTrivia()));
    }

    private static ExpressionSyntax? Awaited(FixTarget target, ExpressionSyntax place, ExpressionSyntax now, int index, bool keepsContext) =>
        (Names(target, "names", index) is null ? TaskOf(now) : Counterpart(target, (InvocationExpressionSyntax)place, (InvocationExpressionSyntax)now, index)) is { } task
            ? AwaitedExpression.InPlaceOf(place, "TASK", keepsContext, ("TASK", task.WithoutTrivia()))
            : null;

    private static ExpressionSyntax? Counterpart(FixTarget target, InvocationExpressionSyntax place, InvocationExpressionSyntax now, int index) =>
        Names(target, "names", index) is { } name ? AwaitedCounterpart.Of(target.Model, place.SpanStart, now, name, Names(target, "tokens", index)) : null;

    private static string? Names(FixTarget target, string property, int index) =>
        target.Property(property)?.Split(';') is { } list && index < list.Length && list[index].Length > 0 ? list[index] : null;

    /// <summary><c>task.Result</c>, <c>task.Wait()</c>, <c>task.GetAwaiter().GetResult()</c>: the task.</summary>
    private static ExpressionSyntax? TaskOf(SyntaxNode wait) => wait switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Result", Expression: var task } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait", Expression: var task } } => task,
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "GetResult", Expression: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: var awaited } } } } => Configured(awaited),
        _ => null,
    };

    private static ExpressionSyntax Configured(ExpressionSyntax task) =>
        task is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var inner } } ? inner : task;
}
