using System.Collections.Immutable;
using System.Composition;
using System.Globalization;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
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
        if (Read(target) is not { } group || Returns(group.Host.Owner, target.Model) is not { } returns) return [];
        var names = new UniqueNames(target.Model, target.Node.SpanStart, group.Host.Scope);
        var tasks = group.Operations.Select(o => names.Next(o.TaskName())).ToArray();
        var strict = target.Property("join") == "strict";
        var hasOptions = strict && await target.EveryProjectAsync(types => types.HasConfigureAwaitOptions, cancellationToken).ConfigureAwait(false);

        string Join(Layout layout, bool onOneLine) =>
            TaskJoin.At(target, tasks, group.Operations[0].KeepsContext, strict, hasOptions, AwaitedOperation.JoinHasResult(group.Operations, target.Model.Compilation), layout, onOneLine);

        var root = Rewrite(target.Root, group, tasks, returns, Join);
        if (LeadingTrivia.Comments(root) < LeadingTrivia.Comments(target.Root)) return [];
        return [new RuleFix(Title(target, tasks.Length, strict), SequentialAwaitsAnalyzer.Id, root)];
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

    /// <summary>Whether an expression body returns its value; null where the function can't be told.</summary>
    private static bool? Returns(SyntaxNode owner, SemanticModel model)
    {
        if (owner is not (LambdaExpressionSyntax or ArrowExpressionClauseSyntax)) return false;
        var symbol = owner is LambdaExpressionSyntax ? model.GetSymbolInfo(owner).Symbol : model.GetDeclaredSymbol(owner.Parent!);
        return symbol is IMethodSymbol method ? method.ReturnType is INamedTypeSymbol { IsGenericType: true } : null;
    }

    private static SyntaxNode Rewrite(SyntaxNode root, AwaitGroup group, string[] tasks, bool returns, Func<Layout, bool, string> join)
    {
        var awaits = group.Operations.Select(o => o.Await).ToArray();
        root = root.TrackNodes(group.Hoisted.Concat<SyntaxNode>(awaits).Append(group.Host.Owner));
        root = StatementHost.WithList(root, root.GetCurrentNode(group.Host.Owner)!, returns);

        var current = root.GetCurrentNodes<AwaitExpressionSyntax>(awaits).ToList();
        var first = current[0].FirstAncestorOrSelf<StatementSyntax>()!;
        var list = StatementHost.ListOf(first)!;
        var hoisted = root.GetCurrentNodes<StatementSyntax>(group.Hoisted).ToList();
        var result = new List<StatementSyntax>();
        foreach (var statement in StatementHost.StatementsOf(list))
        {
            if (hoisted.Contains(statement)) continue;
            var kept = statement.ReplaceNodes(current.Where(a => statement.Contains(a)), (original, now) => group.Operations[current.IndexOf(original)].Of(tasks[current.IndexOf(original)], now));
            if (statement == first)
            {
                var ownLine = Layout.StartsLine(first);
                var (above, attached) = LeadingTrivia.Split(first.GetLeadingTrivia());
                var started = Started(group, hoisted, tasks, Layout.At(first), !ownLine, join).ToList();
                started[0] = started[0].WithLeadingTrivia(above.AddRange(started[0].GetLeadingTrivia()));
                result.AddRange(started);
                kept = kept.WithLeadingTrivia(attached);
            }

            result.Add(kept);
        }

        return root.ReplaceNode(list, StatementHost.WithStatements(list, result));
    }

    private static IEnumerable<StatementSyntax> Started(AwaitGroup group, List<StatementSyntax> hoisted, string[] tasks, Layout layout, bool onOneLine, Func<Layout, bool, string> join)
    {
        var (indent, end) = onOneLine ? ("", " ") : (layout.Indent, layout.EndOfLine);
        foreach (var statement in hoisted)
        {
            var trailing = statement.GetTrailingTrivia();
            yield return statement
                .WithLeadingTrivia(LeadingTrivia.WithoutBlankLines(statement.GetLeadingTrivia()))
                .WithTrailingTrivia(onOneLine || trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(SyntaxFactory.EndOfLine(end)));
        }

        for (var i = 0; i < tasks.Length; i++)
        {
            var operation = group.Operations[i];
            var start = Layout.Shift(operation.AsTask(), Layout.At(operation.Await).Indent, layout.Indent);
            yield return Template.Statement($"{indent}var {tasks[i]} = START;{end}", ("START", start));
        }

        yield return Template.Statement(indent + join(layout, onOneLine) + end);
    }
}
