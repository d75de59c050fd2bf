using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Tests.Rules.Waiting;

/// <summary>
/// Reports what EXM101's fix is to rewrite without proving anything, so that the fix meets shapes that the real rule refuses: all awaits of methods named
/// <c>Get…</c> in one statement list or expression. A trailing <c>// hoist</c> moves a statement up, a <c>catch</c> around asks for the strict join.
/// </summary>
public sealed class NaiveSequentialAwaits : DiagnosticAnalyzer
{
    private static readonly DiagnosticDescriptor Descriptor = new("EXM101", "Naive", "Naive", "Tests", DiagnosticSeverity.Warning, isEnabledByDefault: true);

    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => [Descriptor];

    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.None);
        context.RegisterSyntaxTreeAction(Report);
    }

    private static void Report(SyntaxTreeAnalysisContext context)
    {
        var awaits = context.Tree.GetRoot(context.CancellationToken).DescendantNodes().OfType<AwaitExpressionSyntax>().Where(IsGet);
        foreach (var group in awaits.GroupBy(OwnerOf).Where(g => g.Count() > 1))
        {
            var members = group.OrderBy(a => a.SpanStart).ToList();
            var hoisted = group.Key.DescendantNodes().OfType<StatementSyntax>().Where(s => s.GetTrailingTrivia().ToString().Contains("// hoist", StringComparison.Ordinal));
            var properties = ImmutableDictionary<string, string?>.Empty
                .Add("awaits", members.Count.ToString(System.Globalization.CultureInfo.InvariantCulture))
                .Add("join", group.Key.Ancestors().Any(n => n is TryStatementSyntax { Catches.Count: > 0 }) ? "strict" : "relaxed");
            if (group.Key.Ancestors().OfType<MethodDeclarationSyntax>().Any(m => m.Identifier.ValueText == "Unproved")) properties = properties.Add("fix", "none: not proved");
            context.ReportDiagnostic(Diagnostic.Create(Descriptor, members[0].GetLocation(), members.Skip(1).Concat<SyntaxNode>(hoisted).Select(n => n.GetLocation()), properties));
        }
    }

    private static SyntaxNode OwnerOf(AwaitExpressionSyntax wait) => wait.Ancestors().First(n =>
        n is BlockSyntax or SwitchSectionSyntax or CompilationUnitSyntax or ArrowExpressionClauseSyntax or LambdaExpressionSyntax { ExpressionBody: not null }
        || (n is StatementSyntax && n.Parent is IfStatementSyntax or ElseClauseSyntax or ForEachStatementSyntax or LabeledStatementSyntax));

    private static bool IsGet(AwaitExpressionSyntax wait) =>
        wait.Expression.DescendantNodesAndSelf(n => n is not AnonymousFunctionExpressionSyntax).OfType<InvocationExpressionSyntax>()
            .Any(i => i.Expression.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().Last().Identifier.ValueText.StartsWith("Get", StringComparison.Ordinal));
}
