using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A block in which a gate is waited for and released, with what stands in between in a <c>try</c> and the release in its <c>finally</c>. Variables that are read
/// behind it are declared in front of it; a plain <c>return</c> behind it moves in.
/// </summary>
internal static class GuardedRelease
{
    /// <summary>Null where the block has another form.</summary>
    /// <param name="releases">All statements of the function that release this gate.</param>
    public static BlockSyntax? Of(ExpressionStatementSyntax wait, IReadOnlyList<ExpressionStatementSyntax> releases, SemanticModel model)
    {
        var block = (BlockSyntax)wait.Parent!;
        var statements = block.Statements;
        var start = statements.IndexOf(wait);
        var end = start + 1;
        while (end < statements.Count && !(statements[end] is ExpressionStatementSyntax release && releases.Contains(release)) && !EndsWith(statements[end], releases)) end++;
        if (end >= statements.Count || end == start + 1) return null;
        var held = statements.Skip(start + 1).Take(end - start - 1).ToList();
        if (held.Any(s => s.ContainsDirectives || s is LocalFunctionStatementSyntax or LabeledStatementSyntax || !Layout.StartsLine(s)) || !Layout.StartsLine(statements[end])) return null;
        return statements[end] is TryStatementSyntax tried ? IntoTry(block, start, held, tried, model) : Around(block, start, held, (ExpressionStatementSyntax)statements[end], releases, model);
    }

    private static bool EndsWith(StatementSyntax statement, IReadOnlyList<ExpressionStatementSyntax> releases) =>
        statement is TryStatementSyntax { Finally: { } last } && releases.Any(r => last.Span.Contains(r.Span));

    /// <summary>The <c>try</c> is there but begins too late.</summary>
    private static BlockSyntax? IntoTry(BlockSyntax block, int start, List<StatementSyntax> held, TryStatementSyntax tried, SemanticModel model)
    {
        if (tried.Catches.Count > 0 || tried.ContainsDirectives || tried.Block.Statements.Count == 0) return null;
        var behind = block.Statements.Skip(start + held.Count + 2).Append<SyntaxNode>(tried.Finally!);
        if (Variables(held, model).Any(v => behind.Any(b => Uses(b, v, model)))) return null;
        var to = Layout.At(tried.Block.Statements[0]).Indent;
        var moved = held.Select((s, i) => Moved(s, Layout.At(block.Statements[start]).Indent, to, i == 0));
        var first = tried.Block.Statements[0];
        if (tried.GetLeadingTrivia().Any(SyntaxKind.EndOfLineTrivia)) first = first.WithLeadingTrivia(first.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine(Layout.At(tried).EndOfLine)));
        var guarded = tried.WithBlock(tried.Block.WithStatements([.. moved, first, .. tried.Block.Statements.Skip(1)])).WithLeadingTrivia(SyntaxFactory.Whitespace(Layout.At(tried).Indent));
        return block.WithStatements([.. block.Statements.Take(start + 1), guarded, .. block.Statements.Skip(start + held.Count + 2)]);
    }

    private static BlockSyntax? Around(BlockSyntax block, int start, List<StatementSyntax> held, ExpressionStatementSyntax release, IReadOnlyList<ExpressionStatementSyntax> releases, SemanticModel model)
    {
        var rest = block.Statements.Skip(start + held.Count + 2).ToList();
        var inner = releases.Where(r => held.Any(h => h.Span.Contains(r.Span))).ToList();
        if (!inner.All(IsBeforeLeaving)) return null;
        var layout = Layout.At(block.Statements[start]);
        var (line, to) = (layout.EndOfLine, layout.Inner.Indent);

        var last = rest is [ReturnStatementSyntax { ContainsDirectives: false } only] && IsPlain(only.Expression) ? only : null;
        var hoisted = new List<StatementSyntax>();
        var work = new List<StatementSyntax>();
        foreach (var statement in held)
        {
            var kept = statement;
            if (last is null && Variables([statement], model).Where(v => rest.Any(r => Uses(r, v, model))).ToList() is { Count: > 0 } read)
            {
                if (Hoisted(statement, read, model, layout) is not { } parts) return null;
                hoisted.Add(parts.Declaration);
                if (parts.Assignment is null) continue;
                kept = parts.Assignment;
            }
            else
            {
                var gone = inner.Where(r => statement.Span.Contains(r.Span)).ToList();
                if (gone.Any(r => r.Parent is not BlockSyntax and not SwitchSectionSyntax)) return null;
                kept = gone.Count == 0 ? kept : kept.RemoveNodes(gone, SyntaxRemoveOptions.KeepNoTrivia)!;
            }

            work.Add(Moved(kept, layout.Indent, to, work.Count == 0));
        }

        if (last is not null) work.Add(Layout.Shift(last.WithLeadingTrivia(Shifted(last.GetLeadingTrivia(), layout.Indent, to)), layout.Indent, to));
        if (work.Count == 0) return null;
        var text = $"{layout.Indent}try{layout.BeforeBrace}{{{line}{layout.Indent}}}{(layout.BraceOnOwnLine ? line + layout.Indent : " ")}finally{layout.BeforeBrace}{{{line}{layout.Indent}}}{line}";
        var tried = (TryStatementSyntax)Template.Statement(text);
        tried = tried.WithBlock(tried.Block.WithStatements([.. work])).WithFinally(tried.Finally!.WithBlock(tried.Finally.Block.WithStatements([Moved(release, layout.Indent, to, true)])));
        return block.WithStatements([.. block.Statements.Take(start + 1), .. hoisted, tried, .. last is null ? rest : []]);
    }

    /// <summary><c>var x = F();</c> as <c>string x;</c> and <c>x = F();</c>.</summary>
    private static (StatementSyntax Declaration, StatementSyntax? Assignment)? Hoisted(StatementSyntax statement, List<ISymbol> read, SemanticModel model, Layout layout)
    {
        if (statement is not LocalDeclarationStatementSyntax { Modifiers.Count: 0, Declaration: { Variables: [var declarator] } declaration } declared || !declared.UsingKeyword.IsKind(SyntaxKind.None)) return null;
        if (read is not [ILocalSymbol { IsRef: false, Type: var type } local] || local.Name != declarator.Identifier.ValueText || type.IsAnonymousType || type.IsTupleType && declaration.Type.IsVar) return null;
        if (declarator.Initializer is { Value: var given } && model.GetTypeInfo(given).Nullability.FlowState == NullableFlowState.NotNull && !IsWritten(declared.Parent!, local, model)) type = type.WithNullableAnnotation(NullableAnnotation.NotAnnotated);
        var spelled = declaration.Type.IsVar ? TypeSpelling.At(model, declared.SpanStart, type) : declaration.Type.WithoutTrivia().ToString();
        var front = Template.Statement($"{layout.Indent}{spelled} {declarator.Identifier.Text};{layout.EndOfLine}");
        if (declarator.Initializer is not { Value: var value }) return (front, null);
        if (value is InitializerExpressionSyntax) return null;
        return (front, Template.Statement($"{declarator.Identifier.Text} = VALUE;", ("VALUE", value.WithoutTrivia())).WithTriviaFrom(declared));
    }

    private static bool IsWritten(SyntaxNode scope, ILocalSymbol local, SemanticModel model) =>
        scope.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(a => Uses(a.Left, local, model));

    private static StatementSyntax Moved(StatementSyntax statement, string from, string to, bool isFirst)
    {
        var leading = isFirst ? LeadingTrivia.WithoutBlankLines(statement.GetLeadingTrivia()) : statement.GetLeadingTrivia();
        return Layout.Shift(statement, from, to).WithLeadingTrivia(Shifted(leading, from, to));
    }

    private static SyntaxTriviaList Shifted(SyntaxTriviaList trivia, string from, string to) =>
        [.. trivia.Select(t => t.IsKind(SyntaxKind.WhitespaceTrivia) && t.ToString() == from ? SyntaxFactory.Whitespace(to) : t)];

    /// <summary>Behind it the function is left at once: the <c>finally</c> comes to the same.</summary>
    private static bool IsBeforeLeaving(ExpressionStatementSyntax release)
    {
        if (StatementHost.ListOf(release) is not { } list) return false;
        var statements = StatementHost.StatementsOf(list).ToList();
        return statements.ElementAtOrDefault(statements.IndexOf(release) + 1) switch
        {
            ThrowStatementSyntax thrown => thrown.Expression is null or ObjectCreationExpressionSyntax,
            ReturnStatementSyntax returned => returned.Expression is null || IsPlain(returned.Expression),
            _ => false,
        };
    }

    private static bool IsPlain(ExpressionSyntax? value) => value is not null && !value.DescendantNodesAndSelf().Any(n => n is AwaitExpressionSyntax or InvocationExpressionSyntax or BaseObjectCreationExpressionSyntax or AssignmentExpressionSyntax or AnonymousFunctionExpressionSyntax);

    private static List<ISymbol> Variables(IReadOnlyList<StatementSyntax> statements, SemanticModel model) =>
        [.. statements.SelectMany(s => s.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax)).Select(n => n is VariableDeclaratorSyntax or SingleVariableDesignationSyntax ? model.GetDeclaredSymbol(n) : null).OfType<ISymbol>()];

    private static bool Uses(SyntaxNode code, ISymbol variable, SemanticModel model) =>
        code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(n => n.Identifier.ValueText == variable.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n).Symbol, variable));
}
