using System.Collections.Immutable;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.CodeFixes;

/// <summary>
/// Base of every fix. It finds the diagnostic's nodes, asks the rule's fix for its edits and offers those that change something.
/// A rule's fix rewrites what its rule proved; where it can't, it plans nothing and nothing is offered.
/// </summary>
public abstract class RuleCodeFix(string ruleId) : CodeFixProvider
{
    public sealed override ImmutableArray<string> FixableDiagnosticIds { get; } = [ruleId];

    public sealed override FixAllProvider GetFixAllProvider() => new RuleFixAll(this);

    public sealed override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        foreach (var diagnostic in context.Diagnostics)
        {
            var target = await FixTarget.At(context.Document, diagnostic, root => FixTarget.Resolve(root, diagnostic), context.CancellationToken).ConfigureAwait(false);
            if (target is null) continue;
            foreach (var fix in await FixesAsync(target, context.CancellationToken).ConfigureAwait(false))
            {
                context.RegisterCodeFix(CodeAction.Create(fix.Title, _ => Task.FromResult(Apply(fix, context.Document)), KeyOf(fix)), diagnostic);
            }
        }
    }

    /// <summary>
    /// The edits that repair the target, the best one first; empty where the code has a shape that can't be rewritten safely.
    /// Asked once per diagnostic, also by "fix all", which shows the document with the earlier edits made.
    /// </summary>
    protected abstract Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken);

    protected static Task<IReadOnlyList<RuleFix>> None => Task.FromResult<IReadOnlyList<RuleFix>>([]);

    protected static Task<IReadOnlyList<RuleFix>> One(RuleFix fix) => Task.FromResult<IReadOnlyList<RuleFix>>([fix]);

    /// <summary>The plan without edits that change nothing or would lose a comment. A rule says <c>fix = none: reason</c> where it reports but the repair isn't proved.</summary>
    internal async Task<IEnumerable<RuleFix>> FixesAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Property("fix")?.StartsWith("none", StringComparison.Ordinal) == true) return [];
        var plan = await PlanAsync(target, cancellationToken).ConfigureAwait(false);
        if (plan.Count == 0) return plan;
        var comments = LeadingTrivia.Comments(target.Root);
        return plan.Where(fix => LeadingTrivia.Comments(fix.Root) >= comments && !fix.Root.IsEquivalentTo(target.Root) && (fix.Needs is null || ProjectFile.CanBeAdded(target.Document.Project.Solution.Workspace)));
    }

    /// <summary>Equal for edits that "fix all" makes together.</summary>
    internal string KeyOf(RuleFix fix) => fix.Choice is null ? ruleId : $"{ruleId}.{fix.Choice}";

    internal static Solution Apply(RuleFix fix, Document document)
    {
        var solution = document.WithSyntaxRoot(fix.Root).Project.Solution;
        return fix.Needs is { } file ? file.AddTo(solution, document.Project.Id) : solution;
    }
}
