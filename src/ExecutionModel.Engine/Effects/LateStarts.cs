using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Finds reads of one straight line that could be started before the computing in front of them. Another await in between ends the search: what stands
/// before it is another wait, and a matter of its own.
/// </summary>
internal sealed class LateStarts(ProgramModel model, StraightLine line, Frame frame, IReadOnlyList<CpuWork> works)
{
    private readonly HashSet<IOperation> inPlace = [.. works.Where(w => w.IsAwaited).SelectMany(w => AwaitOf(w.Operation))];

    public IEnumerable<LateStart> Find(Action<AwaitSite, string>? dropped)
    {
        var placed = works.Select(w => (Work: w, Index: IndexOf(w.Operation))).Where(p => p.Index >= 0).ToArray();
        if (placed.Length == 0) yield break;
        foreach (var site in line.Sites)
        {
            if (inPlace.Contains(site.Await)) continue;
            var barrier = Barrier(site);
            string? obstacle = null;
            foreach (var (work, index) in placed)
            {
                if (index < barrier || index > site.Index || work.Operation.Syntax.Span.End > site.Await.Syntax.SpanStart) continue;
                var (found, why) = Before(site, work, index);
                obstacle = why;
                if (found is null) continue;
                yield return found;
                break;
            }

            if (obstacle is not null) dropped?.Invoke(site, obstacle);
        }
    }

    /// <summary>The first statement behind the last other await.</summary>
    private int Barrier(AwaitSite site)
    {
        var barrier = 0;
        foreach (var index in line.Opaque.Concat(line.Nested))
        {
            if (index <= site.Index) barrier = Math.Max(barrier, index + 1);
        }

        foreach (var other in line.Sites)
        {
            if (ReferenceEquals(other, site)) break;
            if (!inPlace.Contains(other.Await)) barrier = Math.Max(barrier, other.Index + 1);
        }

        return barrier;
    }

    private (LateStart? Found, string? Obstacle) Before(AwaitSite site, CpuWork work, int from)
    {
        var call = new AwaitedCall(model, site, frame);
        if (call.Veto is { } veto) return (null, veto);
        if (call.Needs(new HashSet<ILocalSymbol>(AwaitedCall.FilledBy(work.Operation), SymbolEqualityComparer.Default))) return (null, "needs the result of the computing");
        for (var i = from; i < site.Index; i++)
        {
            if (line.MayLeave(i)) return (null, "control may leave in between");
        }

        if (Regions.Holding(frame, site.Await, model.Catalogue) is { } region) return (null, region);
        var interlude = new Interlude(model, line, from, null, inPlace);
        if (interlude.Reach(site) is { } between) return (null, between);
        if ((call.Unfit ?? call.Fixed) is { } unfit) return (null, unfit);
        var start = call.Start;
        if (interlude.MoveUp(ref start, _ => []) is { } stuck) return (null, stuck);
        ImmutableArray<IOperation> hoisted = [.. interlude.Hoisted];
        if (hoisted.Any(h => works.Any(w => h.Syntax.Span.Contains(w.Operation.Syntax.Span)))) return (null, "needs the result of the computing");
        IReadOnlyCollection<Effect> all = [.. start, .. call.Run];
        if (interlude.Meets(all) is { } met) return (null, $"{met} is used in between");
        return (new LateStart(site, work, hoisted, call.Summary, Weigh(call, work, from, interlude.Confidence), EndsEarly(site, call)), null);
    }

    private Confidence Weigh(AwaitedCall call, CpuWork work, int from, Confidence between)
    {
        // A local file is read in less time than it takes to compute anything worth a report; a turn has an order of its own; a path not taken computes nothing.
        var isSlow = call.Summary.Effects.Any(e => e.Place is { Kind: PlaceKind.External, Channel: not Channel.File } or { Kind: PlaceKind.UnitOfWork });
        var isSure = isSlow && model.App.HostOf(frame) != Host.Turn && (work.IsAwaited || StraightLine.Climb(work.Operation, frame.Root) is { Unconditional: true, Statement: var statement } && ReferenceEquals(statement, line.Statements[from]));
        return new[] { call.Confidence, work.Confidence, between, isSure ? Confidence.Certain : Confidence.Likely }.Min();
    }

    private bool EndsEarly(AwaitSite site, AwaitedCall call)
    {
        if (call.Run.Any(e => e.Access == Access.Exclusive || e.Place.Kind == PlaceKind.UnitOfWork)) return true;
        if (frame.Root.Descendants().Any(o => o is IUsingDeclarationOperation && o.Syntax.SpanStart < site.Await.Syntax.SpanStart)) return true;
        for (IOperation? o = site.Await; o is not null && !ReferenceEquals(o, frame.Root); o = o.Parent)
        {
            if (o is IUsingOperation or ITryOperation { Finally: not null }) return true;
        }

        return false;
    }

    private int IndexOf(IOperation operation)
    {
        for (var o = operation; o is not null; o = o.Parent)
        {
            for (var i = 0; i < line.Statements.Count; i++)
            {
                if (ReferenceEquals(line.Statements[i], o)) return i;
            }
        }

        return -1;
    }

    /// <summary>The call, <c>ConfigureAwait</c> and the await.</summary>
    private static IEnumerable<IOperation> AwaitOf(IOperation call)
    {
        for (var o = call; o is not null; o = o.Parent)
        {
            yield return o;
            if (o is IAwaitOperation) yield break;
        }
    }
}
