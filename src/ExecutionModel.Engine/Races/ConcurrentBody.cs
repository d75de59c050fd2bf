using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>When runs overlap.</summary>
public enum Overlap
{
    /// <summary>From their first instruction on: each has a thread.</summary>
    Threads,

    /// <summary>Behind their first wait: until then they take turns on the thread that starts them.</summary>
    Awaits,
}

/// <summary>A function that runs several times, or beside another one, at once.</summary>
/// <param name="Frame">The lambda, local function or method.</param>
/// <param name="Api">What runs it so: <c>Parallel.ForEach(…)</c>, <c>Task.WhenAll(…)</c>; bodies of one call run beside each other.</param>
/// <param name="Repeats">It runs beside itself.</param>
/// <param name="Outer">The frame that holds the call.</param>
/// <param name="Turn">What surrounds one run: its variables are its own.</param>
/// <param name="Confidence">That they run at once.</param>
public sealed record ConcurrentBody(Frame Frame, IOperation Api, Overlap Overlap, bool Repeats, Frame Outer, IOperation Turn, Confidence Confidence)
{
    /// <summary>The call that starts a method of another member; null where the function stands here.</summary>
    public IOperation? Started { get; init; }

    /// <summary>Each run has its own: its parameters and locals, the item of the loop that starts it.</summary>
    public bool Owns(ISymbol symbol) => symbol is ILocalSymbol or IParameterSymbol && (Turn.Declares(symbol) || (Frame.Root.Parent ?? Frame.Root).Declares(symbol));
}
