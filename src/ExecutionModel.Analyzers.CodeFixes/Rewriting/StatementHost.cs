using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>
/// The place in front of which an expression's work can be started: a list of statements, a statement without braces, or an expression body.
/// There is none where the expression is evaluated conditionally or repeatedly, or where a statement before it would leave its region.
/// </summary>
/// <param name="Owner">Block, switch section, compilation unit; the statement that needs braces; the arrow clause or lambda that needs a block.</param>
/// <param name="Statement">The one that holds the expression; null in an expression body.</param>
internal sealed record StatementHost(SyntaxNode Owner, StatementSyntax? Statement)
{
    public bool IsList => Owner is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax;

    /// <summary>New names must be unique here: a switch section shares its scope with its siblings.</summary>
    public SyntaxNode Scope => Owner is SwitchSectionSyntax section ? section.Parent! : Owner;

    public static StatementHost? Of(ExpressionSyntax expression, SemanticModel model)
    {
        SyntaxNode child = expression;
        for (var parent = child.Parent; parent is not null; child = parent, parent = parent.Parent)
        {
            if (parent is LambdaExpressionSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax or LocalFunctionStatementSyntax }) return new StatementHost(parent, null);
            if (parent is StatementSyntax statement) return EvaluatesOnce(statement, child) ? Of(statement) : null;
            if (!EvaluatesAlways(parent, child, model)) return null;
        }

        return null;
    }

    /// <summary>The list that holds the statement, null where it stands alone.</summary>
    public static SyntaxNode? ListOf(StatementSyntax statement) => statement.Parent switch
    {
        BlockSyntax or SwitchSectionSyntax => statement.Parent,
        GlobalStatementSyntax { Parent: CompilationUnitSyntax unit } => unit,
        _ => null,
    };

    public static IReadOnlyList<StatementSyntax> StatementsOf(SyntaxNode list) => list switch
    {
        BlockSyntax block => block.Statements,
        SwitchSectionSyntax section => section.Statements,
        CompilationUnitSyntax unit => unit.Members.OfType<GlobalStatementSyntax>().Select(g => g.Statement).ToList(),
        _ => [],
    };

    public static SyntaxNode WithStatements(SyntaxNode list, IEnumerable<StatementSyntax> statements) => list switch
    {
        BlockSyntax block => block.WithStatements([.. statements]),
        SwitchSectionSyntax section => section.WithStatements([.. statements]),
        // Top-level statements come before all other members.
        CompilationUnitSyntax unit => unit.WithMembers([.. statements.Select(SyntaxFactory.GlobalStatement), .. unit.Members.Where(m => m is not GlobalStatementSyntax)]),
        _ => list,
    };

    /// <summary>The root with other statements where one of a list stood.</summary>
    public static SyntaxNode Replace(SyntaxNode root, StatementSyntax statement, IReadOnlyList<StatementSyntax> by)
    {
        var list = ListOf(statement)!;
        return root.ReplaceNode(list, WithStatements(list, StatementsOf(list).SelectMany(s => s == statement ? by : [s])));
    }

    /// <summary>The root with a list of statements at the owner of a host, which may have been an expression body or a statement without braces.</summary>
    /// <param name="returns">Whether an expression body returns its value.</param>
    public static SyntaxNode WithList(SyntaxNode root, SyntaxNode owner, bool returns) => owner switch
    {
        LambdaExpressionSyntax lambda => root.ReplaceNode(lambda, BlockBody.Of(lambda, returns)),
        ArrowExpressionClauseSyntax { Parent: { } member } arrow when BlockBody.Of(arrow, returns) is { } changed => root.ReplaceNode(member, changed),
        StatementSyntax and not BlockSyntax => BlockBody.Wrap(root, (StatementSyntax)owner),
        _ => root,
    };

    private static StatementHost? Of(StatementSyntax statement)
    {
        if (ListOf(statement) is { } list) return new StatementHost(list, statement);
        var needsBraces = statement.Parent is IfStatementSyntax or ElseClauseSyntax or WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax;
        return needsBraces ? new StatementHost(statement, statement) : null;
    }

    private static bool EvaluatesOnce(StatementSyntax statement, SyntaxNode child) => statement switch
    {
        LocalDeclarationStatementSyntax local => local.UsingKeyword.IsKind(SyntaxKind.None),
        ExpressionStatementSyntax or ReturnStatementSyntax or ThrowStatementSyntax or YieldStatementSyntax => true,
        IfStatementSyntax choice => child == choice.Condition,
        SwitchStatementSyntax choice => child == choice.Expression,
        CommonForEachStatementSyntax loop => child == loop.Expression,
        _ => false,
    };

    private static bool EvaluatesAlways(SyntaxNode parent, SyntaxNode child, SemanticModel model) => parent switch
    {
        ConditionalExpressionSyntax choice => child == choice.Condition,
        ConditionalAccessExpressionSyntax access => child == access.Expression,
        BinaryExpressionSyntax binary => child == binary.Left || binary.Kind() is not (SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression or SyntaxKind.CoalesceExpression),
        AssignmentExpressionSyntax assignment => child == assignment.Left || !assignment.IsKind(SyntaxKind.CoalesceAssignmentExpression),
        SwitchExpressionSyntax choice => child == choice.GoverningExpression,
        // An interpolated string handler may skip its parts.
        InterpolatedStringExpressionSyntax text => model.GetTypeInfo(text).ConvertedType is { SpecialType: SpecialType.System_String or SpecialType.System_Object },
        QueryExpressionSyntax or QueryBodySyntax or QueryClauseSyntax or SwitchExpressionArmSyntax or WhenClauseSyntax or CatchFilterClauseSyntax => false,
        AnonymousFunctionExpressionSyntax or MemberDeclarationSyntax or ArrowExpressionClauseSyntax => false,
        _ => true,
    };
}
