using System.Collections.Immutable;
using System.Globalization;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Waiting.SequentialAwaits;

/// <summary>
/// EXM101: awaits in one straight line whose operations don't depend on each other. The Engine groups them; this rule decides where a group is worth a
/// report, and hands the fix the awaits, the declarations to move up, and the join.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SequentialAwaitsAnalyzer() : RuleAnalyzer(SequentialAwaits)
{
    public const string Id = "EXM101";

    private static readonly DiagnosticDescriptor SequentialAwaits = new(
        Id,
        "Independent operations are awaited one after another",
        "{0} wait in turn, but none needs the result of another: started together they take as long as the slowest ({1})",
        "Waiting",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Each await starts only when the one before is done, so the latencies add up. The operations read, and share nothing that takes one operation at a time.",
        Rule.Pages + "Waiting/SequentialAwaits/EXM101.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        MemberContext.Register(context, model, block =>
        {
            if (!block.Has(Signal.Await, enough: 2)) return;
#if !CANDIDATE_LISTING // the listing says of each pair why it was given up
            if (!block.Any(b => WrittenAwaits.MayHoldPair(model, b))) return;
#endif
            foreach (var frame in block.Body.Frames)
            {
                if (frame.Awaits.Count > 1) Examine(block, model, frame);
            }
        });
    }

    private void Examine(MemberContext context, ProgramModel model, Frame frame)
    {
        foreach (var line in StraightLine.Of(frame))
        {
            if (model.App.HostOf(frame) is Host.Orchestrator) return;
            foreach (var group in model.Independence.GroupsOf(line, frame, (site, obstacle) => Drop(context, site.Await.Syntax.GetLocation(), obstacle)))
            {
                Report(context, model, frame, group);
            }
        }
    }

    private void Report(MemberContext context, ProgramModel model, Frame frame, IndependentGroup group)
    {
        if (group.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, frame.Root.Syntax.SyntaxTree)) return;
        var first = group.Sites[0].Await;
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        properties["awaits"] = group.Sites.Length.ToString(CultureInfo.InvariantCulture);
        properties["join"] = JoinOrder.At(context, frame, first);
        if (!group.StartsSafely) properties["fix"] = "none: a later call may throw before it returns its task";
        var partners = group.Sites.Skip(1).Select(s => s.Await.Syntax).Concat(group.Hoisted.Select(h => h.Syntax)).Select(s => s.GetLocation());
        Report(context, group.Confidence, first.Syntax.GetLocation(), partners, properties.ToImmutable(), Names(group), string.Join("; ", group.Summaries.Select(s => s.Evidence).Distinct()));
    }

    /// <summary>'A', 'B' and 3 calls of 'C'.</summary>
    private static string Names(IndependentGroup group)
    {
        var names = group.Sites.GroupBy(s => s.Call.TargetMethod.Name).Select(g => g.Count() == 1 ? $"'{g.Key}'" : $"{g.Count()} calls of '{g.Key}'").ToList();
        return names.Count == 1 ? names[0] : string.Join(", ", names.Take(names.Count - 1)) + " and " + names[names.Count - 1];
    }
}
