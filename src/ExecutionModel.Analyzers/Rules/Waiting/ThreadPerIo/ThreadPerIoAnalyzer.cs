using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Waiting.ThreadPerIo;

/// <summary>
/// EXM106: threads that do nothing but wait. The Engine says what a lambda spends its thread on; this rule decides where that is a mistake: a limit on purpose,
/// a UI that has to stay free and code that also computes are none.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ThreadPerIoAnalyzer() : RuleAnalyzer(ThreadPerIo)
{
    public const string Id = "EXM106";

    private static readonly DiagnosticDescriptor ThreadPerIo = new(
        Id,
        "Threads are spent on waiting",
        "'{0}' takes {1} '{2}': {3}",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A thread that waits for a disk, a network or a database does no work, and nobody else can have it. An await waits without one.",
        Rule.Pages + "Waiting/ThreadPerIo/EXM106.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var names = ThreadWork.Names;
        MemberContext.Register(context, model, block =>
        {
            if (!block.Writes(names)) return;
            foreach (var work in ThreadWork.In(model, block.Body)) Examine(block, model, work);
        });
    }

    private void Examine(MemberContext context, ProgramModel model, ThreadWork work)
    {
        var heavy = RuleOptions.CpuThresholdMs.Read(context.Options, work.Api.Syntax.SyntaxTree) * 1e6;
        var host = model.App.HostOf(work.Outer) is not Host.Unstated and var own ? own : model.App.Application;
        if (work.Kind == ThreadKind.Pool && (work.Await is null || host.HasContext() || model.App.IsClassicAspNet)) return; // started on purpose, or to keep a thread free
        if (work.Kind == ThreadKind.Pool && HandedCall.Of(work.Functions[0]) is IInvocationOperation call && model.Types.IsTaskLike(call.Type)) ExamineStart(context, model, work, call, heavy, host);
        else ExamineWait(context, model, work, [.. work.Functions.Select(f => IoBody.Of(model, f, heavy))], host);
    }

    /// <summary><c>await Task.Run(() => LoadAsync())</c></summary>
    private void ExamineStart(MemberContext context, ProgramModel model, ThreadWork work, IInvocationOperation call, double heavy, Host host)
    {
        var confidence = HandedCall.StartsAtOnce(model, call, heavy);
        if (host == Host.Unstated && confidence == Confidence.Certain) confidence = Confidence.Likely; // the caller of a library may have a context to keep free
        Report(context, work, confidence, [call.Syntax], Repair(context, model, work, "call", RunTokenIsPassed(work, call) ? null : "the token given to 'Run' would be lost"), "a thread only to start", call.TargetMethod.Name, "await it as it is");
    }

    private void ExamineWait(MemberContext context, ProgramModel model, ThreadWork work, IReadOnlyList<IoBody?> bodies, Host host)
    {
        if (bodies.FirstOrDefault(b => b is null || !b.IsAllWaiting && (b.Channel == Channel.File || work.Kind != ThreadKind.Loop)) is var other && (other is not null || bodies.Any(b => b is null)))
        {
            Drop(context, work.Api.Syntax.GetLocation(), other is null ? "no I/O that could be awaited, or it computes" : "it does more than wait");
            return;
        }

        var body = bodies[0]!;
        var isServer = host is Host.Web or Host.Handler;
        if (work.Kind == ThreadKind.Loop && work.Method.Parameters.Any(p => p.Type.Name == "ParallelOptions") && !isServer && (body.Channel == Channel.File || host is Host.Console or Host.Worker))
        {
            Drop(context, work.Api.Syntax.GetLocation(), "a limit that a tool sets on purpose");
            return;
        }

        var isCertain = bodies.All(b => b!.Io == Confidence.Certain && b.IsAllWaiting) && work.Kind != ThreadKind.Thread && (work.Kind == ThreadKind.Pool || isServer || body.Channel != Channel.File);
        var held = bodies.SelectMany(b => b!.Held).ToList();
        var (form, obstacle) = FormOf(model, work, bodies, held);
        var thread = (work.Kind is ThreadKind.Loop or ThreadKind.Query ? "a thread per item" : "a thread") + (bodies.All(b => b!.IsAllWaiting) ? " only to wait for" : " and lets it wait for");
        var nodes = (form == "loop" ? [work.Functions[0].Function!.Syntax] : Enumerable.Empty<SyntaxNode>()).Concat(held.Select(h => h.Operation.Syntax));
        Report(context, work, isCertain ? Confidence.Certain : Confidence.Likely, nodes, Repair(context, model, work, form, obstacle, held), thread, held[0].Call, Remedy(model, work, held[0]));
    }

    private static (string Form, string? Obstacle) FormOf(ProgramModel model, ThreadWork work, IReadOnlyList<IoBody?> bodies, IReadOnlyList<HeldPlace> held)
    {
        if (work.Kind == ThreadKind.Pool)
            return HandedCall.Of(work.Functions[0]) is { } only && ReferenceEquals(only, held[0].Operation) && work.Api is IInvocationOperation { Arguments.Length: 1 } ? (held[0].Form is null ? "task" : "counterpart", null) : ("none", "the body does more than one thing");
        if (work.Kind != ThreadKind.Loop || bodies is not [{ } body] || work.Method.Name != "ForEach" || !model.Types.HasForEachAsync || work.Functions[0].Method!.Parameters.Length != 1) return ("none", "no awaiting form of the call is known");
        if (work.Api.Parent is not IExpressionStatementOperation) return ("none", "the call's own result is used");
        if (body.Obstacle is { } inside) return ("none", inside);
        if (Regions.HasTypedCatchAround(work.Outer, work.Api)) return ("none", "the faults come in another shape");
        var place = AwaitPlace.Of(model, work.Outer, work.Api);
        return ("loop", place.CanAwait ? null : place.Obstacle ?? "the method is not async");
    }

    private static string Remedy(ProgramModel model, ThreadWork work, HeldPlace held) => work.Kind switch
    {
        ThreadKind.Loop when model.Types.HasForEachAsync => $"'Parallel.ForEachAsync' with '{held.Form?.Method.Name ?? held.Call}' waits without one",
        ThreadKind.Pool => $"await '{held.Form?.Method.Name ?? held.Call}' instead",
        _ => $"'{held.Form?.Method.Name ?? held.Call}' waits without one",
    };

    /// <summary><c>Task.Run(() => LoadAsync(stop), stop)</c>: the call sees the token by itself.</summary>
    private static bool RunTokenIsPassed(ThreadWork work, IInvocationOperation call) =>
        work.Api is IInvocationOperation run && run.Arguments.Skip(1).All(a => call.Arguments.Any(c => c.Value.Syntax.IsEquivalentTo(a.Value.Syntax)));

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Repair(MemberContext context, ProgramModel model, ThreadWork work, string form, string? obstacle, IReadOnlyList<HeldPlace>? held = null)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["form"] = form;
        properties["limit"] = RuleOptions.MaxConcurrency.Read(context.Options, work.Api.Syntax.SyntaxTree).ToString(CultureInfo.InvariantCulture);
        if (TokenInScope.Of(work.Outer, model) is { } token) properties["token"] = token;
        if (held is not null) properties["names"] = string.Join(";", held.Select(h => h.Form?.Name));
        if (held is not null) properties["tokens"] = string.Join(";", held.Select(h => h.Form?.Token));
        if (obstacle is not null) properties["fix"] = "none: " + obstacle;
        return properties.ToImmutable();
    }

    private void Report(MemberContext context, ThreadWork work, Confidence confidence, IEnumerable<SyntaxNode> nodes, ImmutableDictionary<string, string?> properties, params object[] arguments)
    {
        var location = ApiName.Of(work.Api.Syntax).GetLocation();
        if (confidence == Confidence.Unknown || confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) Drop(context, location, $"'{arguments[1]}': not sure enough");
        else Report(context, confidence, location, nodes.Prepend(work.Api.Syntax).Select(n => n.GetLocation()), properties, [ApiName.Spell(work.Method), .. arguments]);
    }
}
