using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Calls;

/// <summary>Says from text alone where a call that blocks on I/O may stand. A yes may be wrong.</summary>
internal sealed class BlockingWords
{
    private static readonly WordSet Ends = new(BlockingCalls.EndsOfQueries);

    private readonly ProgramModel model;
    private readonly FacetWords lines;
    private readonly FacetWords named;

    /// <summary>No provider in reach waits: no query does.</summary>
    private readonly bool queriesWait;

    public BlockingWords(ProgramModel model)
    {
        this.model = model;
        queriesWait = model.Providers.Wait != Confidence.Unknown;
        lines = new(model, MayQuery, model.Catalogue.Blocking);
        named = new(model, _ => queriesWait, model.Catalogue.Blocking);
    }

    /// <summary>By the names alone, whatever types the file names.</summary>
    public bool AreNamedIn(SyntaxNode code)
    {
        var calls = model.Words.In(code.SyntaxTree, code.Span);
        for (var i = calls.From; i < calls.End; i++)
        {
            var name = calls.NameAt(i);
            if (named.Means(name, calls.ReceiverAt(i), code.SyntaxTree, namesType: false) || queriesWait && Ends.Contains(name)) return true;
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
            if (lines.Means(name, calls.ReceiverAt(i), tree) || Ends.Contains(name) && MayQuery(tree)) return true;
        }

        return false;
    }

    private bool MayQuery(SyntaxTree tree) => queriesWait && model.QueryFiles.May(tree);
}
