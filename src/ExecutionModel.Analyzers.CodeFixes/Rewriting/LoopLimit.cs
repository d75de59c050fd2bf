namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>How the turns of a loop that now overlap are held back, and how they await.</summary>
/// <param name="Count">Turns in flight; null: there are so few that all may be.</param>
/// <param name="Token">A cancellation token in scope, null for none.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record LoopLimit(int? Count, string? Token, bool KeepsContext)
{
    public string Configured => KeepsContext ? "" : ".ConfigureAwait(false)";
}
