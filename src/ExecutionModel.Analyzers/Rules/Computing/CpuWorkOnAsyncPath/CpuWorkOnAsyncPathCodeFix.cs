using System.Composition;
using System.Globalization;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Computing.CpuWorkOnAsyncPath;

/// <summary>Moves the work off the thread that the rule named: UI work to the pool, request work to the project's CPU lane.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class CpuWorkOnAsyncPathCodeFix() : RuleCodeFix(CpuWorkOnAsyncPathAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken) => Task.FromResult(Plan(target, cancellationToken));

    private static IReadOnlyList<RuleFix> Plan(FixTarget target, CancellationToken cancellationToken)
    {
        var (fix, token) = (target.Property("fix"), target.Property("token"));
        if (fix == "task-run")
        {
            var task = TypeSpelling.At(target.Model, target.Node.SpanStart, "System.Threading.Tasks.Task");
            // What follows in a UI method touches controls: the context is always kept.
            return Fixes(Moved(target, "Compute on the thread pool with Task.Run", new Offload(task + ".Run", token, KeepsContext: true), null));
        }

        if (CpuLane.At(target, cancellationToken) is not { } lane) return [];
        var adds = lane.File is null ? "" : " (adds CpuLane.cs)";
        var title = lane.File is null ? "Move to the project's CPU lane" : "Move to a bounded CPU lane" + adds;
        if (fix == "pool") return Fixes(Redirected(target, title, lane));
        var keeps = AwaitStyle.KeepsContext(target.Node);
        return Fixes(
            Moved(target, title, new Offload(lane.Spelling + ".Run", lane.TakesToken ? token : null, keeps), lane.File),
            lane.SharesTurns ? Shared(target, "Share the turns of the loop among the free places of the CPU lane" + adds, new Offload(lane.Spelling + ".For", token, keeps), lane.File) : null);
    }

    private static IReadOnlyList<RuleFix> Fixes(params RuleFix?[] fixes) => [.. fixes.OfType<RuleFix>()];

    /// <summary>Operands to evaluate first; after them come the loop, its bound and what gathers its results, where turns may be shared.</summary>
    private static int Operands(FixTarget target) => target.Property("turns") is { } count ? int.Parse(count, CultureInfo.InvariantCulture) : target.Partners.Length;

    private static RuleFix? Moved(FixTarget target, string title, Offload offload, ProjectFile? file)
    {
        var root = target.Node switch
        {
            StatementSyntax loop => offload.Statement(target.Root, loop),
            ExpressionSyntax call => offload.Call(target.Root, target.Model, call, [.. target.Partners.Take(Operands(target)).OfType<ExpressionSyntax>()]),
            _ => null,
        };
        return root is null ? null : new RuleFix(title, root) { Needs = file };
    }

    private static RuleFix? Shared(FixTarget target, string title, Offload lane, ProjectFile? file)
    {
        if (target.Partners.Skip(Operands(target)).ToList() is not [StatementSyntax loop, ExpressionSyntax bound, ..] turns) return null;
        var root = new CpuLoop(loop, target.Model, lane).In(target.Root, bound, turns.ElementAtOrDefault(2) as InvocationExpressionSyntax);
        return root is null ? null : new RuleFix(title, root) { Needs = file, Choice = "turns" };
    }

    /// <summary><c>Task.Run(work)</c> as <c>CpuLane.Run(work)</c>.</summary>
    private static RuleFix? Redirected(FixTarget target, string title, CpuLane lane)
    {
        if (target.Partners.FirstOrDefault() is not InvocationExpressionSyntax { Expression: var run } call || call.ArgumentList.Arguments.Count > 1 && !lane.TakesToken) return null;
        var root = target.Root.ReplaceNode(run, Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(lane.Spelling + ".Run").WithTriviaFrom(run));
        return new RuleFix(title, root) { Needs = lane.File };
    }
}
