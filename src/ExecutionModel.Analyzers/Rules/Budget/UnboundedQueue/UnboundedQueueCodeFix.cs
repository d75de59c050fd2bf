using System.Composition;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedQueue;

/// <summary>Gives the queue a capacity: a bounded channel that makes writers wait, with the options that the other one had; a capacity of a collection or block.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedQueueCodeFix() : RuleCodeFix(UnboundedQueueAnalyzer.Id)
{
    private const string Capacity = "1000";

    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var changed = (target.Property("form"), target.Partners) switch
        {
            ("channel", [InvocationExpressionSyntax call]) => Bounded(target, call),
            ("collection", [BaseObjectCreationExpressionSyntax { ArgumentList: { } arguments } creation]) => creation.WithArgumentList(arguments.AddArguments(Number())) is var sized && arguments.Arguments.Count == 0 ? sized : null,
            ("block", [BaseObjectCreationExpressionSyntax { ArgumentList: { Arguments.Count: 1 } arguments } creation]) => WithOptions(target, creation, arguments),
            _ => null,
        };
        return changed is null ? None : One(new RuleFix($"Limit what waits in the queue to {Capacity}: then the producer waits", target.Root.ReplaceNode(target.Partners[0], changed)));
    }

    private static ArgumentSyntax Number() => SyntaxFactory.Argument(SyntaxFactory.ParseExpression(Capacity));

    private static ExpressionSyntax? Bounded(FixTarget target, InvocationExpressionSyntax call)
    {
        var name = call.Expression switch
        {
            MemberAccessExpressionSyntax access => access.Name,
            SimpleNameSyntax simple => simple,
            _ => null,
        };
        if (name is null || SettingsOf(call) is not { } settings) return null;
        var (options, mode) = (TypeSpelling.At(target.Model, call.SpanStart, "System.Threading.Channels.BoundedChannelOptions"), TypeSpelling.At(target.Model, call.SpanStart, "System.Threading.Channels.BoundedChannelFullMode"));
        var bounded = (ObjectCreationExpressionSyntax)Template.Expression($"new {options}({Capacity}) {{ {string.Join(", ", settings.Prepend($"FullMode = {mode}.Wait"))} }}");
        return call
            .ReplaceToken(name.Identifier, SyntaxFactory.Identifier("CreateBounded").WithTriviaFrom(name.Identifier))
            .WithArgumentList(call.ArgumentList.WithArguments(Template.Arguments([bounded])));
    }

    /// <summary>What both kinds of options have; null where the options can't be seen, or hold a comment.</summary>
    private static IEnumerable<string>? SettingsOf(InvocationExpressionSyntax call)
    {
        if (call.ArgumentList.Arguments.Count == 0) return [];
        if (call.ArgumentList.Arguments is not [{ Expression: ObjectCreationExpressionSyntax { ArgumentList: null or { Arguments.Count: 0 } } options }] || options.DescendantTrivia().Any(LeadingTrivia.IsNote)) return null;
        return options.Initializer?.Expressions.Select(e => e.WithoutTrivia().ToString()) ?? [];
    }

    private static ExpressionSyntax WithOptions(FixTarget target, BaseObjectCreationExpressionSyntax creation, ArgumentListSyntax arguments)
    {
        var options = Template.Expression($"new {TypeSpelling.At(target.Model, creation.SpanStart, "System.Threading.Tasks.Dataflow.ExecutionDataflowBlockOptions")} {{ BoundedCapacity = {Capacity} }}");
        return creation.WithArgumentList(arguments.WithArguments(Template.Arguments([arguments.Arguments[0].Expression, options])));
    }
}
