using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Grows one group from its first await: which later calls may be started beside it? One that can't is left behind, and the next is started before it,
/// as long as nobody can tell the difference; what forbids that closes the group.
/// </summary>
internal sealed class EarlyStarts(ProgramModel model, StraightLine line, Frame frame, AwaitedCall first)
{
    private readonly List<AwaitedCall> members = [];
    private readonly Queue<AwaitedCall> left = new();
    private readonly HashSet<ILocalSymbol> filled = new(first.Fills, SymbolEqualityComparer.Default);
    private readonly Interlude interlude = new(model, line, first.Site.Index, first.Site.Await);
    private IReadOnlyCollection<Effect> before = [];
    private Confidence confidence = Confidence.Certain;
    private bool startsSafely = true;
    private int seen = first.Site.Index;

    public bool IsClosed { get; private set; }

    /// <summary>Null where the call joins the group, else why it doesn't.</summary>
    public string? Add(AwaitedCall call)
    {
        if (Wall(call.Site.Index) is { } wall) return Close(wall);
        if (members.Count == 0 && first.Veto is { } early) return Close(early);
        if (call.Needs(filled)) return Leave(call, "needs the result before it");
        if (call.Veto is { } veto) return call.MayStay ? Leave(call, veto) : Close(veto);
        if (members.Count == 0 && Begin() is { } obstacle) return Close(obstacle);
        if (Reach(call) is { } inBetween) return Close(inBetween);
        if (call.Unfit is { } unfit) return call.MayStay ? Leave(call, unfit) : Close(unfit);
        if (Join(call) is not { } conflict) return null;
        interlude.PutBack();
        return Leave(call, conflict);
    }

    public IndependentGroup? Build() =>
        members.Count < 2 ? null : new([.. members.Select(m => m.Site)], [.. interlude.Hoisted], [.. members.Select(m => m.Summary)], IsWorthIt ? confidence : Confidence.Likely, startsSafely);

    /// <summary>The group takes as long as its slowest: beside one call that leaves the machine, or none, reading files costs little.</summary>
    private bool IsWorthIt => members.Count(m => !m.Summary.StaysLocal) > 1;

    private string Close(string obstacle)
    {
        IsClosed = true;
        return obstacle;
    }

    private string Leave(AwaitedCall call, string obstacle)
    {
        left.Enqueue(call);
        filled.UnionWith(call.Fills);
        return obstacle;
    }

    /// <summary>What the syntax of the statements up to the next call shows.</summary>
    private string? Wall(int index)
    {
        for (; seen <= index; seen++)
        {
            if (line.Opaque.Contains(seen)) return "another await in between";
            if (seen == index) break; // its end is looked at with the next call
            if (line.MayLeave(seen)) return "control may leave in between";
        }

        return null;
    }

    private string? Begin()
    {
        if (Regions.Holding(frame, first.Site.Await, model.Catalogue) is { } region) return region;
        if (first.Unfit is { } unfit) return unfit;
        var walker = new EffectWalker(model, Summaries.Depth - 1);
        EvaluationOrder.Visit(line.Statements[first.Site.Index], after: null, until: first.Site.Await, walker);
        if (walker.Obstacle is not null || walker.Guards || walker.Effects.Any(e => e.Access != Access.Read)) return "something runs before the first call in its statement";
        before = walker.Effects;
        if (Commutation.Conflict(before, first.Run) is { } place) return $"{place} is read before the first call and changed by it";
        members.Add(first);
        confidence = Weigh(first);
        return null;
    }

    private string? Reach(AwaitedCall call)
    {
        while (left.Count > 0)
        {
            var other = left.Dequeue();
            if ((interlude.Reach(other.Site) ?? interlude.Leave(other)) is { } obstacle) return obstacle;
        }

        return interlude.Reach(call.Site);
    }

    private string? Join(AwaitedCall call)
    {
        if (call.Fixed is { } reason) return reason;
        var start = call.Start;
        if (interlude.MoveUp(ref start, EffectsBefore) is { } stuck) return stuck;
        if (first.Fixed is not null && interlude.Moves) return "something runs before the declarations that the call needs";
        IReadOnlyCollection<Effect> all = [.. start, .. call.Run];
        if (interlude.Meets(all) is { } met) return $"{met} is used in between";
        if (Commutation.Conflict(before, call.Run) is { } early) return $"{early} is read before the first call";
        foreach (var member in members)
        {
            if (Commutation.Conflict(member.Run, all) is { } shared) return Describe(shared);
            if (Commutation.Conflict(member.Start, call.Run) is { } place) return Describe(place);
        }

        members.Add(call);
        startsSafely &= !call.Summary.ThrowsEarly;
        foreach (var weight in (Confidence[])[Weigh(call), interlude.Confidence, call.Summary.ThrowsEarly || call.Site.Configured != first.Site.Configured ? Confidence.Likely : Confidence.Certain])
        {
            if (weight < confidence) confidence = weight;
        }

        return null;
    }

    private IEnumerable<IReadOnlyCollection<Effect>> EffectsBefore(int position) =>
        members.Where(m => m.Site.Await.Syntax.SpanStart < position).SelectMany(m => (IReadOnlyCollection<Effect>[])[m.Start, m.Run]);

    private Confidence Weigh(AwaitedCall call)
    {
        if (model.App.HostOf(frame) == Host.Turn) return Confidence.Likely;
        return call.Summary.Effects.Any(e => e.Place is { Kind: PlaceKind.External, Channel: Channel.Cache } && e.Access != Access.Read) ? Confidence.Likely : call.Confidence;
    }

    private static string Describe(Place place) => place.Kind switch
    {
        PlaceKind.UnitOfWork => $"both use {place}",
        PlaceKind.Variable => $"{place} flows from one to the other",
        _ => $"both use {place}, which one changes or which takes one operation at a time",
    };
}
