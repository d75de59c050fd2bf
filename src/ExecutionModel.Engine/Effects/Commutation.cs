using ExecutionModel.Engine.Knowledge;

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

    private static bool Meet(Place a, Place b)
    {
        if (a.Kind != b.Kind)
        {
            // What is reachable from an object may include any member; a variable and what it refers to are different things.
            return (a.Kind, b.Kind) is (PlaceKind.Contents, PlaceKind.Member) or (PlaceKind.Member, PlaceKind.Contents);
        }

        switch (a.Kind)
        {
            case PlaceKind.External:
                if (a.Channel != b.Channel || a.Channel is Channel.Log or Channel.Clock or Channel.Cache) return false;
                return a.Key is null || b.Key is null || a.Key == b.Key;
            case PlaceKind.Contents:
                return a.Symbol is null || b.Symbol is null || a.Equals(b);
            default:
                return a.Equals(b);
        }
    }
}
