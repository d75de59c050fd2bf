using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Computing.FakeAsync;

/// <summary>
/// EXM202: a method that returns a task and only computes. The Engine says that nothing in it waits and who chose its signature; this rule leaves code whose
/// host has an own answer, as requests and windows have, to the rule about computing on async paths.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
[NoCodeFix("the honest signature changes every caller, also those in other assemblies")]
[NoSample("without a fix there is no other side to run")]
public sealed class FakeAsyncAnalyzer() : RuleAnalyzer(FakeAsync)
{
    public const string Id = "EXM202";

    private static readonly DiagnosticDescriptor FakeAsync = new(
        Id,
        "A task-returning method only computes",
        "'{0}' returns a task but only computes ({1}): {2}",
        "Computing",
        DiagnosticSeverity.Info,
        isEnabledByDefault: true,
        "A task says that there is something to wait for without a thread. Where there is only computing, the caller's thread does it, and the caller can't know.",
        Rule.Pages + "Computing/FakeAsync/EXM202.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        if (block.Member is not IMethodSymbol { MethodKind: MethodKind.Ordinary } method || !model.Types.IsTaskLike(method.ReturnType)) return;
        var costs = model.App.Application == Host.Unstated ? model.ProvedCosts : model.Costs; // in a library only what is certain is worth a look
        if (!costs.MayBeHeavy(method)) return;
        if (block.Body.Frames is not [var frame, ..]) return;
        if (!IsSilent(model, AsyncPath.HostOf(model, method, frame)) && PretendedWait.Of(model, costs, frame, RuleOptions.CpuThresholdMs.Read(block.Options, block.Tree) * 1e6) is { } pretended) Examine(block, model, method, pretended);
    });

    /// <summary>There the place of the computing counts, whatever its signature.</summary>
    private static bool IsSilent(ProgramModel model, Host host) => host is not (Host.Unstated or Host.Console or Host.Worker) || host == Host.Worker && model.App.Application == Host.Web;

    private void Examine(MemberContext context, ProgramModel model, IMethodSymbol method, PretendedWait pretended)
    {
        var location = method.Locations[0];
        if (RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!) > Confidence.Likely) return;
        if (pretended.Confidence < Confidence.Certain && model.App.Application == Host.Unstated) Drop(context, location, $"not sure enough: {pretended.Evidence}");
        else if (pretended.OnPool && !IsOffered(model, method)) Drop(context, location, "a program may choose its threads");
        else if (PretendedWait.IsImposed(model, method)) Drop(context, location, "somebody else chose the signature");
        else
        {
            Report(context, Confidence.Likely, location, [], null, method.Name, pretended.Evidence, pretended.OnPool
                ? "it takes a thread of the pool that its caller can't see; offer the synchronous method, the caller knows where to compute"
                : "its caller's thread is held all the while; a synchronous method says so, and the caller knows where to compute");
        }
    }

    /// <summary>Part of a library's public face.</summary>
    private static bool IsOffered(ProgramModel model, IMethodSymbol method)
    {
        if (model.App.Application != Host.Unstated) return false;
        for (ISymbol? s = method; s is not null and not INamespaceSymbol; s = s.ContainingSymbol)
        {
            if (s.DeclaredAccessibility is not (Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)) return false;
        }

        return true;
    }
}
