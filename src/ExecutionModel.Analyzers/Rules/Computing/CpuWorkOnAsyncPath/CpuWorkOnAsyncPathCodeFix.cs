using System.Composition;
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
    private const string LaneKey = CpuWorkOnAsyncPathAnalyzer.Id + ".lane";
    private const string PoolKey = CpuWorkOnAsyncPathAnalyzer.Id + ".task-run";

    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var (fix, token) = (target.Property("fix"), target.Property("token"));
        if (fix == "task-run")
        {
            var task = TypeSpelling.At(target.Model, target.Node.SpanStart, "System.Threading.Tasks.Task");
            // What follows in a UI method touches controls: the context is always kept.
            return Moved(target, "Compute on the thread pool with Task.Run", PoolKey, new Offload(task + ".Run", token, KeepsContext: true), null);
        }

        if (CpuLane.At(target, cancellationToken) is not { } lane) return None;
        var title = lane.File is null ? "Move to the project's CPU lane" : "Move to a bounded CPU lane (adds CpuLane.cs)";
        if (fix == "pool") return Redirected(target, title, lane);
        return Moved(target, title, LaneKey, new Offload(lane.Spelling + ".Run", lane.TakesToken ? token : null, AwaitStyle.KeepsContext(target.Node)), lane.File);
    }

    private static Task<IReadOnlyList<RuleFix>> Moved(FixTarget target, string title, string key, Offload offload, ProjectFile? file)
    {
        var root = target.Node switch
        {
            StatementSyntax loop => offload.Statement(target.Root, loop),
            ExpressionSyntax call => offload.Call(target.Root, target.Model, call, [.. target.Partners.OfType<ExpressionSyntax>()]),
            _ => null,
        };
        return root is null ? None : One(new RuleFix(title, key, root) { Needs = file });
    }

    /// <summary><c>Task.Run(work)</c> as <c>CpuLane.Run(work)</c>.</summary>
    private static Task<IReadOnlyList<RuleFix>> Redirected(FixTarget target, string title, CpuLane lane)
    {
        if (target.Partners.FirstOrDefault() is not InvocationExpressionSyntax { Expression: var run } call || call.ArgumentList.Arguments.Count > 1 && !lane.TakesToken) return None;
        var root = target.Root.ReplaceNode(run, Microsoft.CodeAnalysis.CSharp.SyntaxFactory.ParseExpression(lane.Spelling + ".Run").WithTriviaFrom(run));
        return One(new RuleFix(title, LaneKey, root) { Needs = lane.File });
    }
}
