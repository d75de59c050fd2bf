using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits;

/// <summary>
/// Starts all operations of the group in source order, waits for all of them, and leaves every <c>await</c> where it was, now of the started task.
/// Names, types, <c>ConfigureAwait</c> and comments stay; what stood between the awaits runs after the join, except the statements that the rule lets move up.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SequentialAwaitsCodeFix() : RuleCodeFix(SequentialAwaitsAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (Read(target) is not { } group || GroupStart.Returns(group.Host.Owner, target.Model) is not { } returns) return [];
        var names = new UniqueNames(target.Model, target.Node.SpanStart, group.Host.Scope);
        var tasks = group.Operations.Select(o => names.Next(o.TaskName())).ToArray();
        var strict = target.Property("join") == "strict";
        var hasOptions = strict && await target.EveryProjectAsync(types => types.HasConfigureAwaitOptions, cancellationToken).ConfigureAwait(false);

        string Join(Layout layout, bool onOneLine) =>
            TaskJoin.At(target, tasks, group.Operations[0].KeepsContext, strict, hasOptions, AwaitedOperation.JoinHasResult(group.Operations, target.Model.Compilation), layout, onOneLine);

        var root = new GroupStart(group, tasks, Join).In(target.Root, returns);
        return [new RuleFix(Title(target, tasks.Length, strict), root)];
    }

    private static string Title(FixTarget target, int count, bool strict) =>
        $"Start the {count.ToString(CultureInfo.InvariantCulture)} operations together and await them all"
        + (strict ? ", faults in source order" : "")
        + (target.Diagnostic.Severity == DiagnosticSeverity.Info ? " (verify that they are independent)" : "");

    private static AwaitGroup? Read(FixTarget target)
    {
        if (!int.TryParse(target.Property("awaits"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count < 2 || target.Partners.Length < count - 1) return null;
        var awaits = target.Partners.Take(count - 1).Prepend(target.Node).OfType<AwaitExpressionSyntax>().ToList();
        var hoisted = target.Partners.Skip(count - 1).OfType<StatementSyntax>().ToImmutableArray();
        return awaits.Count == count && hoisted.Length == target.Partners.Length - (count - 1) ? AwaitGroup.Of(awaits, hoisted, target.Model) : null;
    }
}
