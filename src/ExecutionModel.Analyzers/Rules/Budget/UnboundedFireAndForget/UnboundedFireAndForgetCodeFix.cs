using System.Composition;
using System.Globalization;
using ExecutionModel.Analyzers.CodeFixes;
using ExecutionModel.Analyzers.CodeFixes.Rewriting;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.Rules.Budget.UnboundedFireAndForget;

/// <summary>Keeps the tasks of a loop in a list, lets so many run at a time and waits for all behind the loop, where their faults are thrown then.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp), Shared]
public sealed class UnboundedFireAndForgetCodeFix() : RuleCodeFix(UnboundedFireAndForgetAnalyzer.Id)
{
    protected override Task<IReadOnlyList<RuleFix>> PlanAsync(FixTarget target, CancellationToken cancellationToken)
    {
        var limit = LoopLimit.Of(target);
        if (limit.Count is not { } most || target.Partners.Length < 2 || target.Partners[target.Partners.Length - 1] is not StatementSyntax loop || loop.ContainsDirectives) return None;
        if (Joined(target, loop, limit with { KeepsContext = AwaitStyle.KeepsContext(loop) }, most) is not { } root) return None;
        return One(new RuleFix($"Wait for all of them, {most.ToString(CultureInfo.InvariantCulture)} at a time: SemaphoreSlim gate, faults are thrown here", root));
    }

    private static SyntaxNode? Joined(FixTarget target, StatementSyntax loop, LoopLimit limit, int most)
    {
        if (StatementHost.ListOf(loop) is not { } list) return null;
        var model = target.Model;
        var types = new KnownTypes(model.Compilation);
        if (types.Task is not { } task || types.Find("System.Collections.Generic.List`1")?.Construct(task) is not { } tasks) return null;
        var names = new UniqueNames(model, loop.SpanStart, new StatementHost(list, loop).Scope);
        var (gate, started) = (limit.Gate(names), names.Next("started"));
        var layout = Layout.At(loop);
        var line = SyntaxFactory.EndOfLine(layout.EndOfLine);

        var calls = new Dictionary<SyntaxNode, GatedCall>();
        foreach (var call in target.Partners.Take(target.Partners.Length - 1).OfType<InvocationExpressionSyntax>())
        {
            if (call.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax statement || GatedCall.Of(call, loop, model, gate, names, layout) is not { } gated) return null;
            calls.Add(statement, gated);
        }

        if (calls.Count != target.Partners.Length - 1) return null;
        var kept = loop.ReplaceNodes(calls.Keys, (original, _) => ((ExpressionStatementSyntax)original).WithExpression(
            Template.Expression($"{started}.Add(CALL)", ("CALL", calls[original].Call.WithoutTrivia())).WithTriviaFrom(((ExpressionStatementSyntax)original).Expression)));
        var (above, attached) = LeadingTrivia.Split(loop.GetLeadingTrivia());
        var declared = Template.Statement($"{layout.Indent}var {started} = new {TypeSpelling.At(model, loop.SpanStart, tasks)}();{layout.EndOfLine}");
        var disposes = list is not SwitchSectionSyntax && Language.HasUsingDeclarations(target.Root) && OnlyStarts(loop, calls.Keys);
        var join = new TaskJoin(TypeSpelling.At(model, loop.SpanStart, "System.Threading.Tasks.Task"), [started], limit.KeepsContext).Relaxed();
        return StatementHost.Replace(target.Root, loop,
        [
            declared.WithLeadingTrivia(above.AddRange(declared.GetLeadingTrivia())),
            gate.Declaration(model, loop.SpanStart, most, layout, disposes),
            .. calls.Values.Select((c, i) => i == 0 ? c.Function : c.Function.WithLeadingTrivia(c.Function.GetLeadingTrivia().Insert(0, line))),
            kept.WithLeadingTrivia(attached.Insert(0, line)),
            Template.Statement($"{layout.EndOfLine}{layout.Indent}{join}{layout.EndOfLine}"),
        ]);
    }

    /// <summary>Nothing else in the loop can throw and leave the block while tasks still need the gate.</summary>
    private static bool OnlyStarts(StatementSyntax loop, ICollection<SyntaxNode> starts) => GatheredLoop.BodyOf(loop) switch
    {
        BlockSyntax block => block.Statements.All(starts.Contains),
        { } body => starts.Contains(body),
        null => false,
    };
}
