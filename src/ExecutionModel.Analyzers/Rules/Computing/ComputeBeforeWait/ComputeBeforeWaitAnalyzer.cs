using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Computing.ComputeBeforeWait;

/// <summary>
/// EXM206: heavy computing in front of a read that doesn't need it. The Engine proves that the read may start first; this rule says so where the read is,
/// since where the computing should run is EXM201's question.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ComputeBeforeWaitAnalyzer() : RuleAnalyzer(ComputeBeforeWait)
{
    public const string Id = "EXM206";

    private static readonly DiagnosticDescriptor ComputeBeforeWait = new(
        Id,
        "Computing holds up the start of an independent operation",
        "'{0}' starts only when {1} has computed ({2}), of which it needs nothing: started before, it waits meanwhile",
        "Computing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The operation needs no thread while it waits, so it can wait while the code computes. Started after the computing, the two times add up.",
        Rule.Pages + "Computing/ComputeBeforeWait/EXM206.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        MemberContext.Register(context, model, block =>
        {
            if (block.Member is not IMethodSymbol member) return;
            CostModel? costs = null;
            foreach (var frame in AsyncFrames.Of(block, model, s => model.Signals.Has(s.SyntaxTree, s.Span, Signal.Await) && (costs ??= model.CostsOf(member, block.Syntax)) is not null))
            {
                if (frame.Awaits.Count > 0 && model.App.HostOf(frame) != Host.Orchestrator) Examine(block, model, costs!, frame);
            }
        });
    }

    private void Examine(MemberContext context, ProgramModel model, CostModel costs, Frame frame)
    {
        var body = context.Body;
        var threshold = RuleOptions.CpuThresholdMs.Read(context.Options, frame.Root.Syntax.SyntaxTree) * 1e6;
        if (CpuWork.Within(frame, body, model, costs, threshold) is not { Count: > 0 } works) return;
        foreach (var line in StraightLine.Of(frame, enough: 1))
        {
            foreach (var late in model.Independence.LateStartsOf(line, frame, works, (site, obstacle) => Drop(context, site.Await.Syntax.GetLocation(), obstacle)))
                Report(context, frame, late);
        }
    }

    private void Report(MemberContext context, Frame frame, LateStart late)
    {
        if (late.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, frame.Root.Syntax.SyntaxTree)) return;
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (late.EndsEarly) properties = properties.Add("fix", "none: should the computing throw, what the read uses would end before it does");
        else if (late.Summary.ThrowsEarly && JoinOrder.At(context, frame, late.Site.Await) == "strict") properties = properties.Add("fix", "none: its fault could come before that of the computing");
        var partners = late.Hoisted.Select(h => h.Syntax).Prepend(late.Work.Operation.Syntax).Select(s => s.GetLocation());
        Report(context, late.Confidence, late.Site.Await.Syntax.GetLocation(), partners, properties, late.Site.Call.TargetMethod.Name, Name(late.Work.Operation), late.Work.Evidence);
    }

    private static string Name(IOperation work) => work switch
    {
        IInvocationOperation call => $"'{call.TargetMethod.Name}'",
        IObjectCreationOperation creation => $"'new {creation.Type?.Name}'",
        _ => "the loop",
    };
}
