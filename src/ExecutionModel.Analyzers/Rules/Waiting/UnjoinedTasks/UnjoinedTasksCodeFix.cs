using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Waiting.UnjoinedTasks;

/// <summary>Puts one join in front of the first await, or of the loop; all awaits stay where they are and find their tasks done.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnjoinedTasksCodeFix() : RuleCodeFix(UnjoinedTasksAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var isLoop = target.Property("form") == "loop";
        var place = isLoop ? target.Partners.FirstOrDefault() : target.Node;
        if (place?.FirstAncestorOrSelf<StatementSyntax>(s => StatementHost.ListOf(s) is not null) is not { } statement || isLoop && statement != place) return [];
        if (Tasks(target, isLoop) is not { } tasks) return [];
        var strict = target.Property("join") == "strict";
        var hasOptions = strict && await target.EveryProjectAsync(types => types.HasConfigureAwaitOptions, cancellationToken).ConfigureAwait(false);

        var keepsContext = target.Node is not AwaitExpressionSyntax wait || !AwaitStyle.DropsContext(wait);
        var onOneLine = !Layout.StartsLine(statement);
        var layout = Layout.At(statement);
        var (above, attached) = LeadingTrivia.Split(statement.GetLeadingTrivia());
        var join = Template.Statement((onOneLine ? "" : layout.Indent) + TaskJoin.At(target, tasks.Names, keepsContext, strict, hasOptions, tasks.HaveResult, layout, onOneLine) + (onOneLine ? " " : layout.EndOfLine));
        var root = StatementHost.Replace(target.Root, statement, [join.WithLeadingTrivia(above.AddRange(join.GetLeadingTrivia())), statement.WithLeadingTrivia(attached)]);
        return [new RuleFix("Wait for all of them before the first await: Task.WhenAll" + (strict ? ", faults in source order" : ""), root)];
    }

    private static (IReadOnlyList<string> Names, bool HaveResult)? Tasks(FixTarget target, bool isLoop)
    {
        if (isLoop)
        {
            return target.Partners[0] is ForEachStatementSyntax { Expression: IdentifierNameSyntax tasks } loop
                ? ([tasks.Identifier.Text], (target.Model.GetDeclaredSymbol(loop) as ILocalSymbol)?.Type is INamedTypeSymbol { IsGenericType: true })
                : null;
        }

        var locals = target.Partners.Prepend(target.Node).Select(n => n is AwaitExpressionSyntax wait ? Local(wait.Expression) : null).ToList();
        if (locals.Any(l => l is null)) return null;
        var types = locals.Select(l => target.Model.GetTypeInfo(l!).Type).ToList();
        return (locals.Select(l => l!.Identifier.Text).ToList(), types.All(t => t is INamedTypeSymbol { IsGenericType: true } && SymbolEqualityComparer.Default.Equals(t, types[0])));
    }

    private static IdentifierNameSyntax? Local(ExpressionSyntax awaited) => awaited switch
    {
        IdentifierNameSyntax local => local,
        ParenthesizedExpressionSyntax inner => Local(inner.Expression),
        InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var task } } => Local(task),
        _ => null,
    };
}
