using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

/// <summary>Which effects may swap places.</summary>
public static class Commutation
{
    /// <summary>Null where every effect of one commutes with every effect of the other; else the place they meet in.</summary>
    public static Place? Conflict(IReadOnlyCollection<Effect> first, IReadOnlyCollection<Effect> second)
    {
        foreach (var a in first)
        {
            foreach (var b in second)
            {
                if (a.Access == Access.Read && b.Access == Access.Read) continue;
                if (Meet(a.Place, b.Place)) return a.Place.Symbol is null && b.Place.Symbol is not null ? b.Place : a.Place;
            }
        }

        return null;
    }

    /// <summary>Is the member part of what the variable refers to, by their types?</summary>
    private static bool MayHold(ISymbol? holder, ISymbol member) => holder switch
    {
        null => true,
        ITypeSymbol type => Related(type, member.ContainingType),
        ILocalSymbol local => Related(local.Type, member.ContainingType),
        IParameterSymbol parameter => Related(parameter.Type, member.ContainingType),
        IFieldSymbol field => Related(field.Type, member.ContainingType),
        IPropertySymbol property => Related(property.Type, member.ContainingType),
        _ => true,
    };

    private static bool Related(ITypeSymbol type, INamedTypeSymbol other) => type switch
    {
        IArrayTypeSymbol array => Related(array.ElementType, other),
        INamedTypeSymbol named => named.SpecialType == SpecialType.System_Object
            || named.DerivesFrom(other.OriginalDefinition) || other.DerivesFrom(named.OriginalDefinition)
            || other.AllInterfaces.Contains(named, SymbolEqualityComparer.Default)
            || named.TypeArguments.Any(a => Related(a, other)),
        _ => true,
    };

    /// <summary>Two objects of one type may be the same one, also where one of them is the receiver.</summary>
    private static bool Same(Place a, Place b) => SymbolEqualityComparer.Default.Equals(a.Symbol, b.Symbol);

    private static bool Meet(Place a, Place b)
    {
        if (a.Kind != b.Kind)
        {
            return (a.Kind, b.Kind) switch
            {
                (PlaceKind.Contents, PlaceKind.Member) => MayHold(a.Symbol, b.Symbol!),
                (PlaceKind.Member, PlaceKind.Contents) => MayHold(b.Symbol, a.Symbol!),
                _ => false, // a variable and what it refers to are different things
            };
        }

        switch (a.Kind)
        {
            case PlaceKind.External:
                if (a.Channel != b.Channel || a.Channel is Channel.Log or Channel.Clock or Channel.Cache) return false;
                return a.Key is null || b.Key is null || a.Key == b.Key;
            case PlaceKind.Contents:
                return a.Symbol is null || b.Symbol is null || Same(a, b);
            case PlaceKind.Member:
                return Same(a, b);
            case PlaceKind.UnitOfWork:
                return a.Equals(b) || a.Equals(Place.AnyUnitOfWork) || b.Equals(Place.AnyUnitOfWork) || !(a.Symbol is ILocalSymbol || b.Symbol is ILocalSymbol); // only a local that made its own is known to have another one
            default:
                return a.Equals(b);
        }
    }
}
