using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Calls;

/// <summary>Says from text alone where a call that blocks on I/O may stand. A yes may be wrong.</summary>
internal sealed class BlockingWords(ProgramModel model)
{
    private readonly FacetWords lines = new(model, model.QueryFiles, model.Catalogue.Blocking);
    private readonly WordSet ends = new(BlockingCalls.EndsOfQueries);
    private readonly WordSet names = new(model.Catalogue.Blocking.SelectMany(b => b.Names).Concat(BlockingCalls.EndsOfQueries.Select(CallWords.HashOf)));
    private readonly bool anyName = model.Catalogue.Blocking.Any(b => b.Any);

    /// <summary>By the names alone, whatever the file knows.</summary>
    public bool AreNamedIn(SyntaxNode code) => anyName || model.Words.HasAny(code.SyntaxTree, code.Span, names);

    public bool MayStandIn(SyntaxNode code) => Any(model.Words.In(code.SyntaxTree, code.Span), code.SyntaxTree);

    public bool MayStandIn(SyntaxTree tree) => Any(model.Words.In(tree), tree);

    private bool Any(ArraySegment<int> written, SyntaxTree tree)
    {
        foreach (var word in written)
        {
            if (lines.Means(word, tree) || ends.Contains(word) && model.QueryFiles.May(tree)) return true;
        }

        return false;
    }
}
