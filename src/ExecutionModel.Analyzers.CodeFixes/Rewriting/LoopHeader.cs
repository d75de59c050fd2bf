using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>What a loop steps through, as a sequence that a method can take, and the lambda parameter that stands for one item of it.</summary>
/// <param name="Sequence">Evaluated once.</param>
/// <param name="Parameter">The loop's variable, or a new name where the loop takes its items apart.</param>
/// <param name="Unpack"><c>var (key, value) = </c>, to stand in front of <paramref name="Parameter"/>; null where the parameter is the variable.</param>
internal sealed record LoopHeader(ExpressionSyntax Sequence, string Parameter, string? Unpack)
{
    /// <summary>The statement that takes an item apart; none where the parameter is the variable.</summary>
    public IEnumerable<StatementSyntax> UnpackAt(Layout layout) => Unpack is null ? [] : [Template.Statement($"{layout.Indent}{Unpack}{Parameter};{layout.EndOfLine}")];

    /// <summary>Null for what is no sequence: spans, types that only have an enumerator.</summary>
    /// <param name="linq">Extension methods of <c>System.Linq</c> may be called on it; else only <c>IEnumerable&lt;T&gt;</c> and <c>IAsyncEnumerable&lt;T&gt;</c> are needed.</param>
    public static LoopHeader? Of(StatementSyntax loop, SemanticModel model, UniqueNames names, bool linq) => loop switch
    {
        ForStatementSyntax counted => Of(counted, model),
        CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 } stream => linq ? null : OfStream(stream, model, names),
        CommonForEachStatementSyntax each => OfItems(each, model, names, linq),
        _ => null,
    };

    private static LoopHeader? OfItems(CommonForEachStatementSyntax each, SemanticModel model, UniqueNames names, bool linq)
    {
        if (model.GetTypeInfo(each.Expression).Type is not { } type || !IsSequence(type, "IEnumerable", out var element)) return null;
        var sequence = Primary.Of(each.Expression.WithoutTrivia());
        if (each is ForEachStatementSyntax { Type: { IsVar: false } written } && model.GetTypeInfo(written).Type is { } wanted && !SymbolEqualityComparer.Default.Equals(wanted, element))
            sequence = Template.Expression($"SOURCE.Cast<{TypeSpelling.At(model, each.SpanStart, wanted)}>()", ("SOURCE", sequence));
        else if (element is null) return null;
        else if (linq && IsSequence(type, "IQueryable", out _)) sequence = Template.Expression("SOURCE.AsEnumerable()", ("SOURCE", sequence));
        return Named(each, sequence, names);
    }

    /// <summary>The token and the context of the stream are the loop's: <c>ForEachAsync</c> hands its own token to the enumerator.</summary>
    private static LoopHeader? OfStream(CommonForEachStatementSyntax stream, SemanticModel model, UniqueNames names)
    {
        var source = stream.Expression;
        while (source is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait" or "WithCancellation" } wrapped }) source = wrapped.Expression;
        if (model.GetTypeInfo(source).Type is not { } type || !IsSequence(type, "IAsyncEnumerable", out var element) || element is null) return null;
        if (stream is ForEachStatementSyntax { Type: { IsVar: false } written } && !SymbolEqualityComparer.Default.Equals(model.GetTypeInfo(written).Type, element)) return null;
        return Named(stream, source.WithoutTrivia(), names);
    }

    private static LoopHeader Named(CommonForEachStatementSyntax each, ExpressionSyntax sequence, UniqueNames names) => each switch
    {
        ForEachStatementSyntax simple => new LoopHeader(sequence, simple.Identifier.Text, null),
        _ => new LoopHeader(sequence, names.Next("item"), $"{((ForEachVariableStatementSyntax)each).Variable.WithoutTrivia()} = "),
    };

    /// <summary><c>for (var i = 0; i &lt; n; i++)</c>: the numbers themselves.</summary>
    private static LoopHeader? Of(ForStatementSyntax counted, SemanticModel model)
    {
        if (counted.Declaration is not { Variables: [{ Initializer.Value: LiteralExpressionSyntax { Token.Value: int start }, Identifier: var counter }] } || counted.Condition is not BinaryExpressionSyntax { Right: var limit } test) return null;
        var first = start + (test.IsKind(SyntaxKind.LessThanOrEqualExpression) ? -1 : 0);
        var count = limit.WithoutTrivia();
        if (first != 0) count = Template.Expression(first < 0 ? "LIMIT + 1" : $"LIMIT - {first}", ("LIMIT", Primary.Of(count)));
        var neverNegative = first <= 0 && (limit is LiteralExpressionSyntax || model.GetSymbolInfo(limit).Symbol is { Name: "Count" or "Length" });
        if (!neverNegative) count = Template.Expression($"{TypeSpelling.At(model, counted.SpanStart, "System.Math")}.Max(0, COUNT)", ("COUNT", count));
        var range = Template.Expression($"{TypeSpelling.At(model, counted.SpanStart, "System.Linq.Enumerable")}.Range({start}, COUNT)", ("COUNT", count));
        return new LoopHeader(range, counter.Text, null);
    }

    /// <param name="item">Null: a sequence of objects.</param>
    private static bool IsSequence(ITypeSymbol type, string name, out ITypeSymbol? item)
    {
        item = (type as IArrayTypeSymbol)?.ElementType;
        if (type is IArrayTypeSymbol { Rank: 1 } && name == "IEnumerable") return true;
        var candidates = type.AllInterfaces.Append(type as INamedTypeSymbol).Where(i => i is { TypeKind: TypeKind.Interface } && i.Name == name).ToList();
        var generic = candidates.Where(i => i!.IsGenericType).ToList();
        item = generic is [{ } only] ? only.TypeArguments[0] : null;
        return generic.Count == 1 || generic.Count == 0 && candidates.Count > 0;
    }
}
