using System.Collections.Immutable;
using System.Diagnostics;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers;

/// <summary>
/// Base of every rule: fixes concurrency and generated-code policy, builds the <see cref="ProgramModel"/> once per compilation and hands it over.
/// </summary>
public abstract class RuleAnalyzer : DiagnosticAnalyzer
{
    private readonly ImmutableArray<DiagnosticDescriptor> descriptors;

    protected RuleAnalyzer(DiagnosticDescriptor descriptor)
    {
        Descriptor = descriptor;
        descriptors = SupportedBy(descriptor);
    }

    /// <summary>The one rule of the analyzer.</summary>
    public DiagnosticDescriptor Descriptor { get; }

    public sealed override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => descriptors;

    public sealed override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // Generated code is turned away in front of each rule. Left to the driver, it would walk all tokens of a file for each one with a finding.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterCompilationStartAction(start =>
        {
            if (start.Compilation.Options is null) return;
            Register(start, ProgramModel.For(start.Compilation, start.Options));
        });
    }

    protected abstract void Register(CompilationStartAnalysisContext context, ProgramModel model);

    /// <summary>Certain is a warning, Likely a suggestion, Unknown is never reported.</summary>
    protected void Report(
        MemberContext context,
        Confidence confidence,
        Location location,
        IEnumerable<Location> partners,
        ImmutableDictionary<string, string?>? properties,
        params object?[] messageArguments) =>
        context.Report(Diagnostic.Create(Descriptor, location, SeverityOf(confidence), partners, properties, messageArguments));

    /// <summary>The same for rules that look at files, not at code.</summary>
    protected Diagnostic Found(Confidence confidence, Location location, params object?[] messageArguments) =>
        Diagnostic.Create(Descriptor, location, SeverityOf(confidence), additionalLocations: null, properties: null, messageArguments);

    /// <summary>Lists a dropped candidate with its obstacle; compiled only into the listing build (<c>-p:CandidateListing=true</c>).</summary>
    [Conditional("CANDIDATE_LISTING")]
    protected void Drop(MemberContext context, Location location, string obstacle) =>
        CandidateListing.Add(context, Descriptor.Id, location, obstacle);

    private static DiagnosticSeverity SeverityOf(Confidence confidence) => confidence == Confidence.Certain ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info;

    private static ImmutableArray<DiagnosticDescriptor> SupportedBy(DiagnosticDescriptor descriptor) =>
#if CANDIDATE_LISTING
        [descriptor, CandidateListing.Descriptor];
#else
        [descriptor];
#endif
}
