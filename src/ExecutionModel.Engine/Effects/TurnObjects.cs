using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Objects that one turn of a loop has for itself: its item, what it creates, and what it got from outside.</summary>
internal sealed class TurnObjects(LoopShape shape, Catalogue catalogue)
{
    /// <summary>The item itself, but not what several items may refer to; of a fresh object everything.</summary>
    public bool Owns(Root root) =>
        root is { Traced: true, Symbols: [.., var origin] } && (IsFresh(origin) || (root.Symbols.Count == 1 && shape.IsItem(origin)));

    /// <summary>The effect stays inside its turn.</summary>
    public bool Owns(Effect effect) => effect.Place.Symbol is { } symbol && effect.Place.Kind switch
    {
        PlaceKind.Variable => shape.Declares(symbol),
        PlaceKind.Contents or PlaceKind.UnitOfWork => IsFresh(symbol) || shape.IsItem(symbol),
        _ => false,
    };

    private bool IsFresh(ISymbol symbol)
    {
        if (symbol is not ILocalSymbol { DeclaringSyntaxReferences.Length: 1 } local || !shape.Declares(local) || shape.IsItem(local)) return false;
        return LocalInitializers.Of(shape.Loop.Body, local)?.Plain() switch
        {
            IObjectCreationOperation or IArrayCreationOperation or IAnonymousObjectCreationOperation or ICollectionExpressionOperation => true,
            IAwaitOperation => true,
            IInvocationOperation call => catalogue.Of(call.TargetMethod) is { Fresh: true },
            _ => false,
        };
    }
}
