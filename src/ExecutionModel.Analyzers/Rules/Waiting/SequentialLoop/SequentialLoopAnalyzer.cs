using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Waiting.SequentialLoop;

/// <summary>
/// EXM102: a loop that awaits one independent read per turn. The Engine says whether the turns are independent and how they can be cut; this rule decides where
/// that is worth a report, and hands the fix the loop, the last await and the statement that holds it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SequentialLoopAnalyzer() : RuleAnalyzer(SequentialLoop)
{
    public const string Id = "EXM102";

    private static readonly DiagnosticDescriptor SequentialLoop = new(
        Id,
        "A loop awaits independent reads one at a time",
        "'{0}' waits once per turn, but no turn needs the one before; {1}, the results still used in order ({2})",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Each turn starts its call only when the call before is done, so the latencies add up. The calls read, and share nothing that takes one operation at a time.",
        Rule.Pages + "Waiting/SequentialLoop/EXM102.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var (sizes, throttle) = (new SourceSize(model), new Throttle(model));
        MemberContext.Register(context, model, block =>
        {
            if (!block.Has(Signal.Await) || !block.Writes(CallWords.Loops) || !block.Any(b => WrittenAwaits.MayRepeat(model, b))) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                if (frame.Awaits.Count == 0 || frame.Loops.Count == 0) continue;
                foreach (var shape in LoopShape.Of(frame)) Examine(new Candidate(block, model, body, shape), sizes, throttle);
            }
        });
    }

    private void Examine(Candidate candidate, SourceSize sizes, Throttle throttle)
    {
        var (context, model, body, shape) = candidate;
        if (model.App.HostOf(shape.Frame) is Host.Orchestrator) return;
        var tree = shape.Loop.Syntax.SyntaxTree;
        var location = (shape.Sites.IsEmpty ? shape.Loop.Syntax : shape.Last.Await.Syntax).GetLocation();
        if (model.Loops.Of(shape, obstacle => Drop(context, location, obstacle)) is not { } turns) return;
        if (throttle.In(shape.Loop) is { } throttled)
        {
            Drop(context, location, throttled);
            return;
        }

        var few = sizes.Of(shape, body.Values) is Bound.AtMost { Count: var count } ? count : int.MaxValue;
        if (few < 2)
        {
            Drop(context, location, "one turn");
            return;
        }

        var limit = RuleOptions.MaxConcurrency.Read(context.Options, tree);
        var caught = turns.Form == TurnForm.Gather ? Regions.IsSwallowedAround(shape.Frame, shape.Loop) : Regions.HasTypedCatchAround(shape.Frame, shape.Loop);
        var confidence = few <= Math.Min(limit, Few) || caught ? Confidence.Likely : turns.Confidence;
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, tree)) return;
        var main = shape.Sites[turns.Main];
        SyntaxNode[] partners = [shape.Loop.Syntax, shape.Last.Await.Syntax, shape.Head!.Syntax];
        var gain = few <= Math.Min(limit, Few) ? "all can start together" : $"{limit.ToString(CultureInfo.InvariantCulture)} can be in flight";
        Report(context, confidence, main.Await.Syntax.GetLocation(), partners.Select(p => p.GetLocation()), Properties(candidate, turns, limit, few, caught), main.Call.TargetMethod.Name, gain, turns.Calls[turns.Main].Evidence);
    }

    /// <summary>So many calls start together without a gate.</summary>
    private const int Few = 4;

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(Candidate candidate, IndependentTurns turns, int limit, int few, bool caught)
    {
        var (_, model, _, shape) = candidate;
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["form"] = turns.Form == TurnForm.Gather ? "gather" : "whole";
        if (turns.Obstacle is { } obstacle) properties["fix"] = "none: " + obstacle;
        if (caught) properties["fix"] = "none: a catch sees which turns were done before the fault";
        if (few > Math.Min(limit, Few)) properties["limit"] = limit.ToString(CultureInfo.InvariantCulture);
        if (TokenInScope.Of(shape.Frame, model) is { } token) properties["token"] = token;
        if (shape.Sites.All(s => s.Configured == "false")) properties["configure-await"] = "false";
        if (model.Types.HasForEachAsync && !model.App.HostOf(shape.Frame).HasContext()) properties["parallel"] = "own-token";
        return properties.ToImmutable();
    }

    private sealed record Candidate(MemberContext Context, ProgramModel Model, FlatBody Body, LoopShape Shape);
}
