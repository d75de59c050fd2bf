using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread;

/// <summary>
/// EXM203: operations that are started together and compute before they first wait: each start comes back only when its computing is done. The Engine says
/// what they compute and what they share; this rule knows where threads may be taken.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ConcurrencyOnOneThreadAnalyzer() : RuleAnalyzer(ConcurrencyOnOneThread)
{
    public const string Id = "EXM203";

    private static readonly DiagnosticDescriptor ConcurrencyOnOneThread = new(
        Id,
        "Operations started together compute one after the other",
        "{0} {1} ({2}): {3} run one after the other on one thread, in spite of '{4}'; {5}",
        "Computing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An async method runs on its caller's thread up to its first await that has to wait. Operations that compute before it can't overlap: the second is started when the first has computed.",
        Rule.Pages + "Computing/ConcurrencyOnOneThread/EXM203.md");

    /// <summary>What to do about it where a host runs the code.</summary>
    private sealed record Advice(string Remedy, string Fix, Confidence Highest = Confidence.Certain, Confidence Lowest = Confidence.Likely);

    private static readonly Advice OnPool = new("start each with 'Task.Run'", "task-run");
    private static readonly Advice OnLane = new("compute on the project's bounded CPU lane, 'Task.Run' would take the threads that serve requests", "lane", Confidence.Likely);
    private static readonly Advice InLibrary = new("only threads make them overlap, and those are the program's to give", "none: the program decides about threads", Confidence.Likely, Confidence.Certain);

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var sizes = new SourceSize(model);
        MemberContext.Register(context, model, block =>
        {
            if (!block.Writes(StartedTogether.Joins)) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                foreach (var call in frame.Calls)
                {
                    if (StartedTogether.IsJoin(model, call) && StartedTogether.Of(model, call, body.Values) is { } together) Examine(new Candidate(block, model, body, frame, together), call, sizes);
                }
            }
        });
    }

    private void Examine(Candidate candidate, IInvocationOperation join, SourceSize sizes)
    {
        var (context, model, body, frame, together) = candidate;
        var location = ApiName.Of(join.Syntax).GetLocation();
        var host = AsyncPath.HostOf(model, body.Member, frame);
        if (AdviceFor(model, host) is not { } advice) return;
        var costs = advice.Lowest == Confidence.Certain ? model.ProvedCosts : model.Costs;
        var threshold = RuleOptions.CpuThresholdMs.Read(context.Options, location.SourceTree!) * 1e6;
        var heavy = together.Starts.Select(s => Heavy.Of(s, costs, threshold)).OfType<Heavy>().ToList();
        if (heavy.Count < (together.FanOut is null ? 2 : 1))
        {
            Drop(context, location, "computes too little before it waits");
            return;
        }

        var size = together.FanOut is { } fanOut ? sizes.Of(fanOut, body.Values) : new Bound.AtMost(together.Starts.Count, "a literal");
        if (size is Bound.AtMost { Count: < 2 } one)
        {
            Drop(context, location, one.ToString());
            return;
        }

        var runs = heavy.Select(h => SimultaneousRuns.Of(model, h.Start, h.Blocks, host, body.Values)).ToList();
        if (runs.Find(r => r.IsConflict) is { } conflict)
        {
            Drop(context, location, conflict.Obstacle!);
            return;
        }

        var obstacle = runs.Find(r => r.Obstacle is not null)?.Obstacle;
        var least = heavy.OrderByDescending(h => h.Confidence).ElementAt(together.FanOut is null ? 1 : 0); // two have to compute for one to be late
        var confidence = (Confidence)Math.Min((int)least.Confidence, (int)(obstacle is null ? advice.Highest : Confidence.Likely));
        if (least.Confidence < advice.Lowest || confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!))
        {
            Drop(context, location, $"not sure enough: {least.Evidence}");
            return;
        }

        var moved = heavy.Select(h => MovedStart.Of(h.Start, model)).ToList();
        var first = runs.SelectMany(r => r.First).ToList();
        obstacle ??= heavy.Select(h => MovedStart.SeenFromOutside(h.Start, join)).FirstOrDefault(o => o is not null);
        if (first.Count > 0 && (moved.Count > 1 || !MovedStart.StandsAlone(heavy[0].Start))) obstacle ??= "its operands would be evaluated in another order";
        Report(context, confidence, location, moved.Select(m => m.Node).Concat(first.Select(f => f.Syntax)).Select(n => n.GetLocation()), Repair(advice, moved, obstacle), moved[heavy.IndexOf(least)].Method is { } method ? $"'{method}'" : "Each operation", least.OnlyComputes ? "only computes" : "computes before its first await", least.Evidence, Count(size), ApiName.Spell(join.TargetMethod), advice.Remedy);
    }

    /// <summary>The truth table of the page; null where no other thread is to be had.</summary>
    private static Advice? AdviceFor(ProgramModel model, Host host) => host switch
    {
        Host.Orchestrator or Host.Browser => null,
        Host.Web or Host.Handler or Host.Turn => model.App.IsClassicAspNet ? null : OnLane,
        Host.Unstated when model.App.Application == Host.Unstated => InLibrary,
        Host.Worker when model.App.Application == Host.Web => OnLane,
        _ => OnPool,
    };

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Repair(Advice advice, List<MovedStart> moved, string? obstacle)
    {
        var fix = obstacle is not null ? "none: " + obstacle
            : moved.Exists(m => m.Form == StartForm.None) ? "none: the operation has a form that isn't rewritten"
            : advice.Fix == "lane" && !moved.TrueForAll(m => m.IsSynchronous) ? "none: the lane is for computing alone"
            : advice.Fix;
        return ImmutableDictionary<string, string?>.Empty.Add("fix", fix).Add("forms", string.Join(";", moved.Select(m => m.Form)));
    }

    private static string Count(Bound size) => size switch
    {
        Bound.Huge { Each: var each } => $"the operations, one per {each},",
        Bound.Unbounded { Each: var each } => $"the operations, one per {each},",
        Bound.AtMost { Count: var count, Why: "a literal" or "a constant" } => $"the {count} operations",
        _ => "the operations",
    };

    private sealed record Candidate(MemberContext Context, ProgramModel Model, FlatBody Body, Frame Frame, StartedTogether Together);

    /// <summary>A start whose computing is worth a thread.</summary>
    private sealed record Heavy(IOperation Start, Confidence Confidence, string Evidence, bool OnlyComputes, bool Blocks)
    {
        public static Heavy? Of(IOperation start, CostModel costs, double threshold)
        {
            var prefix = costs.Prefixes.Of(start);
            var (confidence, evidence) = prefix.Cost.Judge(threshold);
            return confidence == Confidence.Unknown ? null : new Heavy(start, confidence, evidence, prefix.Completes, prefix.Cost.Waits);
        }
    }
}
