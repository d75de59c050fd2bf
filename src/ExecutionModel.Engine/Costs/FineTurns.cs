using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>The turns of a parallel loop or query whose lambdas are known to be over in nanoseconds.</summary>
/// <param name="Call"><c>Parallel.For</c>, <c>Parallel.ForEach</c> or <c>AsParallel</c>.</param>
/// <param name="Body">The lambda of a loop; null for a query.</param>
/// <param name="AtMost">Nanoseconds of one turn.</param>
/// <param name="Turns">How many there are, where that is constant.</param>
public sealed record FineTurns(IInvocationOperation Call, IAnonymousFunctionOperation? Body, double AtMost, double? Turns)
{
    /// <summary>Null for a loop.</summary>
    public PlinqQuery? Query { get; private init; }

    /// <summary>Operators that do nothing per item but run their lambda; sorting and grouping are work of their own.</summary>
    private static readonly HashSet<string> Plain = new(StringComparer.Ordinal)
    {
        "Select", "Where", "Sum", "Count", "LongCount", "Any", "All", "Min", "Max", "Average", "ToArray", "ToList", "First", "FirstOrDefault", "ForAll",
    };

    /// <summary>Null where the loop has options, state or sums of its own, or a body that is not known to be small.</summary>
    public static FineTurns? OfLoop(ProgramModel model, ThreadWork work)
    {
        if (work is not { Kind: ThreadKind.Loop, Api: IInvocationOperation call, Functions: [{ Function: IAnonymousFunctionOperation body } frame] } || body.Symbol.Parameters.Length != 1) return null;
        var counts = work.Method.Name == "For";
        if (call.Arguments.Length != (counts ? 3 : 2) || !counts && work.Method.Name != "ForEach" || !counts && InMemory.Of(call.Arguments[0].Value) == Confidence.Unknown) return null;
        if (model.Quick.AtMost(frame.Root) is not { } atMost) return null;
        var turns = counts ? KnownNumber.Of(call.Arguments[1].Value) - KnownNumber.Of(call.Arguments[0].Value) : KnownNumber.CountOf(call.Arguments[0].Value);
        return new FineTurns(call, body, atMost, turns);
    }

    public static FineTurns? OfQuery(ProgramModel model, IInvocationOperation start)
    {
        if (PlinqQuery.Of(start) is not { Operators.IsEmpty: false } query || query.Operators.Any(o => !Plain.Contains(o.TargetMethod.Name)) || query.Lambdas() is not { } lambdas) return null;
        double? sum = 0;
        foreach (var lambda in lambdas) sum += model.Quick.AtMost(lambda.Body);
        return sum is { } atMost ? new FineTurns(start, null, atMost, KnownNumber.CountOf(start.Arguments[0].Value)) { Query = query } : null;
    }
}
