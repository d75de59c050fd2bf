using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Perf.Analysis.Loading;

/// <summary>Says nothing. It asks only for finished semantic models: the compiler binds every body, and nothing more is made of them.</summary>
/// <param name="operations">It has the operations of all bodies made, too: the driver does so once for all that ask.</param>
internal sealed class EmptyAnalyzer(bool operations) : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = new("NOTHING", "Nothing", "Nothing", "Perf", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSemanticModelAction(static _ => { });
        if (operations) context.RegisterOperationBlockAction(static _ => { });
    }
}
