using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedFireAndForget;

/// <summary>
/// EXM302: a loop that starts a task per turn and keeps none of them. The Engine finds the starts, what sets their pace and what they wait for; this rule
/// decides which combination is worth a report.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedFireAndForgetAnalyzer() : RuleAnalyzer(UnboundedFireAndForget)
{
    public const string Id = "EXM302";

    private static readonly DiagnosticDescriptor UnboundedFireAndForget = new(
        Id,
        "A loop starts tasks and forgets them",
        "'{0}' starts once per {1} and nobody waits for it: nothing limits how many are in flight, and their faults are lost; keep the tasks and wait for them, {2} at a time",
        "Budget",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The loop is done before its operations are. The size of its source decides how many run at once; a fault in one is seen by nobody, and the next run of the loop adds to what the last one left.",
        Rule.Pages + "Budget/UnboundedFireAndForget/EXM302.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var throttle = new Throttle(model);
        var (turns, shared) = (new DroppedTurns(model, new SourceSize(model), throttle), new SharedUnitOfWork(model));
        MemberContext.Register(context, model, block =>
        {
            if (!block.Any(b => DroppedStart.MayStandIn(model, b))) return;
            if (model.Types.SemaphoreSlim is null) return; // the fix's gate
            if (model.App.IsSetUp(block.Member)) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                foreach (var starts in DroppedStart.In(model, frame).GroupBy(s => (object?)s.Loop ?? s)) Examine(new Candidate(block, model, frame, body.Values), [.. starts], turns, shared);
            }
        });
    }

    /// <param name="starts">Of one loop.</param>
    private void Examine(Candidate candidate, IReadOnlyList<DroppedStart> starts, DroppedTurns turns, SharedUnitOfWork shared)
    {
        var (context, model, frame, scope) = candidate;
        var location = ApiName.Of(starts[0].Call.Syntax).GetLocation();
        if (model.App.HostOf(frame) is Host.Orchestrator) return;
        var size = turns.Of(starts[0], frame, scope);
        if (size.Many is not { } each)
        {
            Drop(context, location, size.ToString());
            return;
        }

        var work = StartedWork.Of(model, starts.Select(s => s.Call));
        if (ObstacleOf(model, starts, work, size) is { } idle)
        {
            Drop(context, location, idle);
            return;
        }

        if (starts.Select(s => shared.Of(s.Call)).FirstOrDefault(u => u is not null) is { } unit)
        {
            Drop(context, location, $"one unit of work {unit}: it takes one operation at a time, a limit is no help");
            return;
        }

        var confidence = size is Bound.Huge or Bound.AtMost && work.Io == Confidence.Certain ? Confidence.Certain : Confidence.Likely;
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var limit = work.Within(RuleOptions.MaxConcurrency.Read(context.Options, location.SourceTree!));
        var partners = starts.Select(s => s.Call.Syntax).Concat(starts[0].Loop is { } loop ? [loop.Syntax] : []).Select(s => s.GetLocation());
        Report(context, confidence, location, partners, Properties(candidate, starts, limit), work.Call.Length > 0 ? work.Call : starts[0].Call.TargetMethod.Name, each, limit);
    }

    private static string? ObstacleOf(ProgramModel model, IReadOnlyList<DroppedStart> starts, StartedWork work, Bound size)
    {
        if (work.Io == Confidence.Unknown && !starts.Any(s => model.Catalogue.Of(s.Call.TargetMethod)?.Offloads == true)) return work.Evidence;
        if (work.Sends && size is Bound.Unbounded) return "messages go over one connection, and its client holds back what is too many";
        if (starts.Any(s => s.TakesThread)) return "each has a thread of its own, which is a mistake of another kind";
        if (starts.Any(s => s.IsWorker(model))) return "it runs until somebody stops it";
        return starts.Any(s => s.Signals) ? "it tells somebody that it is done" : null;
    }

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(Candidate candidate, IReadOnlyList<DroppedStart> starts, int limit)
    {
        var (_, model, frame, _) = candidate;
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["limit"] = limit.ToString(CultureInfo.InvariantCulture);
        if (TokenInScope.Of(frame, model) is { } token) properties["token"] = token;
        if (FixObstacle(model, frame, starts) is { } obstacle) properties["fix"] = "none: " + obstacle;
        return properties.ToImmutable();
    }

    private static string? FixObstacle(ProgramModel model, Frame frame, IReadOnlyList<DroppedStart> starts)
    {
        if (starts[0].Loop is not { } loop) return "a lambda that runs per item can't wait";
        if (!frame.IsAsync) return "the method is not async";
        if (starts.Any(s => !s.IsPlain || !model.Types.IsTask(s.Call.Type))) return "the task is not dropped as it is";
        if (loop.LeavesFunction()) return "the loop may leave the method before the wait";
        var place = AwaitPlace.Of(model, frame, loop);
        return place.CanAwait ? starts.Select(s => GatePlace.ObstacleIn(s.Call, FanOutForm.LoopAdd)).FirstOrDefault(o => o is not null) : place.Obstacle ?? "no await can stand there";
    }

    private sealed record Candidate(MemberContext Context, ProgramModel Model, Frame Frame, ValueScope Scope);
}
