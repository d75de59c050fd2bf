using System.Collections.Immutable;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.CodeFixes;

/// <summary>What a fix works on: the nodes that a diagnostic points at, as they stand in the current version of the document.</summary>
public sealed class FixTarget
{
    private FixTarget(Document document, SyntaxNode root, SemanticModel model, Diagnostic diagnostic, SyntaxNode node, ImmutableArray<SyntaxNode> partners)
    {
        Document = document;
        Root = root;
        Model = model;
        Diagnostic = diagnostic;
        Node = node;
        Partners = partners;
    }

    public Document Document { get; }
    public SyntaxNode Root { get; }

    /// <summary>The model of <see cref="Root"/>, made for this version of the document.</summary>
    public SemanticModel Model { get; }

    public Diagnostic Diagnostic { get; }

    /// <summary>The innermost node whose span is the diagnostic's location.</summary>
    public SyntaxNode Node { get; }

    /// <summary>The same for the additional locations, in their order; those in other files are left out.</summary>
    public ImmutableArray<SyntaxNode> Partners { get; }

    public string? Property(string name) => Diagnostic.Properties.TryGetValue(name, out var value) ? value : null;

    /// <summary>Whether it holds for every project that compiles this file: a file of a project with several target frameworks must suit the oldest.</summary>
    public async Task<bool> EveryProjectAsync(Func<KnownTypes, bool> holds, CancellationToken cancellationToken)
    {
        if (!holds(new KnownTypes(Model.Compilation))) return false;
        foreach (var id in Document.GetLinkedDocumentIds())
        {
            var project = Document.Project.Solution.GetProject(id.ProjectId);
            if (project is null || await project.GetCompilationAsync(cancellationToken).ConfigureAwait(false) is not { } compilation) return false;
            if (!holds(new KnownTypes(compilation))) return false;
        }

        return true;
    }

    /// <summary>Null where a span of the diagnostic fits no node: the code has moved on, or the diagnostic belongs to another file.</summary>
    internal static ImmutableArray<SyntaxNode>? Resolve(SyntaxNode root, Diagnostic diagnostic)
    {
        if (!diagnostic.Location.IsInSource) return null;
        var nodes = ImmutableArray.CreateBuilder<SyntaxNode>(1 + diagnostic.AdditionalLocations.Count);
        foreach (var location in diagnostic.AdditionalLocations.Prepend(diagnostic.Location))
        {
            if (location.SourceTree?.FilePath != diagnostic.Location.SourceTree!.FilePath) continue;
            if (NodeAt(root, location.SourceSpan) is not { } node) return null;
            nodes.Add(node);
        }

        return nodes.ToImmutable();
    }

    internal static async Task<FixTarget?> At(Document document, Diagnostic diagnostic, Func<SyntaxNode, ImmutableArray<SyntaxNode>?> resolve, CancellationToken cancellationToken)
    {
        if (await document.GetSyntaxRootAsync(cancellationToken).ConfigureAwait(false) is not { } root) return null;
        if (resolve(root) is not { } nodes) return null;
        if (await document.GetSemanticModelAsync(cancellationToken).ConfigureAwait(false) is not { } model) return null;
        return new FixTarget(document, root, model, diagnostic, nodes[0], nodes.RemoveAt(0));
    }

    private static SyntaxNode? NodeAt(SyntaxNode root, TextSpan span)
    {
        if (!root.FullSpan.Contains(span)) return null;
        var node = root.FindNode(span, getInnermostNodeForTie: true);
        return node.Span == span ? node : null;
    }
}
