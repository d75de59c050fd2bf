using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.Rules.Waiting.BlockingIo;

/// <summary>Awaits the counterpart that the rule bound.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class BlockingIoCodeFix() : RuleCodeFix(BlockingIoAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<RuleFix>>(AwaitedCounterpart.Of(target) is { } form ? [new RuleFix($"Await '{form.Name}'", "EXM104.await", form.Root)] : []);
}
