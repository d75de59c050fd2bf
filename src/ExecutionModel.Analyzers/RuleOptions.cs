using System.Globalization;
using System.Text;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;

namespace ExecutionModel.Analyzers;

public enum ExceptionOrder
{
    /// <summary>Keep the sequential order of faults where a <c>catch</c> or <c>finally</c> of the method could see the difference.</summary>
    StrictWhereCaught,
    Strict,
    Relaxed,
}

/// <summary>Whether to leave what other analyzers report as well to them.</summary>
public enum PeerDeference
{
    /// <summary>Where such an analyzer is part of the build.</summary>
    Auto,
    True,
    False,
}

/// <summary>All settings of the package.</summary>
public static class RuleOptions
{
    public static readonly RuleOption<int> MaxConcurrency = Number("execution_model.max_concurrency", 20, "Operations in flight that a fix allows.");
    public static readonly RuleOption<int> CpuThresholdMs = Number("execution_model.cpu_threshold_ms", 10, "Milliseconds of computing from which work counts as heavy.");
    public static readonly RuleOption<bool> AnalyzeTests = new("execution_model.analyze_tests", false, "true or false", "Also report in test and benchmark projects.", t => (bool.TryParse(t, out var v), v));
    public static readonly RuleOption<Confidence> MinimumConfidence = Choice("execution_model.confidence", Confidence.Likely, [Confidence.Likely, Confidence.Certain], "Lowest confidence that is reported.");
    public static readonly RuleOption<ExceptionOrder> ExceptionOrder = Choice("execution_model.exception_order", Analyzers.ExceptionOrder.StrictWhereCaught, [Analyzers.ExceptionOrder.StrictWhereCaught, Analyzers.ExceptionOrder.Strict, Analyzers.ExceptionOrder.Relaxed], "Which fault a fixed method throws when several operations fail.");

    public static readonly RuleOption<PeerDeference> DeferToPeers = Choice("execution_model.defer_to_peers", PeerDeference.Auto, [PeerDeference.Auto, PeerDeference.True, PeerDeference.False], "Leave blocking calls that Meziantou.Analyzer, Microsoft.VisualStudio.Threading.Analyzers or AsyncFixer report to them.");

    public static IReadOnlyList<IRuleOption> All { get; } = [MaxConcurrency, MinimumConfidence, ExceptionOrder, CpuThresholdMs, AnalyzeTests, DeferToPeers];

    /// <summary><c>StrictWhereCaught</c> is written <c>strict_where_caught</c>.</summary>
    public static string Spell(Enum value)
    {
        var text = new StringBuilder();
        foreach (var c in value.ToString())
        {
            if (char.IsUpper(c) && text.Length > 0) text.Append('_');
            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    private static RuleOption<int> Number(string key, int fallback, string description) =>
        new(key, fallback, "a whole number above 0", description, t => (int.TryParse(t, NumberStyles.None, CultureInfo.InvariantCulture, out var v) && v > 0, v));

    private static RuleOption<T> Choice<T>(string key, T fallback, T[] values, string description) where T : struct, Enum =>
        new(key, fallback, string.Join(", ", values.Select(v => Spell(v))), description, t =>
        {
            foreach (var value in values)
            {
                if (string.Equals(Spell(value), t, StringComparison.OrdinalIgnoreCase)) return (true, value);
            }

            return (false, fallback);
        });
}
