using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Computing.SequentialCpuLoop;

/// <summary>
/// EXM204: a heavy loop that leaves all processors but one idle. The Engine says what a loop costs, whether its turns depend on each other and whether the
/// processors are there to be used; this rule decides from when on that is worth a change.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SequentialCpuLoopAnalyzer() : RuleAnalyzer(SequentialCpuLoop)
{
    public const string Id = "EXM204";

    /// <summary>Handing out a turn costs a fraction of a microsecond.</summary>
    private const double LeastTurn = 2_000;

    private const int FewestTurns = 4;

    private static readonly DiagnosticDescriptor SequentialCpuLoop = new(
        Id,
        "A loop computes independent turns one at a time",
        "The loop computes one turn after the other ({0}), but no turn needs another one's result: {1} lets all processors share them",
        "Computing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "One processor computes while the others have nothing to do. The turns share nothing that one of them writes, so they may run at the same time.",
        Rule.Pages + "Computing/SequentialCpuLoop/EXM204.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        if (block.Member is not IMethodSymbol member || !block.Writes(CallWords.Loops)) return;
        if (IdleCores.Highest(model) is not (not Confidence.Unknown and var idle)) return;
        var costs = CostsFor(model, idle);
        if (!costs.MayBeHeavy(member) || !block.Any(b => b.DescendantNodes().Any(n => WrittenLoops.MayBePlain(n) && costs.MayBeHeavy(n)))) return;
        var body = block.Body;
        foreach (var frame in body.Frames)
        {
            if (frame.Loops.Count > 0) Examine(block, model, body, frame);
        }
    });

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, Frame frame)
    {
        var idle = IdleCores.At(model, context.Member, frame);
        if (idle == Confidence.Unknown) return;
        SyntaxNode? reported = null;
        foreach (var loop in frame.Loops)
        {
            if (reported?.Span.Contains(loop.Syntax.Span) == true) continue; // the outer loop has more to share
            var obstacle = ObstacleOf(context, model, body, frame, loop, idle);
            if (obstacle is null) reported = loop.Syntax;
            else Drop(context, loop.Syntax.GetFirstToken().GetLocation(), $"{obstacle} ({Heavy(context, model, loop, idle)?.Evidence ?? "light"})");
        }
    }

    /// <summary>Null where the loop was reported.</summary>
    private string? ObstacleOf(MemberContext context, ProgramModel model, FlatBody body, Frame frame, ILoopOperation loop, Confidence idle)
    {
        var plain = PlainLoop.Of(loop, out var obstacle);
        if (plain is null) return obstacle;
        if (!CostsFor(model, idle).MayBeHeavy(loop.Syntax)) return "it is not heavy";
        if (Regions.Holding(frame, loop, model.Catalogue) is { } held) return held;
        if (Regions.HasTypedCatchAround(frame, loop)) return "a catch names exceptions, which come in an AggregateException then";
        var (independent, conflict) = model.Turns.Of(plain, body);
        if (conflict is not null) return conflict;
        // Last: a conflict ends at the first body that holds one, a cost asks all that are reached.
        if (Heavy(context, model, loop, idle) is not { } work) return "it is not heavy";
        if (work.Turns < FewestTurns || work.Turn < LeastTurn) return "its turns are too few or too small to share";
        var confidence = new[] { independent, work.Confidence, idle }.Min();
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, loop.Syntax.SyntaxTree)) return "not sure enough";
        var method = plain.Source is null || plain.Gathers is not null ? "'Parallel.For'" : "'Parallel.ForEach'";
        Report(context, confidence, plain.Head.GetLocation(), plain.Parts.Select(p => p.Syntax.GetLocation()), null, work.Evidence, method);
        return null;
    }

    /// <summary>Where only the caller knows whether processors are idle, the cost has to be proved: one assumption is enough.</summary>
    private static CostModel CostsFor(ProgramModel model, Confidence idle) => idle == Confidence.Certain ? model.Costs : model.ProvedCosts;

    private static TurnWork? Heavy(MemberContext context, ProgramModel model, ILoopOperation loop, Confidence idle) =>
        CostsFor(model, idle).OfTurns(loop, RuleOptions.CpuThresholdMs.Read(context.Options, loop.Syntax.SyntaxTree) * 1e6);
}
