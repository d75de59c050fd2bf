using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A loop cut in two: its calls run together, behind a gate, and give an array in the order of the source; what used the results stays a loop, over the array.
/// The source is enumerated once; of a turn's variables the array carries those that the second part reads.
/// </summary>
internal static class GatheredLoop
{
    /// <summary>The statements that replace the loop, without its leading trivia; null where the second part writes what it was handed.</summary>
    public static IReadOnlyList<StatementSyntax>? Of(StatementSyntax loop, AwaitExpressionSyntax last, StatementSyntax head, SemanticModel model, LoopLimit limit, UniqueNames names)
    {
        var layout = Layout.At(loop);
        var body = BodyOf(loop)!;
        var turn = TurnStatements.Of(body, head);
        var index = turn.Statements.ToList().IndexOf(head);
        if (index < 0 || LoopHeader.Of(loop, model, names, linq: true) is not { } header) return null;

        var takes = TakesResult(head);
        var uses = turn.Statements.Skip(takes ? index + 1 : index).ToList();
        if (uses.Count == 0 || Carried(uses, last, loop, model, takes) is not { } carried) return null;
        var calls = turn.Statements.Take(takes ? index + 1 : index).ToList();
        var values = carried.Select(c => (ExpressionSyntax)SyntaxFactory.IdentifierName(c)).ToList();
        var variables = carried.ToList();
        var from = head;
        if (!takes)
        {
            var result = names.Next("result");
            variables.Add(result);
            values.Add(last.WithoutTrivia());
            uses[0] = uses[0].ReplaceNode(Parenthesized(last), SyntaxFactory.IdentifierName(result).WithTriviaFrom(Parenthesized(last)));
        }
        else if (variables.Count > 0 && Initializer(head, variables[variables.Count - 1], model) is { } initializer)
        {
            values[values.Count - 1] = initializer;
            calls[calls.Count - 1] = SyntaxFactory.ReturnStatement().WithTriviaFrom(head);
        }

        if (values.Count == 0) return null;
        var results = names.Next(Plural(variables, takes, head));
        var lambda = Call(header, turn, calls, values, from, limit, model, names, layout, out var gate);
        var source = turn.Conditions.Aggregate(header.Sequence, (s, c) => Template.Expression($"SOURCE.Where({header.Parameter} => CONDITION)", ("SOURCE", s), ("CONDITION", c)));
        if (turn.Conditions.Count > 0 && header.Unpack is not null) return null;
        var task = TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Task");
        var gather = Template.Statement($"{layout.Indent}var {results} = await {task}.WhenAll(SOURCE.Select(LAMBDA)){limit.Configured};{layout.EndOfLine}", ("SOURCE", source), ("LAMBDA", lambda));
        var apply = Apply(loop, body, turn, uses, variables, results, layout);
        return gate is null ? [gather, apply] : [gate, gather, apply];
    }

    public static StatementSyntax? BodyOf(StatementSyntax loop) => loop switch
    {
        CommonForEachStatementSyntax each => each.Statement,
        ForStatementSyntax counted => counted.Statement,
        _ => null,
    };

    private static LambdaExpressionSyntax Call(LoopHeader header, TurnStatements turn, List<StatementSyntax> calls, List<ExpressionSyntax> values, StatementSyntax from, LoopLimit limit, SemanticModel model, UniqueNames names, Layout layout, out StatementSyntax? gate)
    {
        gate = null;
        var inner = limit.Count is null ? layout.Inner : layout.Inner.Inner;
        var last = values[values.Count - 1];
        values[values.Count - 1] = Layout.Shift(last.WithoutTrivia(), Layout.At(from).Indent, inner.Indent);
        var value = values.Count == 1 ? values[0] : Tuple(values);
        var empty = Lambda.Async(header.Parameter);
        if (limit.Count is null && calls.Count == 0 && header.Unpack is null) return Lambda.WithExpression(empty, value);

        List<StatementSyntax> work = [.. header.UnpackAt(inner), .. Moved(calls, inner)];
        work.Add(Template.Statement($"{inner.Indent}return VALUE;{inner.EndOfLine}", ("VALUE", value)));
        if (work.Count > 1 && work[work.Count - 2] is ReturnStatementSyntax { Expression: null } place) (work[work.Count - 2], _) = (work[work.Count - 1].WithTriviaFrom(place), work.Remove(work[work.Count - 1]));
        if (limit.Count is not { } count) return BlockBody.Of(empty, BlockBody.Of(work, layout), layout);

        var semaphore = limit.Gate(names);
        var disposes = from.FirstAncestorOrSelf<SwitchSectionSyntax>() is null && Language.HasUsingDeclarations(from);
        gate = semaphore.Declaration(model, from.SpanStart, count, layout, disposes);
        return BlockBody.Of(empty, semaphore.Around([.. work], layout), layout);
    }

    /// <summary>Statements from another depth, each on lines of its own.</summary>
    internal static IEnumerable<StatementSyntax> Moved(IReadOnlyList<StatementSyntax> statements, Layout to)
    {
        if (statements.Count == 0) return [];
        var block = (BlockSyntax)Template.Statement($"{{{to.EndOfLine}}}");
        block = block.WithStatements([.. statements.Select((s, i) => Layout.StartsLine(s) && (i > 0 || HasIndent(s)) ? s : s.WithLeadingTrivia(SyntaxFactory.Whitespace(Layout.At(statements[0]).Indent)).WithTrailingTrivia(SyntaxFactory.EndOfLine(to.EndOfLine)))]);
        return Layout.Shift(block, Layout.At(statements[0]).Indent, to.Indent).Statements;
    }

    private static bool HasIndent(StatementSyntax statement) => statement.GetLeadingTrivia().Any(SyntaxKind.WhitespaceTrivia) || Layout.At(statement).Indent.Length == 0;

    private static StatementSyntax Apply(StatementSyntax loop, StatementSyntax body, TurnStatements turn, List<StatementSyntax> uses, List<string> variables, string results, Layout layout)
    {
        var variable = variables.Count == 1 ? variables[0] : $"({string.Join(", ", variables)})";
        var header = (CommonForEachStatementSyntax)Template.Statement($"{layout.Indent}foreach (var {variable} in {results}){layout.EndOfLine}{layout.Indent};");
        var close = loop switch
        {
            CommonForEachStatementSyntax each => each.CloseParenToken,
            _ => ((ForStatementSyntax)loop).CloseParenToken,
        };
        header = header.ReplaceToken(header.CloseParenToken, close);
        var moved = turn.Conditions.Count > 0 ? Moved(uses, layout.Inner).ToList() : uses;
        StatementSyntax rest = body is BlockSyntax block ? block.WithStatements([.. WithoutBlankLine(moved)]) : moved[0];
        return header.WithStatement(rest).WithTrailingTrivia(loop.GetTrailingTrivia());
    }

    private static IEnumerable<StatementSyntax> WithoutBlankLine(List<StatementSyntax> statements) =>
        statements.Select((s, i) => i == 0 ? s.WithLeadingTrivia(LeadingTrivia.WithoutBlankLines(s.GetLeadingTrivia())) : s);

    /// <summary>Variables of the turn that its second part reads, in order of declaration; null where it also writes one of them.</summary>
    private static List<string>? Carried(List<StatementSyntax> uses, AwaitExpressionSyntax last, StatementSyntax loop, SemanticModel model, bool takes)
    {
        var found = new List<ILocalSymbol>();
        foreach (var name in uses.SelectMany(u => u.DescendantNodesAndSelf(n => n != last || takes)).OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not ILocalSymbol { DeclaringSyntaxReferences: [var declaration] } local) continue;
            if (loop.Span.Contains(declaration.Span) && !uses.Any(u => u.Span.Contains(declaration.Span)) && !found.Contains(local, SymbolEqualityComparer.Default)) found.Add(local);
        }

        if (found.Any(l => l.Type.IsRefLikeType || l.IsRef || l.RefKind != RefKind.None)) return null;
        if (found.Count > 0 && (model.AnalyzeDataFlow(uses[0], uses[uses.Count - 1]) is not { Succeeded: true } flow || found.Any(l => flow.WrittenInside.Contains(l, SymbolEqualityComparer.Default)))) return null;
        return [.. found.OrderBy(l => l.DeclaringSyntaxReferences[0].Span.Start).Select(l => Escaped(l.Name))];
    }

    private static string Escaped(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    /// <summary><c>var x = e;</c> whose variable is the one that is handed on: the value can be returned without it.</summary>
    private static ExpressionSyntax? Initializer(StatementSyntax head, string variable, SemanticModel model)
    {
        if (head is not LocalDeclarationStatementSyntax { UsingKeyword.RawKind: 0, Declaration: { Variables: [{ Initializer.Value: var value } only] } declaration } || Escaped(only.Identifier.ValueText) != variable) return null;
        if (declaration.Type.IsVar) return value;
        return SymbolEqualityComparer.IncludeNullability.Equals(model.GetTypeInfo(declaration.Type).Type, model.GetTypeInfo(value).Type) ? value : null;
    }

    private static bool TakesResult(StatementSyntax head) =>
        head is LocalDeclarationStatementSyntax or ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Left: DeclarationExpressionSyntax or TupleExpressionSyntax { Arguments: [{ Expression: DeclarationExpressionSyntax }, ..] } } };

    private static string Plural(List<string> variables, bool takes, StatementSyntax head)
    {
        var name = takes && head is LocalDeclarationStatementSyntax ? variables[variables.Count - 1].TrimStart('@') : "result";
        return name.EndsWith("s", StringComparison.Ordinal) || !char.IsLetter(name[name.Length - 1]) ? name + "PerTurn" : name.EndsWith("y", StringComparison.Ordinal) ? name.Substring(0, name.Length - 1) + "ies" : name + "s";
    }

    private static ExpressionSyntax Tuple(List<ExpressionSyntax> values) => SyntaxFactory.TupleExpression(Template.Arguments(values.Select(v => v.WithoutTrivia())));

    private static ExpressionSyntax Parenthesized(ExpressionSyntax value) => value.Parent is ParenthesizedExpressionSyntax outer ? Parenthesized(outer) : value;
}
