using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>Which type arguments an implementation has when it stands for a closed generic service.</summary>
internal static class ClosedTypes
{
    /// <summary><c>Store&lt;T&gt; : IStore&lt;T&gt;</c> for <c>IStore&lt;User&gt;</c> is <c>Store&lt;User&gt;</c>; null where it can't stand for it.</summary>
    public static INamedTypeSymbol? For(INamedTypeSymbol implementation, INamedTypeSymbol service)
    {
        foreach (var seen in Ancestors(implementation))
        {
            if (!SymbolEqualityComparer.Default.Equals(seen.OriginalDefinition, service.OriginalDefinition)) continue;
            var arguments = new Dictionary<ITypeParameterSymbol, ITypeSymbol>(SymbolEqualityComparer.Default);
            if (!Fits(seen, service, arguments)) continue;
            if (implementation.TypeParameters.IsEmpty || implementation.TypeParameters.Any(t => !arguments.ContainsKey(t))) return implementation;
            return implementation.Construct([.. implementation.TypeParameters.Select(t => arguments[t])]);
        }

        return null;
    }

    private static IEnumerable<INamedTypeSymbol> Ancestors(INamedTypeSymbol type)
    {
        for (INamedTypeSymbol? t = type; t is not null; t = t.BaseType) yield return t;
        foreach (var i in type.AllInterfaces) yield return i;
    }

    private static bool Fits(ITypeSymbol open, ITypeSymbol closed, Dictionary<ITypeParameterSymbol, ITypeSymbol> arguments)
    {
        switch (open)
        {
            case ITypeParameterSymbol parameter:
                if (!arguments.TryGetValue(parameter, out var known)) arguments[parameter] = known = closed;
                return SymbolEqualityComparer.Default.Equals(known, closed);
            case INamedTypeSymbol { TypeArguments.IsEmpty: false } named when closed is INamedTypeSymbol other && SymbolEqualityComparer.Default.Equals(named.OriginalDefinition, other.OriginalDefinition):
                for (var i = 0; i < named.TypeArguments.Length; i++)
                {
                    if (!Fits(named.TypeArguments[i], other.TypeArguments[i], arguments)) return false;
                }

                return true;
            default:
                return closed is ITypeParameterSymbol || SymbolEqualityComparer.Default.Equals(open, closed);
        }
    }
}
