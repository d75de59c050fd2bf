using System.Globalization;
using Microsoft.CodeAnalysis;
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
        var lambda = Filled(Lambda.Async($"({header.Parameter}, {token})"), body, header, layout);
        var parallel = TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Parallel");
        return
        [
            Template.Statement(
                $"{layout.Indent}await {parallel}.ForEachAsync(SOURCE, {options}, LAMBDA){limit.Configured};",
                ("SOURCE", header.Sequence),
                ("LAMBDA", lambda))
                .WithTrailingTrivia(loop.GetTrailingTrivia()),
        ];
    }

    /// <summary>All turns run, in the caller's context.</summary>
    public static IReadOnlyList<StatementSyntax>? Gated(StatementSyntax loop, SemanticModel model, LoopLimit limit, UniqueNames names)
    {
        if (LoopHeader.Of(loop, model, names, linq: true) is not { } header) return null;
        var layout = Layout.At(loop);
        var body = TurnStatements.WithReturns(GatheredLoop.BodyOf(loop)!);
        var lambda = Lambda.Async(header.Parameter);
        var task = TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Task");
        StatementSyntax? gate = null;
        if (limit.Count is { } count)
        {
            var semaphore = limit.Gate(names);
            gate = semaphore.Declaration(model, loop.SpanStart, count, layout, disposes: loop.Parent is not SwitchSectionSyntax && Language.HasUsingDeclarations(loop));
            var original = GatheredLoop.BodyOf(loop) is BlockSyntax b ? b.Statements : [GatheredLoop.BodyOf(loop)!];
            var statements = body is BlockSyntax block ? block.Statements : [body];
            var moved = GatheredLoop.Moved([.. statements.Select((s, i) => s.WithTriviaFrom(original[i]))], layout.Inner.Inner);
            lambda = BlockBody.Of(lambda, semaphore.Around([.. header.UnpackAt(layout.Inner.Inner), .. moved], layout), layout);
        }
        else
        {
            lambda = Filled(lambda, body, header, layout);
        }

        var statement = Template.Statement($"{layout.Indent}await {task}.WhenAll(SOURCE.Select(LAMBDA)){limit.Configured};", ("SOURCE", header.Sequence), ("LAMBDA", lambda)).WithTrailingTrivia(loop.GetTrailingTrivia());
        return gate is null ? [statement] : [gate, statement];
    }

    /// <summary>The turn as the lambda's body: one expression stays one.</summary>
    private static LambdaExpressionSyntax Filled(LambdaExpressionSyntax lambda, StatementSyntax body, LoopHeader header, Layout layout)
    {
        if (header.Unpack is null && body is ExpressionStatementSyntax only) return Lambda.WithExpression(lambda, only.Expression.WithoutTrivia());
        var block = body as BlockSyntax ?? BlockBody.Of([body], layout);
        if (header.Unpack is not null) block = block.WithStatements([.. header.UnpackAt(layout.Inner), .. block.Statements]);
        return BlockBody.Of(lambda, block.WithTrailingTrivia(), layout);
    }
}
