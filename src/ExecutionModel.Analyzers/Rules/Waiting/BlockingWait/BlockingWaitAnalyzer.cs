using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Waiting.BlockingWait;

/// <summary>EXM105: a sleep, or a wait for other work of the program, that keeps its thread in code that could await.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class BlockingWaitAnalyzer() : RuleAnalyzer(BlockingWait)
{
    public const string Id = "EXM105";

    private static readonly DiagnosticDescriptor BlockingWait = new(
        Id,
        "A wait keeps its thread in async code",
        "'{0}' keeps its thread for as long as it waits; {1}",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A thread that sleeps or waits for other work does nothing else. In async code it belongs to everybody: when enough of them wait, the work that would wake them finds no thread.",
        Rule.Pages + "Waiting/BlockingWait/EXM105.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        Func<SyntaxNode, bool> mayWait = b => model.Catalogue.Holding.MayStandIn(model.Words, b.SyntaxTree, b.Span);
        MemberContext.Register(context, model, block =>
        {
            foreach (var frame in AsyncFrames.Of(block, model, mayWait)) Examine(block, model, frame);
        });
    }

    private void Examine(MemberContext context, ProgramModel model, Frame frame)
    {
        foreach (var call in frame.Calls)
        {
            if (model.Blocking.Wait(call) is not { } blocking) continue;
            var location = call.Syntax.GetLocation();
            if (AwaitPlace.Of(model, frame, call) is { CanAwait: false } place)
            {
                Drop(context, location, place.Obstacle ?? "not async");
                continue;
            }

            var (form, obstacle) = model.Counterparts.Of(call, blocking.Facts, frame);
            if (form is null && blocking.Facts.Counterpart is not null)
            {
                Drop(context, location, obstacle);
                continue;
            }

            var confidence = form is null ? Confidence.Likely : blocking.Confidence;
            if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) continue;
            var remedy = form is null ? "a SemaphoreSlim, a Channel or a TaskCompletionSource can be awaited" : $"'await {AsyncFrames.Spell(form.Method)}' gives it back";
            var properties = form is null ? ImmutableDictionary<string, string?>.Empty.Add("fix", "none: there is no awaitable form") : AsyncFrames.Repair(model, call, form);
            Report(context, confidence, location, [], properties, AsyncFrames.Spell(call.TargetMethod), remedy);
        }
    }
}
