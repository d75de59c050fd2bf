using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.BlockingOnTask;

/// <summary>
/// Writes <c>await</c> in place of the wait, configured as the awaits around it. Where the rule proved that a private method can become async, its declaration,
/// its callers and the wait change together.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingOnTaskCodeFix() : RuleCodeFix(BlockingOnTaskAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Node is not ExpressionSyntax wait || !Enum.TryParse(target.Property("form"), out AwaitedKind kind) || AwaitedWait.Of(wait, kind, wait) is null) return None;
        var methods = target.Partners.OfType<MethodDeclarationSyntax>().ToList();
        var calls = target.Partners.OfType<InvocationExpressionSyntax>().Where(c => !AwaitedWait.IsAwaited(c)).ToList();
        var title = target.Property("fix") == "make-async" && methods.Count > 0 ? $"Make '{methods[0].Identifier.ValueText}' async and await" : "Await " + kind switch
        {
            AwaitedKind.WaitAsync => "'WaitAsync'",
            AwaitedKind.WhenAll => "'Task.WhenAll'",
            AwaitedKind.WhenAny => "'Task.WhenAny'",
            _ => "the task",
        };
        var task = methods.Count == 0 ? "" : TypeSpelling.At(target.Model, methods[0].SpanStart, "System.Threading.Tasks.Task");
        var root = target.Root.ReplaceNodes<SyntaxNode, SyntaxNode>([wait, .. calls, .. methods], (place, current) => current switch
        {
            MethodDeclarationSyntax method => AsyncMethod.Of(method, task),
            ExpressionSyntax expression when place == wait => AwaitedWait.Of(expression, kind, wait) ?? expression,
            InvocationExpressionSyntax call => AwaitedWait.Awaited(call, (ExpressionSyntax)place).WithTriviaFrom(call),
            _ => current,
        });
        return One(new RuleFix(title, root));
    }
}
