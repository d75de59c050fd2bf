using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// The pieces of the members that were asked for last. All rules ask for one member before they come to the next; some threads are at members of their own
/// meanwhile, so there are a few places.
/// </summary>
internal sealed class LastMembers(ProgramModel model)
{
    private const int Places = 16;
    private readonly Asked?[] last = new Asked?[Places];

    public MemberParts? PartsOf(SyntaxNode declaration, ISymbol member, out bool isTest)
    {
        var place = declaration.FullSpan.Start / 8 % Places; // where the code itself begins, behind its comments, would have to be found
        if (Volatile.Read(ref last[place]) is not { } known || known.Declaration != declaration || !ReferenceEquals(known.Member, member))
        {
            var parts = MemberParts.Of(declaration, member) is { } all && (Matters(all.Body) || all.Before is { } before && Matters(before)) ? all : null;
            known = new Asked(declaration, member, parts, parts is not null && model.App.IsTestCode(member));
            Volatile.Write(ref last[place], known);
        }

        isTest = known.IsTest;
        return known.Parts;
    }

    /// <summary>
    /// Something is called, made, repeated or awaited there, a task's result is taken, or a timer may get its handler. The members of many programs only hand out a
    /// field.
    /// </summary>
    private bool Matters(SyntaxNode piece)
    {
        var (tree, span) = (piece.SyntaxTree, piece.Span);
        return model.Words.In(tree, span).Count > 0
            || model.Signals.Has(tree, span, Signal.Await)
            || model.Signals.Has(tree, span, Signal.Result)
            || model.Words.Mentions(tree, CatalogueIndex.Elapsed);
    }

    private sealed class Asked(SyntaxNode declaration, ISymbol member, MemberParts? parts, bool isTest)
    {
        public SyntaxNode Declaration => declaration;
        public ISymbol Member => member; // the variables of one declaration are several
        public MemberParts? Parts => parts;
        public bool IsTest => isTest;
    }
}
