using ExecutionModel.Analyzers.Tests.Differential;
using ExecutionModel.Analyzers.Tests.Harness;
using ExecutionModel.Analyzers.Tests.Robustness;
using Xunit.Abstractions;

[assembly: TestCollectionOrderer(LongestFirst.Name, LongestFirst.Assembly)]

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>The tests of a class run one after the other: a class that takes a minute, begun last, would keep one processor busy and the others idle.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    internal const string Name = $"{Assembly}.{nameof(Harness)}.{nameof(LongestFirst)}";
    internal const string Assembly = "ExecutionModel.Analyzers.Tests";

    private static readonly string[] Long = [nameof(DifferentialTests), nameof(BrokenCodeTests)];

    public IEnumerable<ITestCollection> OrderTestCollections(IEnumerable<ITestCollection> testCollections) =>
        testCollections.OrderByDescending(c => Long.Any(name => c.DisplayName.EndsWith("." + name, StringComparison.Ordinal)));
}
