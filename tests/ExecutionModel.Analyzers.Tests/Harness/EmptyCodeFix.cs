using System.Collections.Immutable;
using Microsoft.CodeAnalysis.CodeFixes;

namespace ExecutionModel.Analyzers.Tests.Harness;

/// <summary>For rules that have no fix.</summary>
public sealed class EmptyCodeFix : CodeFixProvider
{
    public override ImmutableArray<string> FixableDiagnosticIds => [];

    public override FixAllProvider? GetFixAllProvider() => null;

    public override Task RegisterCodeFixesAsync(CodeFixContext context) => Task.CompletedTask;
}
