using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>A local that becomes one for all: a static field of its type, or a local in front of the lambda that made it per item.</summary>
internal static class HoistedLocal
{
    /// <summary>The declaration leaves its block; comments above it go along. Null where it has another form.</summary>
    public static SyntaxNode? IntoField(FixTarget target, VariableDeclaratorSyntax holder)
    {
        if (Declaration(holder) is not { } declared || declared.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || type is InterfaceDeclarationSyntax || type.Members.Count == 0) return null;
        if (target.Model.GetDeclaredSymbol(holder) is not ILocalSymbol local || target.Model.GetDeclaredSymbol(type) is not { } symbol) return null;
        var name = FieldName(symbol, type, local.Name);
        var uses = Uses(target.Model, StatementHost.ListOf(declared)!, local);
        var layout = Layout.At(type.Members[0]);
        var spelled = TypeSpelling.At(target.Model, declared.SpanStart, local.Type.WithNullableAnnotation(NullableAnnotation.NotAnnotated));
        var notes = string.Concat(declared.GetLeadingTrivia().Concat(declared.GetTrailingTrivia()).Where(LeadingTrivia.IsComment).Select(c => layout.Indent + c + layout.EndOfLine));
        var text = $"{notes}{layout.Indent}private static readonly {spelled} {name} = VALUE;{layout.EndOfLine}";
        var field = (FieldDeclarationSyntax)SyntaxFactory.ParseMemberDeclaration(text)!;
        var value = Layout.Shift(holder.Initializer!.Value.WithoutTrivia(), Layout.At(declared).Indent, layout.Indent);
        field = field.ReplaceNode(field.Declaration.Variables[0].Initializer!.Value, value);
        if (type.Members[0] is not FieldDeclarationSyntax) field = field.WithTrailingTrivia(field.GetTrailingTrivia().Add(SyntaxFactory.EndOfLine(layout.EndOfLine)));

        var root = target.Root.TrackNodes(uses.Append<SyntaxNode>(declared).Append(type));
        root = root.ReplaceNodes(uses.Select(u => root.GetCurrentNode(u)!), (_, use) => use.WithIdentifier(SyntaxFactory.Identifier(name).WithTriviaFrom(use.Identifier)));
        root = Without(root, root.GetCurrentNode(declared)!);
        var current = root.GetCurrentNode(type)!;
        return root.ReplaceNode(current, current.WithMembers(current.Members.Insert(0, field)));
    }

    /// <summary>The declaration moves in front of the statement that holds the lambda, where its <c>using</c> ends behind the wait for all items.</summary>
    public static SyntaxNode? InFrontOf(FixTarget target, VariableDeclaratorSyntax holder, LambdaExpressionSyntax? lambda)
    {
        if (lambda is null || Declaration(holder) is not { } declared || StatementHost.Of(lambda, target.Model) is not { IsList: true, Statement: { } statement } host) return null;
        if (target.Model.GetDeclaredSymbol(holder) is not ILocalSymbol local || Taken(host.Scope, lambda, local.Name)) return null;
        var layout = Layout.At(statement);
        var (above, attached) = LeadingTrivia.Split(statement.GetLeadingTrivia());
        var notes = declared.GetLeadingTrivia().Where(LeadingTrivia.IsComment).SelectMany(c => new[] { SyntaxFactory.Whitespace(layout.Indent), c, SyntaxFactory.EndOfLine(layout.EndOfLine) });
        var moved = Layout.Shift(declared, Layout.At(declared).Indent, layout.Indent);
        if (!declared.UsingKeyword.IsKind(SyntaxKind.None) && !Waits(statement, lambda)) moved = moved.WithUsingKeyword(default).WithAwaitKeyword(default);
        moved = moved.WithLeadingTrivia(above.AddRange(notes).Add(SyntaxFactory.Whitespace(layout.Indent)));
        if (!moved.GetTrailingTrivia().Any(SyntaxKind.EndOfLineTrivia)) moved = moved.WithTrailingTrivia(SyntaxFactory.EndOfLine(layout.EndOfLine));

        var root = target.Root.TrackNodes(declared, statement);
        root = Without(root, root.GetCurrentNode(declared)!);
        var now = root.GetCurrentNode(statement)!;
        return StatementHost.Replace(root, now, [moved, now.WithLeadingTrivia(attached)]);
    }

    /// <summary>The statement that only declares the local, in a list of statements.</summary>
    private static LocalDeclarationStatementSyntax? Declaration(VariableDeclaratorSyntax holder) =>
        holder is { Initializer: not null, Parent.Parent: LocalDeclarationStatementSyntax { ContainsDirectives: false } declared } && StatementHost.ListOf(declared) is BlockSyntax or SwitchSectionSyntax ? declared : null;

    /// <summary>What stands behind the declaration keeps the blank line that stood in front of it, not both.</summary>
    private static SyntaxNode Without(SyntaxNode root, LocalDeclarationStatementSyntax declared)
    {
        var list = StatementHost.ListOf(declared)!;
        var statements = StatementHost.StatementsOf(list).ToList();
        var index = statements.IndexOf(declared);
        statements.RemoveAt(index);
        if (index < statements.Count)
        {
            var blank = declared.GetLeadingTrivia().TakeWhile(t => t.IsKind(SyntaxKind.EndOfLineTrivia));
            statements[index] = statements[index].WithLeadingTrivia(blank.Concat(LeadingTrivia.WithoutBlankLines(statements[index].GetLeadingTrivia())));
        }

        return root.ReplaceNode(list, StatementHost.WithStatements(list, statements));
    }

    private static List<IdentifierNameSyntax> Uses(SemanticModel model, SyntaxNode scope, ILocalSymbol local) =>
        [.. scope.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n).Symbol, local))];

    /// <summary>As the type spells its static fields: <c>Gate</c>, <c>_gate</c> or <c>s_gate</c>.</summary>
    private static string FieldName(INamedTypeSymbol symbol, TypeDeclarationSyntax type, string local)
    {
        var plain = local.TrimStart('_');
        if (plain.Length == 0) plain = "gate";
        var sibling = symbol.GetMembers().OfType<IFieldSymbol>().FirstOrDefault(f => f is { IsStatic: true, IsConst: false, DeclaredAccessibility: Accessibility.Private, IsImplicitlyDeclared: false })?.Name ?? "";
        var wanted = sibling.StartsWith("s_", StringComparison.Ordinal) ? "s_" + plain
            : sibling.StartsWith("_", StringComparison.Ordinal) ? "_" + plain
            : sibling.Length > 0 && char.IsLower(sibling[0]) ? plain
            : char.ToUpperInvariant(plain[0]) + plain.Substring(1);
        var taken = new HashSet<string>(type.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.ValueText).Where(t => t != local).Concat(symbol.MemberNames), StringComparer.Ordinal);
        var name = wanted;
        for (var i = 2; taken.Contains(name) || name == local && wanted != plain; i++) name = wanted + i;
        return name;
    }

    /// <summary>The name means something else beside the lambda.</summary>
    private static bool Taken(SyntaxNode scope, SyntaxNode lambda, string name) => scope.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name && !lambda.Span.Contains(t.Span));

    private static bool Waits(StatementSyntax statement, SyntaxNode lambda) => statement.DescendantNodes(n => n != lambda).OfType<AwaitExpressionSyntax>().Any(a => a.Span.Contains(lambda.Span));
}
