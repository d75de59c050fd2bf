using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Objects that one turn of a loop has for itself: its item, what it creates, and what it got from outside.</summary>
/// <param name="isItem">What the loop steps through belongs to its turn, too.</param>
internal sealed class TurnObjects(ILoopOperation loop, Func<ISymbol, bool> isItem, Catalogue catalogue)
{
    /// <summary>The item itself, but not what several items may refer to; of a fresh object everything.</summary>
    public bool Owns(Root root) =>
        root is { Traced: true, Symbols: [.., var origin] } && (IsFresh(origin) || (root.Symbols.Count == 1 && isItem(origin))) || IsValue(root);

    /// <summary>A variable of the turn that holds its value itself, or a part of one.</summary>
    private bool IsValue(Root root)
    {
        foreach (var symbol in root.Symbols)
        {
            if (symbol is ILocalSymbol { Type.IsValueType: true } local) return LoopShape.Declares(loop, local);
            if (symbol is not IFieldSymbol { Type.IsValueType: true }) return false;
        }

        return false;
    }

    /// <summary>The effect stays inside its turn.</summary>
    public bool Owns(Effect effect) => effect.Place.Symbol is { } symbol && effect.Place.Kind switch
    {
        PlaceKind.Variable => LoopShape.Declares(loop, symbol),
        PlaceKind.Contents or PlaceKind.UnitOfWork => IsFresh(symbol) || isItem(symbol),
        _ => false,
    };

    private bool IsFresh(ISymbol symbol)
    {
        if (symbol is not ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local || !LoopShape.Declares(loop, local) || isItem(local)) return false;
        return LocalInitializers.Of(loop.Body, local)?.Plain() switch
        {
            IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation or ICollectionExpressionOperation => true,
            IAwaitOperation => true,
            IInvocationOperation call => catalogue.Of(call.TargetMethod) is { Fresh: true },
            _ => false,
        };
    }
}
