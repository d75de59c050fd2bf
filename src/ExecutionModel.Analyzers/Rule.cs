using Microsoft.CodeAnalysis;

namespace ExecutionModel.Analyzers;

/// <summary>Makes descriptors that agree on category, help link and default severity.</summary>
public static class Rule
{
    public const string RepositoryUrl = "https://github.com/executionmodel/analyzers";

    public static DiagnosticDescriptor Describe(string id, string name, string group, string title, string message, string description) => new(
        id,
        title,
        message,
        group,
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        description,
        helpLinkUri: $"{RepositoryUrl}/blob/main/src/ExecutionModel.Analyzers/Rules/{group}/{name}/{id}.md");
}
