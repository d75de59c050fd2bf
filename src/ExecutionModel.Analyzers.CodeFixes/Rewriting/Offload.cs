using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Writes <c>await Runner(() =&gt; work, token)</c> in place of work.</summary>
/// <param name="Runner"><c>CpuLane.Run</c>, <c>CpuLane.For</c> or <c>Task.Run</c>.</param>
/// <param name="Token">A cancellation token in scope; null for none.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record Offload(string Runner, string? Token, bool KeepsContext)
{
    /// <summary>The root with the call moved; operands in <paramref name="first"/> become locals before its statement.</summary>
    public SyntaxNode Call(SyntaxNode root, SemanticModel model, ExpressionSyntax work, IReadOnlyList<ExpressionSyntax> first) =>
        first.Count == 0 ? root.ReplaceNode(work, Awaited(work, work)) : OperandLocals.Before(root, model, work, first, now => Awaited(work, now));

    /// <summary>The root with the statement moved into a lambda of its own.</summary>
    public SyntaxNode Statement(SyntaxNode root, StatementSyntax work)
    {
        var layout = Layout.At(work);
        var (line, indent) = (layout.EndOfLine, layout.Indent);
        var open = layout.BraceOnOwnLine ? line + indent : " ";
        var text = $"await {Runner}(() =>{open}{{{line}{indent}}}{Arguments}){Configured};{line}";
        var moved = (ExpressionStatementSyntax)Template.Statement(text);
        var block = moved.DescendantNodes().OfType<BlockSyntax>().First();
        var inner = Layout.Shift(work, indent, layout.Inner.Indent).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Inner.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(line));
        return root.ReplaceNode(work, moved.ReplaceNode(block, block.WithStatements([inner])).WithTriviaFrom(work));
    }

    /// <summary><c>await CpuLane.For(0, count, turn, token);</c></summary>
    public string Loop(string bounds) => $"await {Runner}({bounds}{Arguments}){Configured};";

    private string Arguments => Token is null ? "" : ", " + Token;

    private string Configured => KeepsContext ? "" : ".ConfigureAwait(false)";

    private ExpressionSyntax Awaited(ExpressionSyntax place, ExpressionSyntax work) =>
        AwaitedExpression.InPlaceOf(place, $"{Runner}(() => WORK{Arguments})", KeepsContext, ("WORK", work.WithoutTrivia()));
}
