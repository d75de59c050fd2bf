using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Computing.ConcurrencyOnOneThread;

/// <summary>Starts each operation on a thread of its own: on the pool, or, where the pool serves requests, on the project's CPU lane. Results keep their order.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ConcurrencyOnOneThreadCodeFix() : RuleCodeFix(ConcurrencyOnOneThreadAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Property("fix") == "task-run")
        {
            var task = TypeSpelling.At(target.Model, target.Node.SpanStart, "System.Threading.Tasks.Task");
            return Started(target, "Start each on the thread pool with Task.Run", task + ".Run", null);
        }

        return CpuLane.At(target, cancellationToken) is { } lane
            ? Started(target, lane.File is null ? "Start each on the project's CPU lane" : "Start each on a bounded CPU lane (adds CpuLane.cs)", lane.Spelling + ".Run", lane.File)
            : None;
    }

    private static Task<IReadOnlyList<RuleFix>> Started(FixTarget target, string title, string runner, ProjectFile? file)
    {
        var forms = target.Property("forms")?.Split(';') ?? [];
        if (forms.Length > target.Partners.Length) return None;
        if (forms.Length < target.Partners.Length) return One(new RuleFix(title, WithLocals(target, forms[0], runner)) { Needs = file });
        var moved = new Dictionary<SyntaxNode, SyntaxNode>();
        for (var i = 0; i < forms.Length; i++)
        {
            if (target.Partners[i] is not ExpressionSyntax start || OffloadedStart.Of(start, forms[i], runner, target.Model) is not { } now) return None;
            moved[start] = now;
        }

        return One(new RuleFix(title, target.Root.ReplaceNodes(moved.Keys, (start, _) => moved[start])) { Needs = file });
    }

    /// <summary>One call, and operands that are evaluated before it is handed over.</summary>
    private static SyntaxNode WithLocals(FixTarget target, string form, string runner)
    {
        var start = (ExpressionSyntax)target.Partners[0];
        return OperandLocals.Before(target.Root, target.Model, start, [.. target.Partners.Skip(1).OfType<ExpressionSyntax>()], now => OffloadedStart.Of(now, form, runner, target.Model) ?? now);
    }
}
