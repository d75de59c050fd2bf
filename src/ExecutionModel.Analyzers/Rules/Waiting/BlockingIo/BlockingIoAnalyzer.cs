using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Waiting.BlockingIo;

/// <summary>
/// EXM104: I/O that keeps its thread, in code that could await it. The Engine says what blocks, what its awaitable form is and whether an await may stand
/// there; this rule decides who should hear of it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingIoAnalyzer() : RuleAnalyzer(BlockingIo)
{
    public const string Id = "EXM104";

    private static readonly DiagnosticDescriptor BlockingIo = new(
        Id,
        "Blocking I/O in async code",
        "'{0}' keeps its thread while {1}; '{2}' gives it back",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "An async method promises to keep its thread only while it computes. A blocking call keeps it while a disk, a network or a database works, and whoever needs a thread waits, too.",
        Rule.Pages + "Waiting/BlockingIo/EXM104.md");

    private static readonly ImmutableDictionary<string, string?> NoFix = ImmutableDictionary<string, string?>.Empty.Add("fix", "none: the method that blocks has no async form yet");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        Func<SyntaxNode, bool> mayBlock = model.BlockingPaths.MayStandIn;
        MemberContext.Register(context, model, block =>
        {
            HashSet<ISymbol>? told = null; // a helper is named where it is first called
            foreach (var frame in AsyncFrames.Of(block, model, mayBlock)) Examine(block, model, frame, ref told);
        });
    }

    private void Examine(MemberContext context, ProgramModel model, Frame frame, ref HashSet<ISymbol>? told)
    {
        foreach (var call in frame.Calls)
        {
            var blocking = model.Blocking.Io(call);
            var path = blocking is null ? model.BlockingPaths.Of(call) : null;
            if (blocking is null && path is null) continue;
            var location = call.Syntax.GetLocation();
            if (AwaitPlace.Of(model, frame, call) is { CanAwait: false } place)
            {
                Drop(context, location, place.Obstacle ?? "not async");
                continue;
            }

            var (form, obstacle) = model.Counterparts.Of(call, blocking?.Facts, frame);
            if (form is not null && Peers.Report(context, frame, call.TargetMethod, form.Method)) Drop(context, location, "another analyzer reports it");
            else if (form is not null)
            {
                var weight = Weigh(model, context.Member, frame, blocking?.Channel ?? path!.Leaf.Channel, blocking?.Confidence ?? path!.Confidence);
                if (weight == Confidence.Unknown) Drop(context, location, "a file, and nobody else needs the thread");
                else Report(context, weight, call, path, blocking ?? path!.Leaf, form, AsyncFrames.Repair(model, call, form));
            }
            else if (path is null || frame.Method?.Name == call.TargetMethod.Name + "Async") Drop(context, location, obstacle);
            else if (WithoutForm(model, context.Member, frame, path) is var confidence && confidence == Confidence.Unknown) Drop(context, location, "a file, a method without an async form, and nobody's request waits");
            else if ((told ??= new(SymbolEqualityComparer.Default)).Add(call.TargetMethod.OriginalDefinition)) Report(context, confidence, call, path, path.Leaf, path.Counterpart, NoFix);
        }
    }

    private void Report(MemberContext context, Confidence confidence, IInvocationOperation call, BlockingPath? path, BlockingCall leaf, AsyncCounterpart form, ImmutableDictionary<string, string?> properties)
    {
        var location = call.Syntax.GetLocation();
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var way = string.Join(" → ", [.. (path?.Methods ?? []).Select(m => m.Name), AsyncFrames.Spell(leaf.Call.TargetMethod)]);
        Report(context, confidence, location, path is null ? [] : [leaf.Call.Syntax.GetLocation()], properties, way, WhatWorks(leaf.Channel), "await " + AsyncFrames.Spell(form.Method));
    }

    /// <summary>Most files are small and answered from the system's cache: only a window is sure to be better off, and a program of one task has nothing else to run meanwhile.</summary>
    private static Confidence Weigh(ProgramModel model, ISymbol member, Frame frame, Channel channel, Confidence confidence) => channel != Channel.File ? confidence : AsyncPath.HostOf(model, member, frame) switch
    {
        Host.Ui => confidence,
        Host.Console => Confidence.Unknown,
        _ => confidence == Confidence.Certain ? Confidence.Likely : confidence,
    };

    /// <summary>The method would have to get an async form first: for a server or a database that is worth it; for a file where requests or a window wait, and close by.</summary>
    private static Confidence WithoutForm(ProgramModel model, ISymbol member, Frame frame, BlockingPath path)
    {
        if (path.Leaf.Channel is Channel.Network or Channel.Database) return path.Confidence;
        return path.Methods.Length == 1 && AsyncPath.HostOf(model, member, frame) is Host.Web or Host.Handler or Host.Ui or Host.Turn ? Confidence.Likely : Confidence.Unknown;
    }

    private static string WhatWorks(Channel channel) => channel switch
    {
        Channel.File => "the disk works",
        Channel.Network => "the network answers",
        Channel.Database => "the database works",
        Channel.Queue => "the queue answers",
        Channel.Process => "the other process works",
        _ => "the other side works",
    };
}
