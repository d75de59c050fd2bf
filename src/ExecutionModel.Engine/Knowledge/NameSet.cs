using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Engine.Knowledge;

/// <summary>Names of members that some lines speak of, as <see cref="CallWords.HashOf"/>: a text without any of them has no such call.</summary>
/// <param name="Any">A line speaks of a whole type or of a name with <c>*</c>: then every name counts.</param>
public sealed record NameSet(WordSet Names, bool Any)
{
    public bool MayStandIn(CallWords words, SyntaxTree tree, TextSpan span) => Any || words.HasAny(tree, span, Names);

    internal static NameSet Of(IEnumerable<CatalogueLine> lines)
    {
        var members = lines.Select(l => l.Entry.Member?.Exact).ToList();
        return new NameSet(new WordSet(members.SelectMany(m => m ?? [])), members.Contains(null));
    }

    internal static NameSet Union(NameSet one, NameSet other) => new([.. one.Names, .. other.Names], one.Any || other.Any);
}
