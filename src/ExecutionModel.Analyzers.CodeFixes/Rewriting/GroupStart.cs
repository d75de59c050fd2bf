using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Starts the operations of a group in source order, waits for all of them if asked to, and leaves every <c>await</c> where it was, now of the started task.</summary>
/// <param name="Tasks">Names of the tasks.</param>
/// <param name="Join">Writes the statement behind the starts, for a layout, on one line or not; null for none.</param>
internal sealed record GroupStart(AwaitGroup Group, IReadOnlyList<string> Tasks, Func<Layout, bool, string>? Join)
{
    /// <summary>Whether an expression body returns its value; null where the function can't be told.</summary>
    public static bool? Returns(SyntaxNode owner, SemanticModel model)
    {
        if (owner is not (LambdaExpressionSyntax or ArrowExpressionClauseSyntax)) return false;
        var symbol = owner is LambdaExpressionSyntax ? model.GetSymbolInfo(owner).Symbol : model.GetDeclaredSymbol(owner.Parent!);
        return symbol is IMethodSymbol method ? method.ReturnType is INamedTypeSymbol { IsGenericType: true } : null;
    }

    public SyntaxNode In(SyntaxNode root, bool returns)
    {
        var awaits = Group.Operations.Select(o => o.Await).ToArray();
        root = root.TrackNodes(Group.Hoisted.Concat<SyntaxNode>(awaits).Append(Group.Host.Owner).Concat(Group.From is { } from ? [from] : []));
        root = StatementHost.WithList(root, root.GetCurrentNode(Group.Host.Owner)!, returns);

        var current = root.GetCurrentNodes<AwaitExpressionSyntax>(awaits).ToList();
        var first = Group.From is null ? current[0].FirstAncestorOrSelf<StatementSyntax>()! : root.GetCurrentNode(Group.From)!;
        var list = StatementHost.ListOf(first)!;
        var hoisted = root.GetCurrentNodes<StatementSyntax>(Group.Hoisted).ToList();
        var result = new List<StatementSyntax>();
        foreach (var statement in StatementHost.StatementsOf(list))
        {
            if (hoisted.Contains(statement)) continue;
            var kept = statement.ReplaceNodes(current.Where(a => statement.Contains(a)), (original, now) => Group.Operations[current.IndexOf(original)].Of(Tasks[current.IndexOf(original)], now));
            if (statement == first)
            {
                var ownLine = Layout.StartsLine(first);
                var (above, attached) = LeadingTrivia.Split(first.GetLeadingTrivia());
                var started = Started(hoisted, Layout.At(first), !ownLine).ToList();
                started[0] = started[0].WithLeadingTrivia(above.AddRange(started[0].GetLeadingTrivia()));
                result.AddRange(started);
                kept = kept.WithLeadingTrivia(attached);
            }

            result.Add(kept);
        }

        return root.ReplaceNode(list, StatementHost.WithStatements(list, result));
    }

    private IEnumerable<StatementSyntax> Started(List<StatementSyntax> hoisted, Layout layout, bool onOneLine)
    {
        var (indent, end) = onOneLine ? ("", " ") : (layout.Indent, layout.EndOfLine);
        foreach (var statement in hoisted)
        {
            var trailing = statement.GetTrailingTrivia();
            yield return statement
                .WithLeadingTrivia(LeadingTrivia.WithoutBlankLines(statement.GetLeadingTrivia()))
                .WithTrailingTrivia(onOneLine || trailing.Any(SyntaxKind.EndOfLineTrivia) ? trailing : trailing.Add(SyntaxFactory.EndOfLine(end)));
        }

        for (var i = 0; i < Tasks.Count; i++)
        {
            var operation = Group.Operations[i];
            var start = Layout.Shift(operation.AsTask(), Layout.At(operation.Await).Indent, layout.Indent);
            yield return Template.Statement($"{indent}var {Tasks[i]} = START;{end}", ("START", start));
        }

        if (Join is not null) yield return Template.Statement(indent + Join(layout, onOneLine) + end);
    }
}
