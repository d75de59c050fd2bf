using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Decides whether the turns of a computing loop may run at the same time: of two turns, neither may write what the other uses, and nothing outside of the
/// process may notice. Own to a turn are its variables, what it creates, and the array elements at its own counter. What is not understood is a conflict.
/// </summary>
public sealed class TurnIndependence(ProgramModel model)
{
    /// <summary>Unknown where the turns may depend on each other; the obstacle says how.</summary>
    public (Confidence Confidence, string? Obstacle) Of(PlainLoop loop, FlatBody body)
    {
        var obstacle = Conflict(loop, body, out var confidence);
        return obstacle is null ? (confidence, null) : (Confidence.Unknown, obstacle);
    }

    private string? Conflict(PlainLoop loop, FlatBody body, out Confidence confidence)
    {
        confidence = Confidence.Unknown;
        if (loop.Loop.Body.Descendants().Any(o => o.Type is { } type && model.App.HostOf(type) == Host.Ui)) return "a turn uses what belongs to the UI thread";
        var objects = new TurnObjects(loop.Loop, _ => false, model.Catalogue);
        var slots = TurnSlots.Of(loop);
        var turn = Walked(loop, new EffectWalker(model, 0, objects.Owns, slots));
        if (turn.Obstacle is not null)
        {
            // Most loops change something in their own code that the next turn needs: none of the methods that they call has to be bound to see it.
            List<Effect> own = [.. turn.Effects.Where(e => e.Place.Symbol is not null && !objects.Owns(e))];
            if (Commutation.Conflict(own, own) is { } changed) return $"turns share {changed}";
            turn = Walked(loop, new EffectWalker(model, Summaries.Depth - 1, objects.Owns, slots));
        }

        if (turn.Obstacle is { } unknown) return unknown;
        if (turn.Waiting != Waiting.Memory) return "a turn waits";
        if (turn.ChangesSafe) return "the order of changes to a shared object can be seen";
        if (turn.Remembers) return "what was found is remembered";
        List<Effect> effects = [.. turn.Effects.Where(e => !objects.Owns(e))];
        if (effects.FirstOrDefault(LeavesMemory) is { } outside) return $"a turn uses {outside.Place}";
        if (Commutation.Conflict(effects, effects) is { } shared) return $"turns share {shared}";

        var header = new EffectWalker(model, Summaries.Depth - 1, objects.Owns);
        if (loop.Source is { } source)
        {
            header.Tree(source);
            header.Enumerate(source);
        }
        else
        {
            header.Tree(loop.Count!.Limit); // asked before every turn, from now on only once
            if (header.Obstacle is not null || header.Effects.Any(LeavesMemory)) return "its limit may be another one in every turn";
        }

        if (Commutation.Conflict(effects, [.. header.Effects]) is { } moved) return $"a turn changes {moved}, which the loop steps by";
        var certain = loop.Confidence == Confidence.Certain && !turn.Likely && !slots.OwnsRows;
        List<ISymbol> targets = [.. slots.Written];
        foreach (var target in loop.Results is { } results ? targets.Append(results) : targets)
        {
            if (effects.Concat(header.Effects).Any(e => e.Place.Kind == PlaceKind.Contents && (e.Place.Symbol is null || SymbolEqualityComparer.Default.Equals(e.Place.Symbol, target))))
                return $"turns write to '{target.Name}' and use what others wrote";
            if (IsNew(target, loop, body)) continue;
            certain &= !effects.Any(e => e.Place is { Kind: PlaceKind.Contents, Symbol: { } other } && MayBe(target, other));
            certain &= slots.ShareIndex || !targets.Any(t => !SymbolEqualityComparer.Default.Equals(t, target) && MayBe(target, t));
        }

        confidence = certain ? Confidence.Certain : Confidence.Likely;
        return null;
    }

    private static EffectWalker Walked(PlainLoop loop, EffectWalker turn)
    {
        Walk(loop.Loop.Body, loop.Gathers, turn);
        return turn;
    }

    /// <summary>All that a turn does; of the statement that gathers its result only the result.</summary>
    private static void Walk(IOperation operation, IInvocationOperation? gathers, EffectWalker walker)
    {
        if (gathers is null || !gathers.IsInside(operation))
        {
            walker.Tree(operation);
            return;
        }

        if (ReferenceEquals(operation, gathers))
        {
            walker.Tree(gathers.Arguments[0]);
            return;
        }

        foreach (var child in operation.ChildOperations) Walk(child, gathers, walker);
    }

    private static bool LeavesMemory(Effect effect) => effect.Place.Kind is PlaceKind.External or PlaceKind.UnitOfWork;

    /// <summary>Made in this member and, up to the end of the loop, held by one variable: no other name stands for it.</summary>
    private static bool IsNew(ISymbol array, PlainLoop loop, FlatBody body) =>
        array is ILocalSymbol local
        && body.Values.OnlyValueOf(local)?.Plain() is IArrayCreationOperation or IObjectCreationOperation or ICollectionExpressionOperation
        && body.Values.UsesOf(local).All(u => u.Syntax.SpanStart > loop.Loop.Syntax.Span.End || u.Parent is IArrayElementReferenceOperation or IMemberReferenceOperation or IInvocationOperation or IForEachLoopOperation || u.Parent is IConversionOperation { Parent: IForEachLoopOperation });

    /// <summary>The other variable may hold the same array.</summary>
    private static bool MayBe(ISymbol array, ISymbol other)
    {
        var (one, two) = (array.TypeOfValue(), other.TypeOfValue());
        if (one is null || two is null) return true;
        return SymbolEqualityComparer.Default.Equals(one, two) || two.TypeKind is TypeKind.Interface or TypeKind.TypeParameter || two.SpecialType is SpecialType.System_Object or SpecialType.System_Array;
    }
}
