using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath;

/// <summary>
/// EXM201: heavy computing in code that somebody awaits. The Engine says what is heavy and who runs it; this rule knows what that host should do instead.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class CpuWorkOnAsyncPathAnalyzer() : RuleAnalyzer(CpuWorkOnAsyncPath)
{
    public const string Id = "EXM201";

    private static readonly DiagnosticDescriptor CpuWorkOnAsyncPath = new(
        Id,
        "Heavy computing on an async path",
        "{0} computes {1} ({2}): {3}",
        "Computing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Async code promises to hold its thread only for a moment. Computing holds it: a window freezes, or requests that only wait queue behind the one that computes.",
        Rule.Pages + "Computing/CpuWorkOnAsyncPath/EXM201.md");

    /// <summary>What to say where a host runs heavy work.</summary>
    private sealed record Advice(string Where, string Remedy, string Fix, Confidence Highest = Confidence.Certain, Confidence Lowest = Confidence.Likely);

    private static readonly Advice InRequest = new("on a thread that serves requests", "move it to the project's bounded CPU lane", "lane");
    private static readonly Advice OnSharedPool = new("on the pool that serves requests", "Task.Run only moves it within that pool, the project's bounded CPU lane keeps requests free of it", "pool");
    private static readonly Advice OnUiThread = new("on the UI thread", "run it with 'await Task.Run' here, in the caller", "task-run");
    private static readonly Advice InTurn = new("inside a turn and holds back the next ones", "move it to the project's bounded CPU lane", "lane", Confidence.Likely);
    private static readonly Advice InBrowser = new("on the browser's only thread", "compute in pieces with 'await Task.Delay(1)' between them, Task.Run has no other thread to offer", "none: there is no other thread", Confidence.Likely);
    private static readonly Advice InClassicAspNet = new("on a thread that serves requests", "cache it or move it to a background worker, another thread has no request context", "none: the request context would be lost", Confidence.Likely);
    private static readonly Advice AtHostStart = new("before the first await of a background service, while the host waits to start", "put 'await Task.Yield()' before it", "none: the start of the method decides", Confidence.Likely);
    private static readonly Advice InLibrary = new("on its caller's thread in spite of its async signature", "offer it as a synchronous method, the caller knows where to compute", "none: the caller decides where to compute", Confidence.Likely, Confidence.Certain);
    private static readonly Advice InService = new("on the thread of whoever awaits it", "an application that serves requests should run it in a bounded CPU lane", "none: who calls decides where to compute", Confidence.Likely, Confidence.Certain);

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        MemberContext.Register(context, model, block =>
        {
            var syntax = block.Syntax;
            if (block.Member is not IMethodSymbol member || !AsyncPath.MayBe(model, member, syntax) || model.CostsOf(member, syntax) is not { } costs || AsyncPath.Excludes(model, member, syntax)) return;
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                if (frame.Calls.Count + frame.Creations.Count + frame.Loops.Count == 0) continue;
                if (AsyncPath.Of(model, body, frame) is { } path) Examine(block, model, costs, body, frame, path);
            }
        });
    }

    private void Examine(MemberContext context, ProgramModel model, CostModel costs, FlatBody body, Frame frame, AsyncPath path)
    {
        var tree = frame.Root.Syntax.SyntaxTree;
        foreach (var work in CpuWork.In(frame, model, costs, RuleOptions.CpuThresholdMs.Read(context.Options, tree) * 1e6))
        {
            var location = work.Operation.Syntax.GetLocation();
            if (AdviceFor(model, frame, path, work) is not { } advice || path.Host == Host.Unstated && IsAllThereIs(context, model, frame))
            {
                Drop(context, location, $"{path.Host} may compute here: {work.Evidence}");
                continue;
            }

            var confidence = work.Confidence < advice.Highest ? work.Confidence : advice.Highest;
            if (work.Confidence < advice.Lowest || confidence < RuleOptions.MinimumConfidence.Read(context.Options, tree)) Drop(context, location, $"not sure enough: {work.Evidence}");
            else Report(context, model, body, frame, path, work, advice, confidence);
        }
    }

    /// <summary>The method never waits: that is said of its signature, once, and not of each place that computes.</summary>
    private static bool IsAllThereIs(MemberContext context, ProgramModel model, Frame frame) =>
        PretendedWait.Of(model, model.ProvedCosts, frame, RuleOptions.CpuThresholdMs.Read(context.Options, frame.Root.Syntax.SyntaxTree) * 1e6) is { OnPool: false, Confidence: Confidence.Certain };

    /// <summary>The truth table of the page; null where computing is the right thing to do.</summary>
    private static Advice? AdviceFor(ProgramModel model, Frame frame, AsyncPath path, CpuWork work) => path.Host switch
    {
        Host.Web or Host.Handler when model.App.IsClassicAspNet => InClassicAspNet,
        Host.Web or Host.Handler => path.Lane == Lane.Pool ? OnSharedPool : InRequest,
        _ when path.Lane == Lane.Pool => null,
        Host.Ui => OnUiThread,
        Host.Turn => InTurn,
        Host.Browser => InBrowser,
        Host.Worker => model.App.HoldsHostStart(frame, work.Operation) ? AtHostStart : null,
        Host.Unstated => frame.Method?.ImplementsOrOverrides() == true ? InService : InLibrary,
        _ => null,
    };

    private void Report(MemberContext context, ProgramModel model, FlatBody body, Frame frame, AsyncPath path, CpuWork work, Advice advice, Confidence confidence)
    {
        var (fix, partners) = Repair(model, frame, path, work, advice);
        var name = work.Operation switch
        {
            IInvocationOperation call => $"'{call.TargetMethod.Name}'",
            IObjectCreationOperation creation => $"'new {creation.Type?.Name}'",
            _ => "The loop",
        };
        var properties = ImmutableDictionary<string, string?>.Empty.Add("fix", fix);
        if (TokenInScope.Of(frame, model) is { } token) properties = properties.Add("token", token);
        if (fix == "lane" && SharedTurns(model, body, frame, path, work) is { IsEmpty: false } turns)
        {
            properties = properties.Add("turns", $"{partners.Length}");
            partners = partners.AddRange(turns);
        }

        Report(context, confidence, work.Operation.Syntax.GetLocation(), partners.Select(p => p.Syntax.GetLocation()), properties, name, advice.Where, work.Evidence, advice.Remedy);
    }

    private static (string Fix, ImmutableArray<IOperation> Partners) Repair(ProgramModel model, Frame frame, AsyncPath path, CpuWork work, Advice advice)
    {
        if (advice.Fix.StartsWith("none", StringComparison.Ordinal)) return (advice.Fix, []);
        if (path.PoolCall is { } pool) return OnlyRuns(pool) ? (advice.Fix, [pool]) : ("none: this form of Task.Run has no counterpart", []);
        if (!path.CanAwait) return ("none: the method can't await", []);
        var moved = MovedWork.Of(work.Operation, frame, path.Host, model);
        return moved.Obstacle is { } obstacle ? ("none: " + obstacle, []) : (advice.Fix, moved.First);
    }

    /// <summary>The loop that is the work, or is around it, where its turns may share the lane: the loop, its bound and what gathers its results.</summary>
    private static ImmutableArray<IOperation> SharedTurns(ProgramModel model, FlatBody body, Frame frame, AsyncPath path, CpuWork work)
    {
        var around = frame.Loops.Where(l => l.Syntax.Span.Contains(work.Operation.Syntax.Span)).OrderByDescending(l => l.Syntax.Span.Length);
        foreach (var loop in around)
        {
            if (PlainLoop.Of(loop, out _) is not { } plain || MovedWork.Of(loop, frame, path.Host, model).Obstacle is not null) continue;
            if (model.Turns.Of(plain, body).Confidence == Confidence.Certain) return [.. plain.Parts];
        }

        return [];
    }

    /// <summary><c>Task.Run(work)</c> or <c>Task.Run(work, token)</c> with work that returns no task: the lane has the same two forms.</summary>
    private static bool OnlyRuns(IInvocationOperation pool) => pool.TargetMethod.Parameters[0].Type is INamedTypeSymbol work
        && (work.Name == "Action" || work.Name == "Func" && work.TypeArguments[0].Name is not ("Task" or "ValueTask"));
}
