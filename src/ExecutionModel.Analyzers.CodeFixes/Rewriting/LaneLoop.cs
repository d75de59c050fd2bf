namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Writes <c>await CpuLane.For(0, count, turn, token)</c>: the turns of a loop on the lane's free places.</summary>
/// <param name="Runner"><c>CpuLane.For</c>.</param>
/// <param name="Token">A cancellation token in scope; null for none.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record LaneLoop(string Runner, string? Token, bool KeepsContext)
{
    public string Call(string arguments) => $"await {Runner}({arguments}{(Token is null ? "" : ", " + Token)}){(KeepsContext ? "" : ".ConfigureAwait(false)")};";
}
