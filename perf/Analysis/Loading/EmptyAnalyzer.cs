using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Perf.Analysis.Loading;

/// <summary>Says nothing. It asks only for finished semantic models: the compiler binds every body, and nothing more is made of them.</summary>
/// <param name="operations">It asks for the bodies' operation trees, too, as any rule does that looks at operations: the driver makes them once for all that ask.</param>
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
