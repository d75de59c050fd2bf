using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedThreads;

/// <summary>
/// EXM303: a thread per item or per request. The Engine says how many items there can be; this rule leaves few threads, and those that only wait, to others:
/// the latter need no thread at all, which is another rule's report.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedThreadsAnalyzer() : RuleAnalyzer(UnboundedThreads)
{
    public const string Id = "EXM303";

    private static readonly DiagnosticDescriptor UnboundedThreads = new(
        Id,
        "Nothing limits how many threads are started",
        "'{0}' starts a thread of its own for each {1}: each takes memory for its stack, and all of them compete for the processors; {2}",
        "Budget",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A thread costs a stack and a place in the scheduler. A few threads do the same work in the same time, however many items there are.",
        Rule.Pages + "Budget/UnboundedThreads/EXM303.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var (names, sizes, throttle) = (OwnThread.Names, new SourceSize(model), new Throttle(model));
        MemberContext.Register(context, model, block =>
        {
            if (!block.Writes(names)) return;
            var body = block.Body;
            foreach (var thread in OwnThread.In(model, body)) Examine(block, model, body, thread, sizes, throttle);
        });
    }

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, OwnThread thread, SourceSize sizes, Throttle throttle)
    {
        var location = ApiName.Of(thread.Making.Syntax).GetLocation();
        var size = thread.Size(body, sizes, throttle);
        var (confidence, each) = size switch
        {
            Bound.Huge huge => (Confidence.Certain, huge.Each),
            Bound.AtMost { Count: > Bound.Few } many => (Confidence.Likely, $"of {many.Count} turns"),
            Bound.Unbounded unbounded => (Confidence.Likely, unbounded.Each),
            null when model.App.HostOf(thread.Frame) is Host.Web or Host.Handler && Recurrence.Of(model, body, thread.Frame, thread.Making, sizes) == Repetition.PerRequest => (Confidence.Likely, "request"),
            _ => (Confidence.Unknown, ""),
        };
        if (confidence == Confidence.Unknown || confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!))
        {
            Drop(context, location, size?.ToString() ?? "one thread");
            return;
        }

        if (OnlyWaits(context, model, thread))
        {
            Drop(context, location, "it only waits: no thread is needed at all");
            return;
        }

        var joined = JoinedThreads.Of(model, body, thread, out var obstacle);
        var properties = obstacle is null ? null : ImmutableDictionary<string, string?>.Empty.Add("fix", "none: " + obstacle);
        IEnumerable<IOperation> parts = joined is null ? [thread.Making] : [thread.Making, joined.Loop, joined.Work, .. joined.Goes];
        Report(context, confidence, location, parts.Select(p => p.Syntax.GetLocation()), properties, ApiName.Spell(thread.Api), each, each == "request" ? "a queue with few workers takes them in turn" : "'Parallel.ForEach' with 'MaxDegreeOfParallelism' makes do with few");
    }

    /// <summary>Then the thread is the mistake, not their number.</summary>
    private static bool OnlyWaits(MemberContext context, ProgramModel model, OwnThread thread) =>
        thread is { Work: { } work, Api.MethodKind: MethodKind.Constructor } && IoBody.Of(model, work, RuleOptions.CpuThresholdMs.Read(context.Options, thread.Making.Syntax.SyntaxTree) * 1e6) is { IsAllWaiting: true };
}
