using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Sharing.SharedCollection;

/// <summary>Gives each turn a slot of an array, or the local a concurrent type, where all its uses fit; else puts the change under a lock.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class SharedCollectionCodeFix() : RuleCodeFix(SharedCollectionAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var fixes = new List<RuleFix>();
        if (target.Property("slots") is not null && target.Partners is [_, VariableDeclaratorSyntax list, ExpressionSyntax length, ..] && target.Node is InvocationExpressionSyntax add && SlotArray.Of(target, list, add, length) is { } slots && LeadingTrivia.Comments(slots) >= LeadingTrivia.Comments(target.Root))
            fixes.Add(new RuleFix("Give each turn a slot of an array (in order)", slots));
        if (target.Property("type") is { } type && target.Partners is [_, VariableDeclaratorSyntax declarator, ..] && Replaced(target, declarator, type) is { } replaced) fixes.Add(replaced);
        if (target.Property("lock") is { } name && target.Node is ExpressionSyntax change && Locked(target, change, name) is { } locked) fixes.Add(locked with { Choice = fixes.Count == 0 ? null : "lock" });
        return Task.FromResult<IReadOnlyList<RuleFix>>(fixes);
    }

    private static RuleFix? Replaced(FixTarget target, VariableDeclaratorSyntax declarator, string type)
    {
        if (declarator is not { Parent: VariableDeclarationSyntax declaration, Initializer.Value: BaseObjectCreationExpressionSyntax creation }) return null;
        if (target.Model.GetDeclaredSymbol(declarator) is not ILocalSymbol { Type: INamedTypeSymbol { TypeArguments: var arguments } } || new KnownTypes(target.Model.Compilation).Find(type) is not { } concurrent) return null;
        var spelled = SyntaxFactory.ParseTypeName(TypeSpelling.At(target.Model, declarator.SpanStart, concurrent.Construct([.. arguments])));
        var changed = declaration;
        if (creation is ObjectCreationExpressionSyntax named) changed = changed.ReplaceNode(named.Type, spelled.WithTriviaFrom(named.Type));
        if (!changed.Type.IsVar) changed = changed.WithType(spelled.WithTriviaFrom(changed.Type));
        var name = type.Substring(type.LastIndexOf('.') + 1).Split('`')[0];
        var order = name == "ConcurrentBag" ? " (in any order)" : "";
        return new RuleFix($"Collect in a {name}{order}", target.Root.ReplaceNode(declaration, changed));
    }

    private static RuleFix? Locked(FixTarget target, ExpressionSyntax change, string name)
    {
        if (change.Parent is not ExpressionStatementSyntax statement || statement.ContainsDirectives || statement.GetTrailingTrivia().Any(LeadingTrivia.IsNote)) return Lambda(target, change, name);
        var bare = statement.WithLeadingTrivia().WithTrailingTrivia();
        var locked = Template.Statement($"lock ({name}) {bare}").WithTriviaFrom(statement);
        return new RuleFix($"Lock '{name}' for the change", target.Root.ReplaceNode(statement, locked));
    }

    /// <summary><c>x => list.Add(x)</c></summary>
    private static RuleFix? Lambda(FixTarget target, ExpressionSyntax change, string name)
    {
        if (change.Parent is not LambdaExpressionSyntax lambda || target.Model.GetSymbolInfo(lambda).Symbol is not IMethodSymbol { ReturnsVoid: true } || change.DescendantTrivia().Any(LeadingTrivia.IsNote)) return null;
        var block = (BlockSyntax)Template.Statement($"{{ lock ({name}) {change.WithoutTrivia()}; }}");
        return new RuleFix($"Lock '{name}' for the change", target.Root.ReplaceNode(lambda, lambda.WithBody(block).WithTriviaFrom(lambda)));
    }
}
