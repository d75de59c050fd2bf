using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>How the code around a place awaits: with the captured context or without.</summary>
internal static class AwaitStyle
{
    /// <summary>False where the awaits of the member, or of the file if the member has none, say <c>ConfigureAwait(false)</c>.</summary>
    public static bool KeepsContext(SyntaxNode place)
    {
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>();
        var awaits = Awaits(member ?? place);
        if (awaits.Count == 0) awaits = Awaits(place.SyntaxTree.GetRoot());
        return awaits.Count == 0 || !awaits.All(DropsContext);
    }

    private static List<AwaitExpressionSyntax> Awaits(SyntaxNode scope) => [.. scope.DescendantNodes().OfType<AwaitExpressionSyntax>()];

    /// <summary><c>await task.ConfigureAwait(false)</c></summary>
    public static bool DropsContext(AwaitExpressionSyntax wait) => wait.Expression is InvocationExpressionSyntax
    {
        Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" },
        ArgumentList.Arguments: { Count: 1 } arguments,
    } && arguments[0].Expression.ToString() == "false";
}
