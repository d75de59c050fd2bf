using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ExecutionModel.Analyzers.Rules.Configuration.InvalidCatalogue;

/// <summary>Reports the lines of the user's catalogue that have no effect: those that can't be read, and those whose API isn't there.</summary>
[NoSample("the mistake is in a text file, nothing runs slower")]
[NoCodeFix("only the author knows which API the line was meant for")]
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class InvalidCatalogueAnalyzer() : RuleAnalyzer(InvalidCatalogue)
{
    public const string Id = "EXM001";

    private static readonly DiagnosticDescriptor InvalidCatalogue = new(
        Id,
        "A line of the execution catalogue has no effect",
        "This catalogue line has no effect: {0}",
        "Configuration",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "The line can't be read, or the API that it names does not exist. What it should say about the API is not known to any rule.",
        Rule.Pages + "Configuration/InvalidCatalogue/EXM001.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) =>
        context.RegisterAdditionalFileAction(file =>
        {
            foreach (var (line, confidence, message) in ProblemsOf(file.AdditionalFile, model))
            {
                if (file.AdditionalFile.GetText(file.CancellationToken) is { } text) file.ReportDiagnostic(Found(confidence, LocationOf(file.AdditionalFile, text, line), message));
            }
        });

    private static IEnumerable<(int Line, Confidence Confidence, string Message)> ProblemsOf(AdditionalText file, ProgramModel model)
    {
        foreach (var (owner, problem) in model.UserCatalogue.Problems)
        {
            if (owner == file) yield return (problem.Line, Confidence.Certain, problem.Message);
        }

        foreach (var entry in model.UserCatalogue.EntriesOf(file))
        {
            if (Unmatched(entry, model.Types) is var (confidence, message)) yield return (entry.Line, confidence, message);
        }
    }

    /// <summary>A catalogue may be shared by projects that don't all reference its library: such a line is only worth a hint.</summary>
    private static (Confidence Confidence, string Message)? Unmatched(CatalogueEntry entry, KnownTypes types) => entry.Resolve(types) switch
    {
        (Resolution.LibraryMissing, var missing) => (Confidence.Likely, $"neither this project nor its references have '{missing}'"),
        (Resolution.OwnerMissing, var missing) => (Confidence.Certain, $"there is no type '{missing}'; generic types are written List`1, nested ones Outer+Inner"),
        (Resolution.MemberMissing, _) when entry.Derived => null, // a derived type may declare it
        (Resolution.MemberMissing, var missing) => (Confidence.Certain, entry.DeclarerOf(missing, types) is { } declarer
            ? $"'{entry.Owner}' inherits '{missing}': name '{declarer.FullMetadataName()}', which declares it"
            : $"'{entry.Owner}' declares no '{missing}'{(entry.Parameters is null ? "" : " with these parameters")}"),
        _ => null,
    };

    private static Location LocationOf(AdditionalText file, SourceText text, int line)
    {
        var span = text.Lines[line - 1].Span;
        return Location.Create(file.Path, span, text.Lines.GetLinePositionSpan(span));
    }
}
