using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.ClientPerOperation;

/// <summary>Takes the client from the factory in reach; without one, from a static field that the type gets for it, and then nobody disposes it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class ClientPerOperationCodeFix() : RuleCodeFix(ClientPerOperationAnalyzer.Id)
{
    protected override async Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        if (target.Partners is not [BaseObjectCreationExpressionSyntax { ArgumentList: { } } making]) return [];
        if (target.Property("factory") is { } factory)
        {
            var call = Template.Expression($"{factory}.CreateClient()").WithTriviaFrom(making);
            return Binds(target, making, call) ? [new RuleFix($"Take the client from '{factory}'", target.Root.ReplaceNode(making, call))] : [];
        }

        var hasSockets = await target.EveryProjectAsync(t => t.Find(SharedClient.Handler) is not null, cancellationToken).ConfigureAwait(false);
        return SharedClient.InPlaceOf(target, making, hasSockets) is { } root ? [new RuleFix("Share one client: a static field that keeps its connections open", root)] : [];
    }

    /// <summary>The method without a name is an extension, which needs its namespace.</summary>
    private static bool Binds(FixTarget target, ExpressionSyntax place, ExpressionSyntax call) =>
        target.Model.GetSpeculativeSymbolInfo(place.SpanStart, call.WithoutTrivia(), SpeculativeBindingOption.BindAsExpression).Symbol is not null;
}
