using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedFanOut;

/// <summary>
/// EXM301: <c>Task.WhenAll</c> over as many I/O operations as a source has items. The Engine finds the fan-out, its I/O, its size and its limits; this rule
/// decides which combination is worth a report.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class UnboundedFanOutAnalyzer() : RuleAnalyzer(UnboundedFanOut)
{
    public const string Id = "EXM301";

    private static readonly DiagnosticDescriptor UnboundedFanOut = new(
        Id,
        "Nothing limits how many operations are in flight",
        "'{0}' starts once per {1}, all of them at once, and nothing limits how many are in flight; {2}",
        "Budget",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Each operation in flight holds a connection, memory and a share of the service behind it. Without a limit the size of the source decides how many there are.",
        Rule.Pages + "Budget/UnboundedFanOut/EXM301.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var (sizes, throttle, shared) = (new SourceSize(model), new Throttle(model), new SharedUnitOfWork(model));
        MemberContext.Register(context, model, block =>
        {
            if (!block.Writes(FanOuts.Joins)) return;
            if (model.Types.SemaphoreSlim is null) return; // the fix's gate
            var body = block.Body;
            foreach (var frame in body.Frames)
            {
                foreach (var call in frame.Calls)
                {
                    if (FanOuts.IsJoin(model, call) && FanOuts.Of(call, body.Values) is { } fanOut) Examine(new Candidate(block, model, frame, fanOut, body.Values), sizes, throttle, shared);
                }
            }
        });
    }

    private void Examine(Candidate candidate, SourceSize sizes, Throttle throttle, SharedUnitOfWork shared)
    {
        var (context, model, frame, fanOut, scope) = candidate;
        var location = fanOut.WhenAll.Syntax.GetLocation();
        if (model.App.HostOf(frame) is Host.Orchestrator) return;
        var size = sizes.Of(fanOut, scope);
        if (size.Many is not { } each)
        {
            Drop(context, location, size.ToString());
            return;
        }

        if (throttle.Of(fanOut, scope) is { } throttled)
        {
            Drop(context, location, throttled.Reason);
            return;
        }

        var work = StartedWork.Of(model, fanOut);
        if (work.Io == Confidence.Unknown)
        {
            Drop(context, location, work.Evidence);
            return;
        }

        if (work.Sends && size is Bound.Unbounded)
        {
            Drop(context, location, "messages go over one connection, and its client holds back what is too many");
            return;
        }

        if (shared.Of(fanOut) is { } unit)
        {
            Drop(context, location, $"one unit of work {unit}: it takes one operation at a time, a limit is no help");
            return;
        }

        var walks = fanOut.StartsItself(frame.Method ?? context.Member);
        var confidence = size is Bound.Huge or Bound.AtMost && work.Io == Confidence.Certain && !walks ? Confidence.Certain : Confidence.Likely;
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var limit = work.Within(RuleOptions.MaxConcurrency.Read(context.Options, location.SourceTree!));
        var remedy = walks
            ? string.Format(CultureInfo.InvariantCulture, "it calls itself, so pass one gate of {0} down and hold it around the I/O alone", limit)
            : string.Format(CultureInfo.InvariantCulture, "a gate of {0} keeps results and order", limit);
        var partners = fanOut.Starts.Prepend(fanOut.Source).Concat(fanOut.Loop is { } loop ? [loop] : []).Select(o => o.Syntax.GetLocation());
        Report(context, confidence, location, partners, Properties(candidate, work, limit, walks), work.Call, each, remedy);
    }

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(Candidate candidate, StartedWork work, int limit, bool walks)
    {
        var (_, model, frame, fanOut, _) = candidate;
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["form"] = fanOut.Form switch
        {
            FanOutForm.SelectLambda => "select-lambda",
            FanOutForm.SelectMethodGroup => "select-method-group",
            FanOutForm.Query => "query",
            _ => "loop-add",
        };
        properties["limit"] = limit.ToString(CultureInfo.InvariantCulture);
        if (TokenInScope.Of(frame, model) is { } token) properties["token"] = token;
        var place = GatePlace.Of(fanOut);
        if (fanOut.Outer is not null) properties["nested"] = "true";
        if ((walks ? "a gate of its own would not limit the sum" : place.Obstacle) is { } obstacle) properties["fix"] = "none: " + obstacle;
        properties["gate"] = place.OutlivesBlock ? "kept" : "disposed";
        if (place.DropsContext) properties["configure-await"] = "false";
        if (model.Types.HasForEachAsync && place.DropsResults && fanOut is { Tasks: null, Outer: null } && !model.App.HostOf(frame).HasContext()) properties["parallel"] = work.ReadsOnly ? "own-token" : "outer-token";
        return properties.ToImmutable();
    }

    private sealed record Candidate(MemberContext Context, ProgramModel Model, Frame Frame, FanOut FanOut, ValueScope Scope);
}
