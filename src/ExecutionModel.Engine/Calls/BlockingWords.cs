using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Calls;

/// <summary>Says from text alone where a call that blocks on I/O may stand. A yes may be wrong.</summary>
internal sealed class BlockingWords(ProgramModel model)
{
    private readonly FacetWords lines = new(model, model.QueryFiles, model.Catalogue.Blocking);
    private readonly WordSet ends = new(BlockingCalls.EndsOfQueries);

    /// <summary>By the names alone, whatever the file knows.</summary>
    public bool AreNamedIn(SyntaxNode code)
    {
        var calls = model.Words.In(code.SyntaxTree, code.Span);
        for (var i = calls.From; i < calls.End; i++)
        {
            if (lines.Knows(calls.NameAt(i)) || ends.Contains(calls.NameAt(i))) return true;
        }

        return false;
    }

    public bool MayStandIn(SyntaxNode code) => Any(model.Words.In(code.SyntaxTree, code.Span), code.SyntaxTree);

    public bool MayStandIn(SyntaxTree tree) => Any(model.Words.In(tree), tree);

    private bool Any(WrittenCalls calls, SyntaxTree tree)
    {
        for (var i = calls.From; i < calls.End; i++)
        {
            var name = calls.NameAt(i);
            if (lines.Means(name, calls.ReceiverAt(i), tree) || ends.Contains(name) && model.QueryFiles.May(tree)) return true;
        }

        return false;
    }
}
