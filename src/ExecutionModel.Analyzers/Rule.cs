namespace ExecutionModel.Analyzers;

/// <summary>Constants of descriptors. Each rule writes its own <c>new DiagnosticDescriptor(…)</c> with a constant id: release tracking reads it from there.</summary>
public static class Rule
{
    public const string RepositoryUrl = "https://github.com/executionmodel/analyzers";

    /// <summary>Pages stand beside the rules: <c>Pages + "Waiting/SequentialAwaits/EXM101.md"</c>.</summary>
    public const string Pages = RepositoryUrl + "/blob/main/src/ExecutionModel.Analyzers/Rules/";
}
