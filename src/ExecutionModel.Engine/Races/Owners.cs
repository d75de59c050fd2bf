using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Races;

/// <summary>Answers: does each run have a variable of its own by this name?</summary>
internal static class Owners
{
    /// <summary>Variables of another method are those of one call; what a primary constructor captured is the object's.</summary>
    public static bool IsOwn(ISymbol symbol, Reached reached, ConcurrentBody body)
    {
        if (reached.Via is not null) return symbol is ILocalSymbol || symbol is IParameterSymbol { ContainingSymbol: not IMethodSymbol { MethodKind: MethodKind.Constructor } };
        return body.Owns(symbol) || IsOfFunction(symbol, reached.Frame, body);
    }

    /// <summary>Declared in a function that the body calls or runs on the spot.</summary>
    private static bool IsOfFunction(ISymbol symbol, Frame frame, ConcurrentBody body)
    {
        for (var f = frame; f is { Function: not null } && f != body.Frame && f != body.Outer; f = f.Outer)
        {
            if (SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, f.Method)) return true;
        }

        return false;
    }
}
