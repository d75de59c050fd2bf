using ExecutionModel.Analyzers.CodeFixes.Rewriting;

namespace ExecutionModel.Analyzers.CodeFixes;

/// <summary>The fix of rules whose diagnostic names the awaitable counterpart of a call: that is awaited in place of the call.</summary>
public abstract class CounterpartCodeFix(string ruleId) : RuleCodeFix(ruleId)
{
    protected sealed override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken) =>
        AwaitedCounterpart.Of(target) is { } form ? One(new RuleFix($"Await '{form.Name}'", form.Root)) : None;
}
