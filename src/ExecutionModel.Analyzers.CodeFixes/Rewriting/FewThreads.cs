using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>A loop that makes a thread per item as <c>Parallel.ForEach</c> on as many threads as there are processors; the list of the threads and the loops over it go.</summary>
internal static class FewThreads
{
    /// <param name="making">What makes the thread, in the loop.</param>
    /// <param name="work">What the thread runs.</param>
    /// <param name="goes">Statements beside the loop that only care for the threads.</param>
    public static SyntaxNode? Of(FixTarget target, SyntaxNode making, ForEachStatementSyntax loop, ExpressionSyntax work, IReadOnlyList<StatementSyntax> goes)
    {
        if (StatementHost.ListOf(loop) is not { } list || loop.Statement is not BlockSyntax body || making.FirstAncestorOrSelf<LocalDeclarationStatementSyntax>() is not { } made) return null;
        if (loop.ContainsDirectives || goes.Any(s => s.ContainsDirectives)) return null;
        var layout = Layout.At(loop);
        if (Turn([.. body.Statements.TakeWhile(s => s != made)], made, work, layout) is not { } turn) return null;
        var degree = Template.Expression($"new {TypeSpelling.At(target.Model, loop.SpanStart, "System.Threading.Tasks.ParallelOptions")} {{ MaxDegreeOfParallelism = {TypeSpelling.At(target.Model, loop.SpanStart, "System.Environment")}.ProcessorCount }}");
        if (new CpuLoop(loop, target.Model, turn: turn, options: degree).Shared(loop.Expression) is not { } shared) return null;

        return target.Root.ReplaceNode(list, StatementHost.WithStatements(list, Left([.. StatementHost.StatementsOf(list)], loop, shared, goes)));
    }

    /// <summary>The shared loop takes the place of the list in front of it, and keeps the gap that stood behind the old one.</summary>
    private static List<StatementSyntax> Left(List<StatementSyntax> statements, StatementSyntax loop, StatementSyntax shared, IReadOnlyList<StatementSyntax> goes)
    {
        var (at, next) = (statements.IndexOf(loop), statements.IndexOf(goes[goes.Count - 1]) + 1);
        if (at > 0 && goes.Contains(statements[at - 1]) && !loop.GetLeadingTrivia().Any(LeadingTrivia.IsComment)) shared = shared.WithLeadingTrivia(statements[at - 1].GetLeadingTrivia());
        var gap = LeadingTrivia.Split(statements[at + 1].GetLeadingTrivia()).Above;
        if (next < statements.Count && statements[next].GetLeadingTrivia() is var leading && LeadingTrivia.Split(leading).Above.Count == 0) statements[next] = statements[next].WithLeadingTrivia(gap.AddRange(leading));
        statements[at] = shared;
        statements.RemoveAll(goes.Contains);
        return statements;
    }

    /// <summary>What stood in front of the thread, then what the thread ran, with the comments of the statement that made it.</summary>
    private static StatementSyntax? Turn(IReadOnlyList<StatementSyntax> before, StatementSyntax made, ExpressionSyntax work, Layout layout)
    {
        if (work is AnonymousFunctionExpressionSyntax { Block: { } block })
        {
            if (block.Statements.Count == 0 || !Layout.StartsLine(block.Statements[0])) return null;
            return BlockBody.Of(before.Concat(block.Statements.Select(s => Layout.Move(s, Layout.At(block.Statements[0]).Indent, layout.Inner.Indent))), layout);
        }

        var call = work is LambdaExpressionSyntax { ExpressionBody: { } expression }
            ? Layout.Shift(expression, Layout.At(expression).Indent, layout.Inner.Indent)
            : Template.Expression("WORK()", ("WORK", work));
        var only = (ExpressionStatementSyntax)Template.Statement("CALL;", ("CALL", call.WithoutTrivia()));
        var isNoted = made.GetLeadingTrivia().Concat(made.GetTrailingTrivia()).Any(LeadingTrivia.IsNote);
        return before.Count == 0 && !isNoted ? only : BlockBody.Of([.. before, only.WithTriviaFrom(made)], layout);
    }
}
