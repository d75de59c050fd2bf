using System.Collections.Immutable;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>How the calls of a loop's turns can be brought to overlap.</summary>
public enum TurnForm
{
    /// <summary>Nothing of a turn is seen by others: whole turns may overlap.</summary>
    Whole,

    /// <summary>The calls may overlap; what uses their results stays a loop, in order.</summary>
    Gather,

    /// <summary>The turns are independent, but the turn can't be cut by a plain edit.</summary>
    Tangled,
}

/// <summary>A loop whose turns don't depend on each other.</summary>
/// <param name="Calls">What each awaited call does, in the order of the shape's sites.</param>
/// <param name="Main">Index of the call that waits for I/O, the first if there are several.</param>
/// <param name="Obstacle">Why no plain edit makes the turns overlap; null where one does.</param>
public sealed record IndependentTurns(ImmutableArray<Summary> Calls, int Main, TurnForm Form, Confidence Confidence, string? Obstacle);

/// <summary>
/// Decides whether two turns of a loop may overlap: any turn's call with any other turn's call, and every call with what the turns before do with their
/// results, because that now comes after it. What is not understood is a conflict.
/// </summary>
public sealed class LoopIndependence(ProgramModel model)
{
    /// <param name="dropped">Told the obstacle.</param>
    public IndependentTurns? Of(LoopShape shape, Action<string>? dropped)
    {
        var obstacle = Of(shape, out var turns);
        if (obstacle is not null) dropped?.Invoke(obstacle);
        return turns;
    }

    private string? Of(LoopShape shape, out IndependentTurns? turns)
    {
        turns = null;
        if (shape.Obstacle is { } shaped) return shaped;
        var awaited = shape.Sites.Select(s => new AwaitedCall(model, s, shape.Frame)).ToImmutableArray();
        foreach (var call in awaited)
        {
            if (!CompletesInMemory(call.Site) && call.Veto is { } veto) return veto;
        }

        var byItem = shape.CallsByItem();
        if (shape.Sites.Any(s => !byItem.Contains(s) && !CompletesInMemory(s))) return "a call asks for the same in every turn";
        if (Regions.Holding(shape.Frame, shape.Last.Await, model.Catalogue) is { } held) return held;
        foreach (var call in awaited)
        {
            if (!CompletesInMemory(call.Site) && call.Unfit is { } unfit) return unfit;
        }

        if (shape.Sites.Any(s => model.Memoization.Of(s.Await, shape.Loop.Body))) return "what was found is remembered";
        var calls = awaited.Select(c => c.Summary).ToImmutableArray();
        var main = calls.IndexOf(calls.FirstOrDefault(c => c.Waiting == Waiting.AsyncIo)!);
        if (main < 0) return "no call waits for I/O";
        if (calls.All(c => c.StaysLocal || c.Waiting == Waiting.Memory)) return "local files: little to wait for";

        var turn = new Turn(model, shape, awaited);
        if (turn.Conflict() is { } conflict) return conflict;
        turns = new IndependentTurns(calls, main, turn.Form, Weigh(shape, calls, turn), turn.Form == TurnForm.Tangled ? "the turn can't be cut" : turn.CaptureObstacle);
        return null;
    }

    /// <summary>Such a call may be part of the chain: reading the body of a response.</summary>
    private bool CompletesInMemory(AwaitSite site) => model.Catalogue.Of(site.Call.TargetMethod)?.Waiting == Waiting.Memory;

    private Confidence Weigh(LoopShape shape, ImmutableArray<Summary> calls, Turn turn)
    {
        if (shape.IsStream || model.App.HostOf(shape.Frame) == Host.Turn) return Confidence.Likely;
        if (!turn.CallsAlways || turn.FoldsFlags || AsksForPages(shape)) return Confidence.Likely;
        return calls.Where(c => c.Waiting == Waiting.AsyncIo).Min(c => c.Confidence);
    }

    /// <summary><c>for (var page = 1; …)</c>: all pages at once are a heavier load than the rows of one.</summary>
    private static bool AsksForPages(LoopShape shape) =>
        shape.Loop is IForLoopOperation
        && (shape.Items.Any(i => i.Name.StartsWith("page", StringComparison.OrdinalIgnoreCase) || i.Name is "offset" or "skip")
            || shape.Sites.Any(s => s.Call.Arguments.Any(a => a.Value.Plain() is ILocalReferenceOperation local && shape.IsItem(local.Local) && a.Parameter?.IsPaging() == true)));

    /// <summary>One turn in three parts: what leads to the calls, the calls, and what comes after the last of them.</summary>
    private sealed class Turn
    {
        private readonly ProgramModel model;
        private readonly LoopShape shape;
        private readonly TurnObjects objects;
        private readonly EffectWalker before;
        private readonly EffectWalker after;
        private readonly List<Effect> calls = [];

        public Turn(ProgramModel model, LoopShape shape, ImmutableArray<AwaitedCall> awaited)
        {
            this.model = model;
            this.shape = shape;
            objects = new TurnObjects(shape.Loop, shape.IsItem, model.Catalogue);
            before = Walker();
            after = Walker();
            IOperation? last = null;
            var splits = !ReferenceEquals(shape.Cut, shape.Head) && shape.PathTo(shape.Last) == TurnPath.Plain;
            foreach (var called in awaited)
            {
                var site = called.Site;
                // A statement that only uses the result stays whole: what it evaluates before the await is evaluated after it as well.
                EvaluationOrder.Visit(shape.Loop.Body, last, splits && site.Await.IsInside(shape.Head!) ? shape.Head : site.Await, before);
                foreach (var operand in site.Call.ChildOperations) EvaluationOrder.Visit(operand, shape.Sites.LastOrDefault(s => s != site && s.Await.IsInside(operand))?.Await, null, before);
                var run = Walker();
                run.Call(site.Call);
                calls.AddRange(run.Obstacle is null ? run.Effects : run.Effects.Concat(called.Summary.Effects));
                last = site.Await;
            }

            if (!ReferenceEquals(shape.Cut, last)) EvaluationOrder.Visit(shape.Cut, last, null, before);
            if (splits) EvaluationOrder.Visit(shape.Head!, null, shape.Last.Await, after);
            EvaluationOrder.Visit(shape.Loop.Body, shape.Cut, null, after);
        }

        /// <summary>No condition inside the turn decides whether it calls.</summary>
        public bool CallsAlways => shape.PathTo(shape.Last) != TurnPath.Conditional;

        /// <summary><c>all &amp;= await …</c></summary>
        public bool FoldsFlags => shape.Last.Await.Above() is ICompoundAssignmentOperation { Type.SpecialType: SpecialType.System_Boolean };

        public TurnForm Form
        {
            get
            {
                var shows = after.ChangesSafe || Outside(after).Any(e => e.Access != Access.Read && e.Place is not { Kind: PlaceKind.External, Channel: Channel.Log });
                if (!shows) return TurnForm.Whole;
                var cuts = !shape.IsStream && shape.PathTo(shape.Last) == TurnPath.Plain && !AwaitsMore(shape.Head!) && !SkipsBefore(shape.Head!) && !UsesDisposed(shape.Head!);
                return cuts ? TurnForm.Gather : TurnForm.Tangled;
            }
        }

        /// <summary>The part that moves into a lambda uses what can't be captured.</summary>
        public string? CaptureObstacle
        {
            get
            {
                foreach (var statement in shape.Loop.Body is IBlockOperation block ? block.Operations : [shape.Loop.Body])
                {
                    if (Form == TurnForm.Gather && statement.Syntax.SpanStart > shape.Head!.Syntax.SpanStart) break;
                    if (Captures.ObstacleIn(statement) is { } obstacle) return obstacle;
                }

                return null;
            }
        }

        public string? Conflict()
        {
            if (before.Obstacle is { } unclear) return $"before the call: {unclear}";
            if (after.Obstacle is { } unknown) return $"after the call: {unknown}";
            if (before.Waiting is Waiting.Delay or Waiting.OtherWork || after.Waiting is not (Waiting.Memory or Waiting.Unstated)) return "the turn waits for something else";
            if (after.Guards) return "a check after the call decides whether the loop goes on";
            foreach (var effect in Outside(before))
            {
                if (effect.Access != Access.Read && effect.Place is not { Kind: PlaceKind.External, Channel: Channel.Log }) return $"the turn changes {effect.Place} before it calls";
            }

            foreach (var effect in Outside(after))
            {
                if (effect.ChangesTheWorld) return $"the turn goes on to write to {effect.Place}";
                if (effect is { Access: not Access.Read, Place: { Kind: PlaceKind.External, Channel: Channel.Clock or Channel.Ambient } }) return "the turn measures time or changes ambient state";
            }

            var header = Walker();
            if (shape.Loop is IForEachLoopOperation each)
            {
                header.Tree(each.Collection);
                header.Enumerate(each.Collection);
            }
            else if (shape.Loop is IForLoopOperation { Condition: { } condition })
            {
                header.Tree(condition);
            }

            if (!shape.IsStream && header.Waiting is (Waiting.OtherWork or Waiting.Delay)) return "the source waits for its items";
            if (header.Obstacle is { } source && shape.Source?.Plain() is not IAwaitOperation && Outside(after).Any(e => e.Access != Access.Read && e.Place is { Kind: not PlaceKind.External, Symbol: not ILocalSymbol })) return $"the source may see what a turn changes: {source}";
            List<Effect> called = [.. calls.Where(e => !objects.Owns(e))];
            if (Commutation.Conflict(called, called) is { } shared) return Describe(shared);
            List<Effect> moved = [.. called, .. Outside(before), .. header.Effects.Where(e => !objects.Owns(e))];
            if (Commutation.Conflict(called, moved) is { } changed) return $"{changed} is changed by the call and read by the next turn";
            if (Commutation.Conflict([.. Outside(after)], moved) is { } carried) return $"{carried} flows from turn to turn";
            return null;
        }

        private EffectWalker Walker() => new(model, Summaries.Depth - 1, objects.Owns);

        private IEnumerable<Effect> Outside(EffectWalker part) => part.Effects.Where(e => !objects.Owns(e));

        private static string Describe(Place place) => place.Kind == PlaceKind.UnitOfWork ? $"all turns use {place}" : $"all turns use {place}, which the call changes or which takes one operation at a time";

        /// <summary>A statement that stays in the second part awaits more than the call that is taken out of it.</summary>
        private bool AwaitsMore(IOperation head) =>
            !ReferenceEquals(shape.Cut, head) && shape.Sites.Any(s => s.Await.IsInside(head) && !s.Await.IsInside(shape.Last.Await));

        /// <summary>Some turns stop between the leading conditions and the call.</summary>
        private bool SkipsBefore(IOperation head) =>
            shape.Statements.Where(s => s.Syntax.SpanStart <= head.Syntax.SpanStart).Any(s => s.DescendantsAndSelf().Any(o => o is IBranchOperation { BranchKind: BranchKind.Continue } skip && SymbolEqualityComparer.Default.Equals(skip.Target, shape.Loop.ContinueLabel)));

        /// <summary>What a <c>using</c> of the calling part disposes is used after it.</summary>
        private bool UsesDisposed(IOperation head)
        {
            var disposed = shape.Statements.TakeWhile(s => !ReferenceEquals(s, head)).Append(head).OfType<IUsingDeclarationOperation>()
                .SelectMany(u => u.DeclarationGroup.Declarations).SelectMany(d => d.Declarators).Select(d => d.Symbol).ToList();
            return disposed.Count > 0 && shape.Statements.SkipWhile(s => !ReferenceEquals(s, head)).Skip(1).Any(s => s.DescendantsAndSelf().Any(o => o is ILocalReferenceOperation l && disposed.Contains(l.Local, SymbolEqualityComparer.Default)));
        }
    }
}
