using System.Globalization;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>How operations that now overlap are held back, and how they are awaited.</summary>
/// <param name="Count">Operations in flight; null: there are so few that all may be.</param>
/// <param name="Token">A cancellation token in scope, null for none.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record LoopLimit(int? Count, string? Token, bool KeepsContext)
{
    public string Configured => KeepsContext ? "" : ".ConfigureAwait(false)";

    /// <summary>The rule's properties say it.</summary>
    public static LoopLimit Of(FixTarget target) => new(
        int.TryParse(target.Property("limit"), NumberStyles.None, CultureInfo.InvariantCulture, out var count) ? count : null,
        target.Property("token"),
        target.Property("configure-await") != "false");

    public SemaphoreGate Gate(UniqueNames names) => new(names.Next("gate"), Token is null ? null : SyntaxFactory.IdentifierName(Token), KeepsContext);
}
