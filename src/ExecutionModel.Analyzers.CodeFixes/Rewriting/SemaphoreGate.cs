using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A limit on the operations in flight: a <c>SemaphoreSlim</c> in front of the fan-out, entered and left by each operation.
/// All operations still run, in the caller's context, and fault as before.
/// </summary>
/// <param name="Name">Of the local, see <see cref="UniqueNames"/>.</param>
/// <param name="Token">A cancellation token in scope, null for none.</param>
/// <param name="KeepsContext">False writes <c>ConfigureAwait(false)</c>.</param>
internal sealed record SemaphoreGate(string Name, ExpressionSyntax? Token, bool KeepsContext)
{
    /// <summary>
    /// <c>using var gate = new SemaphoreSlim(20);</c> with the indentation of the layout and its line end. C# 8. Where operations may outlive the block the
    /// gate is not disposed; it holds nothing that needs to be.
    /// </summary>
    public StatementSyntax Declaration(SemanticModel model, int position, int limit, Layout layout, bool disposes = true) =>
        Template.Statement($"{layout.Indent}{(disposes ? "using " : "")}var {Name} = new {TypeSpelling.At(model, position, "System.Threading.SemaphoreSlim")}({limit.ToString(CultureInfo.InvariantCulture)});{layout.EndOfLine}");

    /// <summary>The body of an async lambda that runs the work inside the gate; <see cref="BlockBody.Of(LambdaExpressionSyntax, BlockSyntax, Layout)"/> puts it in.</summary>
    /// <param name="work">What one operation does; it may stem from another place with the indentation <paramref name="workIndent"/>.</param>
    /// <param name="returns">Whether the operation has a result.</param>
    /// <param name="workIndent">Of the line on which <paramref name="work"/> started.</param>
    /// <param name="layout">Of the line on which the lambda starts.</param>
    public BlockSyntax Around(ExpressionSyntax work, bool returns, string workIndent, Layout layout)
    {
        var inner = layout.Inner.Inner;
        var moved = Layout.Shift(work, workIndent, inner.Indent).WithoutTrivia();
        return Around(Template.Statements($"{inner.Indent}{(returns ? "return " : "")}WORK;{layout.EndOfLine}", ("WORK", moved)), layout);
    }

    /// <summary>The same for a body of statements, which already carry the indentation of <c>layout.Inner.Inner</c> and end their lines.</summary>
    public BlockSyntax Around(SyntaxList<StatementSyntax> work, Layout layout)
    {
        var (line, inner) = (layout.EndOfLine, layout.Inner.Indent);
        var enter = Token is null ? $"{Name}.WaitAsync()" : $"{Name}.WaitAsync(TOKEN)";
        var text = $"{{{line}"
            + $"{inner}await {enter}{(KeepsContext ? "" : ".ConfigureAwait(false)")};{line}"
            + $"{inner}try{layout.Inner.BeforeBrace}{{{line}{inner}}}{(layout.BraceOnOwnLine ? line + inner : " ")}finally{layout.Inner.BeforeBrace}{{{line}{inner}{layout.Unit}{Name}.Release();{line}{inner}}}{line}"
            + $"{layout.Indent}}}";
        var body = (BlockSyntax)Template.Statement(text, ("TOKEN", Token ?? SyntaxFactory.IdentifierName("TOKEN")));
        var attempt = body.Statements.OfType<TryStatementSyntax>().Single();
        return body.ReplaceNode(attempt.Block, attempt.Block.WithStatements(work));
    }
}
