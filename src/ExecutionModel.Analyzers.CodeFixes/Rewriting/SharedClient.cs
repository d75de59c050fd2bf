using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// A static field with an <c>HttpClient</c> in place of one that a method makes for itself. The field keeps no cookies, as the clients that it stands for kept
/// none from call to call, and renews its connections, so that it sees when an address moves.
/// </summary>
internal static class SharedClient
{
    public const string Handler = "System.Net.Http.SocketsHttpHandler";

    /// <summary>The root with the field; null where the client's declaration can't be taken away.</summary>
    public static SyntaxNode? InPlaceOf(FixTarget target, BaseObjectCreationExpressionSyntax making, bool hasSockets)
    {
        if (making.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || !CanHold(type)) return null;
        var declarator = making.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } only } ? only : null;
        var statement = declarator?.Parent!.Parent as StatementSyntax;
        if (statement is null ? making.Parent is not (MemberAccessExpressionSyntax or ParenthesizedExpressionSyntax) : !CanGo(statement)) return null;

        var value = Value(target.Model, making.SpanStart, hasSockets);
        var known = Existing(type, value);
        var name = known ?? FreeName(target.Model, type);
        var uses = declarator is null ? [making] : UsesOf(target.Model, declarator, type);
        var layout = Layout.At(type.Members[0]);
        var root = target.Root.TrackNodes(statement is null ? [.. uses, type] : [.. uses, statement, type]);
        root = root.ReplaceNodes(root.GetCurrentNodes<SyntaxNode>(uses), (use, _) => SyntaxFactory.IdentifierName(name).WithTriviaFrom(use));
        if (statement is not null) root = WithoutStatement(root, root.GetCurrentNode(statement)!, InnerIndent(statement), Layout.At(statement).Indent);
        if (known is not null) return root;
        var field = SyntaxFactory.ParseMemberDeclaration($"{layout.Indent}private static readonly {TypeSpelling.At(target.Model, making.SpanStart, "System.Net.Http.HttpClient")} {name} = {value};{layout.EndOfLine}")!;
        var current = root.GetCurrentNode(type)!;
        var first = current.Members[0];
        var next = first is FieldDeclarationSyntax && !first.GetLeadingTrivia().Any(LeadingTrivia.IsNote) ? first : first.WithLeadingTrivia(first.GetLeadingTrivia().Insert(0, SyntaxFactory.EndOfLine(layout.EndOfLine)));
        return root.ReplaceNode(current, current.WithMembers([field, next, .. current.Members.Skip(1)]));
    }

    private static bool CanHold(TypeDeclarationSyntax type) =>
        type is not InterfaceDeclarationSyntax && Layout.StartsLine(type.Members[0]) && type.AncestorsAndSelf().OfType<TypeDeclarationSyntax>().All(t => t.TypeParameterList is null);

    /// <summary>What a <c>using</c> holds must fit where it stands: no name may be there twice.</summary>
    private static bool CanGo(StatementSyntax statement)
    {
        if (StatementHost.ListOf(statement) is null or CompilationUnitSyntax) return false;
        if (statement is LocalDeclarationStatementSyntax) return !statement.WithoutTrivia().DescendantTrivia().Any(LeadingTrivia.IsNote);
        if (statement is not UsingStatementSyntax { Statement: BlockSyntax block } use) return false;
        if (use.OpenParenToken.GetPreviousToken().TrailingTrivia.Concat(use.CloseParenToken.TrailingTrivia).Concat(block.OpenBraceToken.LeadingTrivia).Concat(block.OpenBraceToken.TrailingTrivia).Concat(block.CloseBraceToken.LeadingTrivia).Concat(block.CloseBraceToken.TrailingTrivia).Any(LeadingTrivia.IsNote)) return false;
        if (block.Statements.Count == 0 || block.Statements.Any(s => !Layout.StartsLine(s))) return false;
        var member = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>()!;
        var inside = Declared(block).ToList();
        return !Declared(member).Except(inside).Select(t => t.ValueText).Intersect(inside.Select(t => t.ValueText)).Any();
    }

    private static IEnumerable<SyntaxToken> Declared(SyntaxNode node) => node.DescendantNodes().Select(n => n switch
    {
        VariableDeclaratorSyntax variable => variable.Identifier,
        SingleVariableDesignationSyntax variable => variable.Identifier,
        ForEachStatementSyntax loop => loop.Identifier,
        ParameterSyntax parameter => parameter.Identifier,
        LocalFunctionStatementSyntax function => function.Identifier,
        CatchDeclarationSyntax caught => caught.Identifier,
        _ => default,
    }).Where(t => t.ValueText.Length > 0);

    private static string InnerIndent(StatementSyntax statement) => statement is UsingStatementSyntax { Statement: BlockSyntax block } ? Layout.At(block.Statements[0]).Indent : "";

    /// <summary>A declaration goes, what stands in a <c>using</c> stays, one step further out.</summary>
    private static SyntaxNode WithoutStatement(SyntaxNode root, StatementSyntax old, string from, string to)
    {
        var list = StatementHost.ListOf(old)!;
        var kept = new List<StatementSyntax>();
        SyntaxTriviaList? above = null;
        foreach (var statement in StatementHost.StatementsOf(list))
        {
            if (statement != old)
            {
                kept.Add(above is { } before ? statement.WithLeadingTrivia(Joined(before, statement.GetLeadingTrivia())) : statement);
                above = null;
            }
            else if (old is UsingStatementSyntax { Statement: BlockSyntax block })
            {
                var moved = block.Statements.Select(s => Layout.Move(s, from, to)).ToList();
                moved[0] = moved[0].WithLeadingTrivia(Joined(old.GetLeadingTrivia(), moved[0].GetLeadingTrivia()));
                kept.AddRange(moved);
            }
            else
            {
                above = [.. old.GetLeadingTrivia(), .. old.GetTrailingTrivia().Any(LeadingTrivia.IsNote) ? old.GetTrailingTrivia().Where(t => !t.IsKind(SyntaxKind.WhitespaceTrivia)) : []];
            }
        }

        return root.ReplaceNode(list, StatementHost.WithStatements(list, kept));
    }

    /// <summary>Blank lines and comments above the old statement, then those of the next one, which stands where the old one stood.</summary>
    private static SyntaxTriviaList Joined(SyntaxTriviaList above, SyntaxTriviaList own)
    {
        var count = above.Count;
        while (count > 0 && above[count - 1].IsKind(SyntaxKind.WhitespaceTrivia)) count--;
        return [.. above.Take(count), .. LeadingTrivia.WithoutBlankLines(own)];
    }

    private static string Value(SemanticModel model, int position, bool hasSockets)
    {
        var handler = TypeSpelling.At(model, position, hasSockets ? Handler : "System.Net.Http.HttpClientHandler");
        var renewal = hasSockets ? $"PooledConnectionLifetime = {TypeSpelling.At(model, position, "System.TimeSpan")}.FromMinutes(2), " : "";
        return $"new {TypeSpelling.At(model, position, "System.Net.Http.HttpClient")}(new {handler} {{ {renewal}UseCookies = false }})";
    }

    /// <summary>The field that an earlier fix gave the type.</summary>
    private static string? Existing(TypeDeclarationSyntax type, string value) =>
        type.Members.OfType<FieldDeclarationSyntax>()
            .Where(f => f.Modifiers.Any(SyntaxKind.StaticKeyword) && f.Modifiers.Any(SyntaxKind.ReadOnlyKeyword))
            .SelectMany(f => f.Declaration.Variables)
            .FirstOrDefault(v => v.Initializer?.Value.ToString() == value)?.Identifier.Text;

    /// <summary>In the style of the type's private fields.</summary>
    private static string FreeName(SemanticModel model, TypeDeclarationSyntax type)
    {
        var fields = type.Members.OfType<FieldDeclarationSyntax>().SelectMany(f => f.Declaration.Variables).Select(v => v.Identifier.ValueText).ToList();
        var wanted = fields.Any(f => f.StartsWith("s_", StringComparison.Ordinal)) ? "s_sharedClient" : fields.Any(f => f.StartsWith("_", StringComparison.Ordinal)) ? "_sharedClient" : "SharedClient";
        var names = new UniqueNames(model, type.Members[0].SpanStart, type);
        var name = names.Next(wanted);
        while (model.LookupSymbols(type.Members[0].SpanStart, name: name).Length > 0) name = names.Next(wanted);
        return name;
    }

    private static IReadOnlyList<SyntaxNode> UsesOf(SemanticModel model, VariableDeclaratorSyntax declarator, TypeDeclarationSyntax type)
    {
        var local = model.GetDeclaredSymbol(declarator);
        return [.. type.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == declarator.Identifier.ValueText && SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(n).Symbol, local))];
    }
}
