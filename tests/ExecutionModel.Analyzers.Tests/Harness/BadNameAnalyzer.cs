using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>A rule so simple that a failing test can only be the harness's fault: variables whose name starts with <c>bad</c>. <c>badly</c> is Info, <c>badThrow</c> throws.</summary>
public sealed class BadNameAnalyzer : DiagnosticAnalyzer
{
    public const string Id = "TST001";

    private static readonly DiagnosticDescriptor Descriptor = new(Id, "Bad name", "'{0}' is a bad name", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxNodeAction(Visit, SyntaxKind.VariableDeclarator);
    }

    private static void Visit(SyntaxNodeAnalysisContext context)
    {
        var name = ((VariableDeclaratorSyntax)context.Node).Identifier;
        if (!name.Text.StartsWith("bad", StringComparison.Ordinal)) return;
        if (name.Text == "badThrow") throw new InvalidOperationException("thrown on purpose");
        var options = context.Options.AnalyzerConfigOptionsProvider.GetOptions(context.Node.SyntaxTree);
        if (options.TryGetValue("bad_name.allowed", out var allowed) && allowed == name.Text) return;
        var severity = name.Text == "badly" ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;
        context.ReportDiagnostic(Diagnostic.Create(Descriptor, name.GetLocation(), severity, [context.Node.Parent!.GetLocation()], null, name.Text));
    }
}
