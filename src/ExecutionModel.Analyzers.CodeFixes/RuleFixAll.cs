using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.CodeFixes;

/// <summary>
/// Repairs all diagnostics of a document, project or solution. The nodes of every diagnostic are marked first; then the fixes run one after the other, the
/// outer before the inner, each planned on the document as the earlier ones left it. A diagnostic whose nodes an earlier edit took apart is left for the next run.
/// </summary>
internal sealed class RuleFixAll(RuleCodeFix fix) : FixAllProvider
{
    private const string Mark = "ExecutionModel.FixAll";

    public override async Task<CodeAction?> GetFixAsync(FixAllContext context)
    {
        var perDocument = await DiagnosticsAsync(context).ConfigureAwait(false);
        if (perDocument.Count == 0) return null;
        return CodeAction.Create($"Fix all {fix.FixableDiagnosticIds[0]}", token => FixAsync(context, perDocument, token), context.CodeActionEquivalenceKey);
    }

    private static async Task<List<(DocumentId Document, ImmutableArray<Diagnostic> Diagnostics)>> DiagnosticsAsync(FixAllContext context)
    {
        var documents = context.Scope switch
        {
            FixAllScope.Document when context.Document is { } document => [document],
            FixAllScope.Project => context.Project.Documents,
            FixAllScope.Solution => context.Solution.Projects.Where(p => p.Language == context.Project.Language).SelectMany(p => p.Documents),
            _ => [],
        };
        var found = new List<(DocumentId, ImmutableArray<Diagnostic>)>();
        foreach (var document in documents)
        {
            var diagnostics = await context.GetDocumentDiagnosticsAsync(document).ConfigureAwait(false);
            if (!diagnostics.IsEmpty) found.Add((document.Id, diagnostics));
        }

        return found;
    }

    private async Task<Solution> FixAsync(FixAllContext context, List<(DocumentId Document, ImmutableArray<Diagnostic> Diagnostics)> perDocument, CancellationToken cancellationToken)
    {
        var solution = context.Solution;
        var done = new HashSet<DocumentId>();
        foreach (var (id, diagnostics) in perDocument)
        {
            if (!done.Add(id)) continue;
            // The same file in another target framework: the workspace carries the text over, a second edit would only contradict it.
            done.UnionWith(solution.GetDocument(id)!.GetLinkedDocumentIds());
            solution = await FixDocumentAsync(solution, id, diagnostics, context.CodeActionEquivalenceKey, cancellationToken).ConfigureAwait(false);
        }

        return solution;
    }

    private async Task<Solution> FixDocumentAsync(Solution solution, DocumentId id, ImmutableArray<Diagnostic> diagnostics, string? key, CancellationToken cancellationToken)
    {
        var root = await solution.GetDocument(id)!.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false);
        if (root is null) return solution;
        var found = diagnostics
            .Where(d => !d.IsSuppressed)
            .Select(d => (Diagnostic: d, Nodes: FixTarget.Resolve(root, d)))
            .Where(t => t.Nodes is not null)
            .Select(t => (t.Diagnostic, Nodes: t.Nodes!.Value))
            .OrderBy(t => t.Nodes.Min(n => n.SpanStart))
            .ThenByDescending(t => t.Nodes.Max(n => n.Span.End))
            .ToList();

        var marks = new Dictionary<SyntaxNode, List<SyntaxAnnotation>>();
        var targets = new List<(Diagnostic Diagnostic, List<SyntaxAnnotation> Marks)>();
        foreach (var (diagnostic, nodes) in found)
        {
            var own = new List<SyntaxAnnotation>();
            foreach (var node in nodes)
            {
                var mark = new SyntaxAnnotation(Mark);
                own.Add(mark);
                if (!marks.TryGetValue(node, out var all)) marks.Add(node, all = []);
                all.Add(mark);
            }

            targets.Add((diagnostic, own));
        }

        var marked = solution.WithDocumentSyntaxRoot(id, root.ReplaceNodes(marks.Keys, (original, current) => current.WithAdditionalAnnotations(marks[original])));
        var current = marked;
        foreach (var (diagnostic, own) in targets)
        {
            var document = current.GetDocument(id)!;
            var target = await FixTarget.At(document, diagnostic, r => Find(r, own), cancellationToken).ConfigureAwait(false);
            if (target is null) continue;
            var chosen = (await fix.FixesAsync(target, cancellationToken).ConfigureAwait(false)).FirstOrDefault(f => key is null || fix.KeyOf(f) == key);
            if (chosen is not null) current = RuleCodeFix.Apply(chosen, document);
        }

        return current == marked ? solution : current;
    }

    private static ImmutableArray<SyntaxNode>? Find(SyntaxNode root, List<SyntaxAnnotation> marks)
    {
        var nodes = ImmutableArray.CreateBuilder<SyntaxNode>(marks.Count);
        foreach (var mark in marks)
        {
            var found = root.GetAnnotatedNodes(mark).ToList();
            if (found.Count != 1) return null;
            nodes.Add(found[0]);
        }

        return nodes.MoveToImmutable();
    }
}
