using System.Collections.Concurrent;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Rules.Configuration.InvalidOption;

/// <summary>
/// Reports option values that can't be read. The compiler hands over values, not the .editorconfig they come from, so a value is reported once,
/// on the first file that it holds for.
/// </summary>
[NoSample("the mistake is in .editorconfig, nothing runs slower")]
[NoCodeFix("the value stands in .editorconfig, which a code fix can't edit")]
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidOptionAnalyzer() : RuleAnalyzer(InvalidOption)
{
    public const string Id = "EXM002";

    private static readonly DiagnosticDescriptor InvalidOption = new(
        Id,
        "The value of an option can't be read",
        "'{0} = {1}' can't be read: expected {2}. The default is used: {3}.",
        "Configuration",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The rules work as if the option were not set.",
        Rule.Pages + "Configuration/InvalidOption/EXM002.md",
        WellKnownDiagnosticTags.CompilationEnd);

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var firstFile = new ConcurrentDictionary<Unread, SyntaxTree>();
        context.RegisterSyntaxTreeAction(file =>
        {
            if (file.IsGeneratedCode) return;
            var options = file.Options.AnalyzerConfigOptionsProvider.GetOptions(file.Tree);
            foreach (var option in RuleOptions.All)
            {
                if (options.TryGetValue(option.Key, out var value) && !option.Accepts(value))
                    firstFile.AddOrUpdate(new(option, value), file.Tree, (_, other) => string.CompareOrdinal(other.FilePath, file.Tree.FilePath) <= 0 ? other : file.Tree);
            }
        });
        context.RegisterCompilationEndAction(end =>
        {
            foreach (var found in firstFile)
            {
                var (option, value) = found.Key;
                end.ReportDiagnostic(Found(Confidence.Certain, found.Value.GetLocation(new TextSpan(0, 0)), option.Key, value, option.Expected, option.Default));
            }
        });
    }

    private sealed record Unread(IRuleOption Option, string Value);
}
