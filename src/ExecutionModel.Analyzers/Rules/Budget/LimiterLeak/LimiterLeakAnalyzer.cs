using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Budget.LimiterLeak;

/// <summary>EXM306: a semaphore whose release some path leaves out, a lease that nobody disposes of. The Engine follows the paths; this rule names the one that leaks.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LimiterLeakAnalyzer() : RuleAnalyzer(LimiterLeak)
{
    public const string Id = "EXM306";

    private static readonly DiagnosticDescriptor LimiterLeak = new(
        Id,
        "A path leaves out the release of a semaphore",
        "'{0}' is not {1}: its place is gone, and when all are, everybody waits for ever; {2}",
        "Budget",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A semaphore does not know who holds it. A fault or an early return between the wait and the release takes one place away for good; after as many as there are, every caller hangs.",
        Rule.Pages + "Budget/LimiterLeak/EXM306.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        if (!block.Any(b => HeldGate.MayStandIn(model, b) || UndisposedLease.MayStandIn(model, b))) return;
        var body = block.Body;
        foreach (var frame in body.Frames)
        {
            foreach (var gate in HeldGate.In(model, frame)) Examine(block, model, body, frame, gate);
            foreach (var lease in UndisposedLease.In(model, body, frame)) Examine(block, lease);
        }
    });

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, Frame frame, HeldGate gate)
    {
        if (GateWalk.In(model, frame, gate) is not { } leak) return;
        var location = gate.Wait.Syntax.GetLocation();
        if (gate.Obstacle(model, body, frame) is { } obstacle)
        {
            Drop(context, location, obstacle);
            return;
        }

        if (leak.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var partners = gate.ReleasesIn(model, frame).Select(r => r.Syntax).Prepend(leak.At.Syntax).Select(s => s.GetLocation());
        var line = leak.At.Syntax.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        Report(context, leak.Confidence, location, partners, Form("try"), gate.Gate, $"released {Path(leak)} (line {line})", "release it in a 'finally'");
    }

    private void Examine(MemberContext context, UndisposedLease lease)
    {
        var location = lease.Acquire.Syntax.GetLocation();
        if (lease.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var properties = lease.IsDisposed ? Form("using").Add("fix", "none: it is disposed of before the end of its block") : Form("using");
        Report(context, lease.Confidence, location, [lease.Lease.DeclaringSyntaxReferences[0].GetSyntax().GetLocation()], properties, lease.Lease.Name, lease.IsDisposed ? "disposed of on every path" : "disposed of", "declare it with 'using'");
    }

    private static ImmutableDictionary<string, string?> Form(string form) => ImmutableDictionary<string, string?>.Empty.Add("form", form);

    private static string Path(GateLeak leak) => leak switch
    {
        { Kind: GateLeakKind.Returns } => "where the method returns",
        { Kind: GateLeakKind.EndsTurn } => "where the turn ends",
        { At: IThrowOperation } => "where the method throws",
        { At: IInvocationOperation call } => $"if '{call.TargetMethod.Name}' throws",
        { At: IAwaitOperation { Operation: var task } } when Awaited(task) is { } name => $"if '{name}' throws",
        _ => "if what is awaited throws",
    };

    private static string? Awaited(IOperation task)
    {
        while (task is IInvocationOperation { TargetMethod.Name: "ConfigureAwait", Instance: { } inner }) task = inner;
        return (task as IInvocationOperation)?.TargetMethod.Name;
    }
}
