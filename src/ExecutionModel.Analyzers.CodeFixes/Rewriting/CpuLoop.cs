using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A computing loop as <c>Parallel.For</c> or <c>Parallel.ForEach</c>, or as <c>await CpuLane.For</c>: the turn becomes a lambda, <c>continue</c> becomes
/// <c>return</c>. What turns add to a list goes to an array first, at the turn's own place, and from there to the list in order.
/// </summary>
/// <param name="lane">Who runs the turns; null for <c>Parallel</c>.</param>
/// <param name="turn">What a turn becomes; null where it stays as it is.</param>
/// <param name="options">The <c>ParallelOptions</c>; null for the default ones.</param>
internal sealed class CpuLoop(StatementSyntax loop, SemanticModel model, Offload? lane = null, StatementSyntax? turn = null, ExpressionSyntax? options = null)
{
    private readonly Layout layout = Layout.At(loop);
    private readonly string parallel = TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Parallel");

    /// <summary>The root with the turns shared; null where the loop has no counterpart.</summary>
    /// <param name="bound">What a counted loop ends at, or what the other steps through.</param>
    /// <param name="add"><c>results.Add(value)</c>, the last statement of a turn; null where turns gather nothing.</param>
    public SyntaxNode? In(SyntaxNode root, ExpressionSyntax bound, InvocationExpressionSyntax? add)
    {
        if (loop.ContainsDirectives) return null;
        return add is not null ? WithResults(root, bound, add) : Shared(bound) is { } statement ? root.ReplaceNode(loop, statement) : null;
    }

    private SyntaxNode? WithResults(SyntaxNode root, ExpressionSyntax bound, InvocationExpressionSyntax add)
    {
        if (StatementHost.ListOf(loop) is not { } list) return null;
        var names = new UniqueNames(model, loop.SpanStart, new StatementHost(list, loop).Scope);
        if (Gathered(bound, add, names)?.ToList() is not { } statements) return null;
        statements[0] = statements[0].WithLeadingTrivia(loop.GetLeadingTrivia());
        return StatementHost.Replace(root, loop, statements);
    }

    /// <summary>In place of the loop; null where its header has no counterpart.</summary>
    public StatementSyntax? Shared(ExpressionSyntax bound)
    {
        var body = turn ?? GatheredLoop.BodyOf(loop)!;
        if (loop is ForEachStatementSyntax each)
            return ItemIsElement(each) && lane is null ? Call("ForEach", [bound.WithoutTrivia()], each.Identifier.Text, body) : null;
        return loop is ForStatementSyntax counted && Counter(counted) is { } counter ? Call("For", [Start(counted), Limit(counted, bound)], counter.Identifier.Text, body) : null;
    }

    /// <summary>With results: the array, the loop, and what brings the results to the list.</summary>
    private IReadOnlyList<StatementSyntax>? Gathered(ExpressionSyntax bound, InvocationExpressionSyntax add, UniqueNames names)
    {
        if (add.Parent is not ExpressionStatementSyntax statement || add.Expression is not MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax list } || add.ArgumentList.Arguments is not [{ Expression: var value }]) return null;
        if (model.GetTypeInfo(list).Type is not INamedTypeSymbol { TypeArguments: [var type] } || !IsPlain(bound)) return null;
        var slots = names.Next(list.Identifier.ValueText + "ByTurn");
        string counter;
        ExpressionSyntax count;
        StatementSyntax? unpack = null;
        switch (loop)
        {
            case ForStatementSyntax counted when Counter(counted) is { } variable && Start(counted) is LiteralExpressionSyntax { Token.Value: 0 }:
                counter = variable.Identifier.Text;
                count = Limit(counted, bound);
                break;
            case ForEachStatementSyntax each when ItemIsElement(each) && SizeOf(model.GetTypeInfo(bound).Type) is { } member:
                counter = names.Next("i");
                count = Template.Expression($"SOURCE.{member}", ("SOURCE", Primary.Of(bound.WithoutTrivia())));
                unpack = Template.Statement($"{layout.Inner.Indent}{each.Type.WithoutTrivia()} {each.Identifier.Text} = SOURCE[{counter}];{layout.EndOfLine}", ("SOURCE", Primary.Of(bound.WithoutTrivia())));
                break;
            default:
                return null;
        }

        var body = GatheredLoop.BodyOf(loop)!;
        var store = Template.Statement($"{slots}[{counter}] = VALUE;", ("VALUE", value.WithoutTrivia())).WithTriviaFrom(statement);
        body = body == statement ? store : body.ReplaceNode(statement, store);
        if (unpack is not null)
        {
            var block = Braced(body);
            body = block.WithStatements([unpack, .. block.Statements]);
        }

        var size = bound is LiteralExpressionSyntax || loop is ForEachStatementSyntax || model.GetSymbolInfo(bound).Symbol is { Name: "Count" or "Length" }
            ? count
            : Template.Expression($"{TypeSpelling.At(model, loop.SpanStart, "System.Math")}.Max(0, COUNT)", ("COUNT", count));
        var (element, ranks) = Element(type);
        return
        [
            Template.Statement($"{layout.Indent}var {slots} = new {element}[COUNT]{ranks};{layout.EndOfLine}", ("COUNT", size)),
            Call("For", [Template.Expression("0"), count], counter, body).WithLeadingTrivia(SyntaxFactory.Whitespace(layout.Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.EndOfLine)),
            Template.Statement($"{layout.Indent}{list.Identifier.Text}.AddRange({slots});{layout.EndOfLine}").WithTrailingTrivia(loop.GetTrailingTrivia()),
        ];
    }

    private StatementSyntax Call(string method, IReadOnlyList<ExpressionSyntax> bounds, string item, StatementSyntax body)
    {
        if (options is not null) bounds = [.. bounds, options];
        body = TurnStatements.WithReturns(body);
        var lambda = (LambdaExpressionSyntax)Template.Expression($"{item} => {{ }}");
        var header = loop is ForStatementSyntax counted ? counted.CloseParenToken : ((CommonForEachStatementSyntax)loop).CloseParenToken;
        var isNoted = header.TrailingTrivia.Any(LeadingTrivia.IsNote);
        if (isNoted) lambda = lambda.WithArrowToken(lambda.ArrowToken.WithTrailingTrivia(header.TrailingTrivia));
        lambda = body is ExpressionStatementSyntax only && !isNoted && !only.DescendantTrivia().Any(LeadingTrivia.IsNote)
            ? Lambda.WithExpression(lambda, only.Expression.WithoutTrivia())
            : BlockBody.Of(lambda, Braced(body).WithTrailingTrivia(), layout);
        var holes = bounds.Select((b, i) => ($"BOUND{i}", b)).Append(("LAMBDA", (ExpressionSyntax)lambda)).ToArray();
        var arguments = $"{string.Join(", ", bounds.Select((_, i) => $"BOUND{i}"))}, LAMBDA";
        return Template.Statement(lane?.Loop(arguments) ?? $"{parallel}.{method}({arguments});", holes).WithTriviaFrom(loop);
    }

    private BlockSyntax Braced(StatementSyntax body)
    {
        if (body is BlockSyntax block) return block;
        var original = GatheredLoop.BodyOf(loop)!;
        var ends = original.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia) ? original.GetTrailingTrivia() : SyntaxFactory.TriviaList(SyntaxFactory.EndOfLine(layout.EndOfLine));
        return BlockBody.Of([body.WithLeadingTrivia(Layout.StartsLine(original) ? original.GetLeadingTrivia() : [SyntaxFactory.Whitespace(layout.Inner.Indent)]).WithTrailingTrivia(ends)], layout);
    }

    private static VariableDeclaratorSyntax? Counter(ForStatementSyntax counted) => counted.Declaration?.Variables is [{ Initializer: not null } only] ? only : null;

    private static ExpressionSyntax Start(ForStatementSyntax counted) => Counter(counted)!.Initializer!.Value.WithoutTrivia();

    private static ExpressionSyntax Limit(ForStatementSyntax counted, ExpressionSyntax bound) =>
        counted.Condition!.Kind() is SyntaxKind.LessThanOrEqualExpression or SyntaxKind.GreaterThanOrEqualExpression
            ? Template.Expression("LIMIT + 1", ("LIMIT", Primary.Of(bound.WithoutTrivia())))
            : bound.WithoutTrivia();

    /// <summary>No conversion stands between the collection's element and the loop's variable.</summary>
    private bool ItemIsElement(ForEachStatementSyntax each) => model.GetForEachStatementInfo(each) is { ElementConversion.IsIdentity: true };

    /// <summary>It may be evaluated once more.</summary>
    private static bool IsPlain(ExpressionSyntax bound) => bound is IdentifierNameSyntax or LiteralExpressionSyntax || bound is MemberAccessExpressionSyntax { Expression: var inner } && (inner is ThisExpressionSyntax || IsPlain(inner));

    /// <summary>What can be indexed, and by which name its size goes.</summary>
    private static string? SizeOf(ITypeSymbol? type) => type switch
    {
        IArrayTypeSymbol { Rank: 1 } => "Length",
        INamedTypeSymbol { Name: "List" or "IList" or "IReadOnlyList" or "ImmutableList", IsGenericType: true } => "Count",
        INamedTypeSymbol { Name: "ImmutableArray", IsGenericType: true } => "Length",
        _ => null,
    };

    /// <summary><c>new byte[n][]</c> is an array of <c>byte[]</c>.</summary>
    private (string Element, string Ranks) Element(ITypeSymbol type)
    {
        var ranks = "";
        while (type is IArrayTypeSymbol array)
        {
            ranks += $"[{new string(',', array.Rank - 1)}]";
            type = array.ElementType;
        }

        return (TypeSpelling.At(model, loop.SpanStart, type), ranks);
    }
}
