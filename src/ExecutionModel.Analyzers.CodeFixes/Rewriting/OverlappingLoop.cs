using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A loop whose whole turns overlap: as <c>Parallel.ForEachAsync</c> with a limit, or, where the context must be kept or the framework lacks it, as
/// <c>Task.WhenAll</c> behind a gate. <c>continue</c> becomes <c>return</c>.
/// </summary>
internal static class OverlappingLoop
{
    /// <summary>The first fault stops what has not started; the calls take the loop's own token, so that they stop too.</summary>
    public static IReadOnlyList<StatementSyntax>? Parallel(StatementSyntax loop, SemanticModel model, LoopLimit limit, UniqueNames names)
    {
        if (limit.Count is not { } count || LoopHeader.Of(loop, model, names, linq: false) is not { } header) return null;
        var layout = Layout.At(loop);
        var (body, token) = LoopBody.WithOwnToken(GatheredLoop.BodyOf(loop)!, limit.Token, model, names);
        body = TurnStatements.WithReturns(body);
        var options = LoopBody.Options(model, loop.SpanStart, count.ToString(CultureInfo.InvariantCulture), limit.Token);
        var lambda = (LambdaExpressionSyntax)Template.Expression($"async ({header.Parameter}, {token}) => {{ }}");
        var parallel = TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Parallel");
        return
        [
            Template.Statement(
                $"{layout.Indent}await {parallel}.ForEachAsync(SOURCE, {options}, LAMBDA){limit.Configured};",
                ("SOURCE", header.Sequence),
                ("LAMBDA", header.Unpack is null && body is ExpressionStatementSyntax only ? lambda.WithBlock(null).WithExpressionBody(only.Expression.WithoutTrivia()) : BlockBody.Of(lambda, Block(body, header, layout), layout)))
                .WithTrailingTrivia(loop.GetTrailingTrivia()),
        ];
    }

    /// <summary>All turns run, in the caller's context.</summary>
    public static IReadOnlyList<StatementSyntax>? Gated(StatementSyntax loop, SemanticModel model, LoopLimit limit, UniqueNames names)
    {
        if (LoopHeader.Of(loop, model, names, linq: true) is not { } header) return null;
        var layout = Layout.At(loop);
        var body = TurnStatements.WithReturns(GatheredLoop.BodyOf(loop)!);
        var lambda = (LambdaExpressionSyntax)Template.Expression($"async {header.Parameter} => {{ }}");
        var task = TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Task");
        StatementSyntax? gate = null;
        if (limit.Count is { } count)
        {
            var semaphore = new SemaphoreGate(names.Next("gate"), limit.Token is { } token ? SyntaxFactory.IdentifierName(token) : null, limit.KeepsContext);
            var disposes = loop.Parent is not SwitchSectionSyntax && ((CSharpParseOptions)loop.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp8;
            gate = semaphore.Declaration(model, loop.SpanStart, count, layout, disposes);
            var original = GatheredLoop.BodyOf(loop) is BlockSyntax b ? b.Statements : [GatheredLoop.BodyOf(loop)!];
            var statements = body is BlockSyntax block ? block.Statements : [body];
            var moved = GatheredLoop.Moved([.. statements.Select((s, i) => s.WithTriviaFrom(original[i]))], layout.Inner.Inner);
            lambda = BlockBody.Of(lambda, semaphore.Around([.. Unpack(header, layout.Inner.Inner), .. moved], layout), layout);
        }
        else
        {
            lambda = header.Unpack is null && body is ExpressionStatementSyntax only ? lambda.WithBlock(null).WithExpressionBody(only.Expression.WithoutTrivia()) : BlockBody.Of(lambda, Block(body, header, layout), layout);
        }

        var statement = Template.Statement($"{layout.Indent}await {task}.WhenAll(SOURCE.Select(LAMBDA)){limit.Configured};", ("SOURCE", header.Sequence), ("LAMBDA", lambda)).WithTrailingTrivia(loop.GetTrailingTrivia());
        return gate is null ? [statement] : [gate, statement];
    }

    private static BlockSyntax Block(StatementSyntax body, LoopHeader header, Layout layout)
    {
        if (body is not BlockSyntax block)
        {
            block = (BlockSyntax)Template.Statement($"{{{layout.EndOfLine}{layout.Indent}}}");
            block = block.WithStatements([body]);
        }

        if (header.Unpack is not null) block = block.WithStatements([.. Unpack(header, layout.Inner), .. block.Statements]);
        return block.WithTrailingTrivia();
    }

    private static IEnumerable<StatementSyntax> Unpack(LoopHeader header, Layout layout) =>
        header.Unpack is { } unpack ? [Template.Statement($"{layout.Indent}{unpack}{header.Parameter};{layout.EndOfLine}")] : [];
}
