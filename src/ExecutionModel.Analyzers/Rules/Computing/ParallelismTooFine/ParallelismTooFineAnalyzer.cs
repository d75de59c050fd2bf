using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Computing.ParallelismTooFine;

/// <summary>
/// EXM205: turns handed to other threads that are smaller than the handing over. The Engine says what a turn takes at most; this rule compares it with what
/// <c>Parallel</c> and PLINQ take for themselves.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ParallelismTooFineAnalyzer() : RuleAnalyzer(ParallelismTooFine)
{
    public const string Id = "EXM205";

    /// <summary>Nanoseconds: a call of the lambda, and the bookkeeping around it.</summary>
    private const double LoopTurn = 25;
    private const double QueryTurn = 50;

    /// <summary>Nanoseconds until other threads have begun.</summary>
    private const double Start = 10_000;

    private static readonly WordSet Names = new(["For", "ForEach", "AsParallel"]);

    private static readonly DiagnosticDescriptor ParallelismTooFine = new(
        Id,
        "Parallel turns are smaller than their own overhead",
        "'{0}' hands out turns of {1} ns at most, which takes longer than the turns themselves: {2}",
        "Computing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Each turn costs a call of a delegate and a share of the bookkeeping between threads. Where the turn itself is smaller, the processors mostly do that.",
        Rule.Pages + "Computing/ParallelismTooFine/EXM205.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        if (!block.Writes(Names)) return;
        var body = block.Body;
        var found = ThreadWork.In(model, body).Select(w => (w.Outer, Fine: FineTurns.OfLoop(model, w)))
            .Concat(body.Frames.SelectMany(f => f.Calls.Where(c => c.TargetMethod.Name == "AsParallel").Select(c => (Outer: f, Fine: FineTurns.OfQuery(model, c)))));
        foreach (var (frame, fine) in found)
        {
            if (fine is not null) Examine(block, frame, fine);
        }
    });

    private void Examine(MemberContext context, Frame frame, FineTurns fine)
    {
        var location = ApiName.Of(fine.Call.Syntax).GetLocation();
        var isSmall = fine.Turns * fine.AtMost < Start;
        if (!isSmall && fine.AtMost > (fine.Body is null ? QueryTurn : LoopTurn))
        {
            Drop(context, location, $"turns of {fine.AtMost} ns may be worth it");
            return;
        }

        var confidence = fine.Body is not null && fine.Turns is not null ? Confidence.Certain : Confidence.Likely;
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var counts = fine.Call.TargetMethod.Name == "For";
        var form = fine.Body is null ? "query" : isSmall ? counts ? "for" : "foreach" : counts ? "ranges" : "none";
        var remedy = form switch
        {
            "query" => "leave out 'AsParallel'",
            "for" or "foreach" => "a plain loop is done before other threads begin",
            "ranges" => "hand out ranges, each with a plain loop",
            _ => "hand out ranges of indices, each with a plain loop",
        };
        var properties = ImmutableDictionary<string, string?>.Empty.Add("form", form);
        if (Obstacle(frame, fine) is { } obstacle) properties = properties.Add("fix", "none: " + obstacle);
        if (fine.Turns is > 0) properties = properties.Add("turns", "some");
        SyntaxNode[] partners = fine.Body is null ? [fine.Call.Syntax] : [fine.Call.Syntax, fine.Body.Syntax];
        var nanoseconds = Math.Max(1, Math.Round(fine.AtMost)).ToString(CultureInfo.InvariantCulture);
        Report(context, confidence, location, partners.Select(p => p.GetLocation()), properties, ApiName.Spell(fine.Call.TargetMethod), nanoseconds, remedy);
    }

    private static string? Obstacle(Frame frame, FineTurns fine)
    {
        if (Regions.HasTypedCatchAround(frame, fine.Call) || Regions.SeesWrappedFaults(frame, fine.Call)) return "a catch sees the AggregateException";
        if (fine.Body is null) return fine.Query is { IsClosed: true } ? null : "the query is used as a parallel one";
        return fine.Call.Parent is IExpressionStatementOperation ? null : "the loop's own result is used";
    }
}
