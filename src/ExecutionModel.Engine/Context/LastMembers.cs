using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Context;

/// <summary>
/// The pieces of the members that were asked for last. All rules ask for one member before they come to the next; some threads are at members of their own
/// meanwhile, so there are a few places.
/// </summary>
internal sealed class LastMembers
{
    private const int Places = 16;
    private readonly Asked?[] last = new Asked?[Places];

    public MemberParts? PartsOf(SyntaxNode declaration, ISymbol member)
    {
        var place = declaration.SpanStart / 8 % Places;
        if (Volatile.Read(ref last[place]) is not { } known || known.Declaration != declaration || !ReferenceEquals(known.Member, member))
        {
            known = new Asked(declaration, member, MemberParts.Of(declaration, member));
            Volatile.Write(ref last[place], known);
        }

        return known.Parts;
    }

    private sealed class Asked(SyntaxNode declaration, ISymbol member, MemberParts? parts)
    {
        public SyntaxNode Declaration => declaration;
        public ISymbol Member => member; // the variables of one declaration are several
        public MemberParts? Parts => parts;
    }
}
