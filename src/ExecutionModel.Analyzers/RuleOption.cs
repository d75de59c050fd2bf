using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers;

/// <summary>A typed setting of .editorconfig. A value that can't be read counts as the default and is reported by EXM002.</summary>
public sealed class RuleOption<T>(string key, T fallback, string expected, string description, Func<string, (bool Read, T Value)> parse) : IRuleOption
{
    public string Key => key;

    public string Default => Text(fallback);

    public string Expected => expected;

    public string Description => description;

    public T Read(AnalyzerOptions options, SyntaxTree tree) =>
        options.AnalyzerConfigOptionsProvider.GetOptions(tree).TryGetValue(key, out var text) && parse(text.Trim()) is (true, var value) ? value : fallback;

    public bool Accepts(string text) => parse(text.Trim()).Read;

    private static string Text(T value) => value switch
    {
        bool b => b ? "true" : "false",
        Enum e => RuleOptions.Spell(e),
        IEnumerable<string> list => string.Join(",", list),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
    };
}

/// <summary>What pages and EXM002 need of an option of any type.</summary>
public interface IRuleOption
{
    string Key { get; }
    string Default { get; }
    string Expected { get; }
    string Description { get; }
    bool Accepts(string text);
}
