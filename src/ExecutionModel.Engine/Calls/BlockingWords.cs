using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

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
        return queriesWait && calls.HasAny(Ends) || named.AreIn(calls, code.SyntaxTree, namesType: false);
    }

    public bool MayStandIn(SyntaxTree tree, TextSpan span) => Any(model.Words.In(tree, span), tree);

    /// <summary>The declarations of the file that may hold one outside of their lambdas.</summary>
    public IEnumerable<Declaration> BlockingIn(SyntaxTree tree) =>
        Any(model.Words.In(tree), tree) ? Declarations.In(tree).Where(d => MayStandIn(tree, d.Span) && d.OwnIn(tree, model.Words).Any(s => MayStandIn(tree, s))) : [];

    private bool Any(WrittenCalls calls, SyntaxTree tree) => lines.AreIn(calls, tree) || calls.HasAny(Ends) && MayQuery(tree);

    private bool MayQuery(SyntaxTree tree) => queriesWait && model.QueryFiles.May(tree);
}
