using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

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

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        context.RegisterOperationBlockAction(block =>
        {
            foreach (var frame in AsyncFrames.Of(block, model)) Examine(block, model, frame);
        });
    }

    private void Examine(OperationBlockAnalysisContext context, ProgramModel model, Frame frame)
    {
        foreach (var call in frame.Calls)
        {
            if (model.Blocking.Io(call) is not { } blocking) continue;
            var location = call.Syntax.GetLocation();
            if (AwaitPlace.Of(model, frame, call) is { CanAwait: false } place)
            {
                Drop(context, location, place.Obstacle ?? "not async");
                continue;
            }

            var (form, obstacle) = model.Counterparts.Of(call, blocking.Facts, frame);
            if (form is null) Drop(context, location, obstacle);
            else if (blocking.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) Drop(context, location, "not sure enough");
            else Report(context, blocking.Confidence, location, [], AsyncFrames.Repair(call, form), AsyncFrames.Spell(call.TargetMethod), WhatWorks(blocking.Channel), "await " + AsyncFrames.Spell(form.Method));
        }
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
