using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>May a join stand in front of the first await of started tasks? What runs between the awaits then comes after all of them: no task may need it to end.</summary>
public static class JoinPlace
{
    /// <summary>Null, or why not.</summary>
    public static string? Obstacle(ProgramModel model, StartedTasks tasks)
    {
        var (first, last) = (tasks.Tasks[0].Await, tasks.Tasks[tasks.Tasks.Count - 1].Await);
        var walker = new EffectWalker(model, Summaries.Depth - 1);
        for (var i = 0; i < tasks.Statements.Count; i++)
        {
            EvaluationOrder.Visit(tasks.Statements[i], i == 0 ? first : null, i == tasks.Statements.Count - 1 ? last : null, walker);
        }

        var between = tasks.Statements.SelectMany(s => s.Descendants()).Where(o => o.Syntax.SpanStart > first.Syntax.SpanStart && o.Syntax.SpanStart < last.Syntax.SpanStart);
        return Obstacle(model, walker, between);
    }

    /// <summary>The same for the body of a loop that awaits one task after the other.</summary>
    public static string? Obstacle(ProgramModel model, IOperation body)
    {
        var walker = new EffectWalker(model, Summaries.Depth - 1);
        walker.Tree(body);
        return Obstacle(model, walker, body.Descendants());
    }

    private static string? Obstacle(ProgramModel model, EffectWalker walker, IEnumerable<IOperation> operations)
    {
        if (walker.Obstacle is { } unknown) return $"between the awaits: {unknown}";
        if (walker.Waiting is not (Waiting.Memory or Waiting.Unstated)) return "something else is awaited between the awaits";
        if (operations.Any(o => o is IInvocationOperation call && Signals(model, call))) return "another operation is told something between the awaits";
        return walker.Writes || walker.Effects.Any(e => e.Access != Access.Read && e.Place is { Kind: PlaceKind.External, Channel: not Channel.Log } or { Kind: PlaceKind.Contents, Symbol: null } or { Kind: PlaceKind.UnitOfWork }) ? "something is written between the awaits" : null;
    }

    /// <summary>Changes an object that is made to be shared: a signal, a queue.</summary>
    private static bool Signals(ProgramModel model, IInvocationOperation call) =>
        model.Catalogue.Of(call.Instance?.Type) is { Sharing: Sharing.Safe } && model.Catalogue.Of(call.TargetMethod) is { Touch: Touch.Write, Channel: not Channel.Log };
}
