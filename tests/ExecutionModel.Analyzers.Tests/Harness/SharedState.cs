using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>Where the two sides meet: what a fix makes concurrent shares nothing that the Sharing rules would report.</summary>
public static class SharedState
{
    private const string Group = ".Rules.Sharing.";
    private static readonly string[] Words = ["WhenAll", "Parallel", "Task.Run", "AsParallel"];

    private static readonly DiagnosticAnalyzer[] Rules =
        [.. typeof(RuleAnalyzer).Assembly.GetTypes().Where(t => !t.IsAbstract && IsOfGroup(t) && typeof(DiagnosticAnalyzer).IsAssignableFrom(t)).OrderBy(t => t.Name, StringComparer.Ordinal).Select(t => (DiagnosticAnalyzer)Activator.CreateInstance(t)!)];

    public static async Task AssertNotEndangered(Project before, Project after, DiagnosticAnalyzer fixedRule)
    {
        if (IsOfGroup(fixedRule.GetType()) || !(await TestProject.Texts(after)).Values.Any(text => Words.Any(w => text.Contains(w, StringComparison.Ordinal)))) return;
        var known = (await Analysis.Run(before, Rules)).Rules.Select(d => d.Id).ToList();
        Assert.DoesNotContain((await Analysis.Run(after, Rules)).Rules, d => !known.Remove(d.Id));
    }

    private static bool IsOfGroup(Type type) => $"{type.Namespace}.".Contains(Group, StringComparison.Ordinal);
}
