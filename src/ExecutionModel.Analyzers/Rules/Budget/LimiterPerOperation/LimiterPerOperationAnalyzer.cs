using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Budget.LimiterPerOperation;

/// <summary>EXM305: a limiter that is made anew for each operation that it should limit. The Engine says who can see it; this rule reports where nobody else can.</summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LimiterPerOperationAnalyzer() : RuleAnalyzer(LimiterPerOperation)
{
    public const string Id = "EXM305";

    private static readonly DiagnosticDescriptor LimiterPerOperation = new(
        Id,
        "A limiter that nobody shares limits nothing",
        "Every {0} makes a '{1}' of its own ('{2}'), for which no other waits: it limits nothing; {3}",
        "Budget",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A semaphore, lock or rate limiter holds back those who share it. One that is made inside the operation lets each of them pass at once, and looks in review like a limit.",
        Rule.Pages + "Budget/LimiterPerOperation/EXM305.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        if (block.Member is IFieldSymbol field)
        {
            if (OwnLimiter.MayBe(model, field) && block.Body.Frames is [var initializer] && OwnLimiter.Of(model, field, initializer.Root) is { } kept) Examine(block, model, null, kept.Made, kept.Limiter);
            return;
        }

        if (!block.Any(b => Limiters.MayStandIn(model, b))) return;
        var body = block.Body;
        foreach (var frame in body.Frames)
        {
            foreach (var (made, limiter) in OwnLimiter.In(model, body, frame)) Examine(block, model, frame, made, limiter);
        }
    });

    private void Examine(MemberContext context, ProgramModel model, Frame? frame, IOperation made, OwnLimiter limiter)
    {
        var location = made.Syntax.GetLocation();
        if (limiter.Obstacle is { } obstacle)
        {
            Drop(context, location, obstacle);
            return;
        }

        if (Confidence.Certain < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var holder = limiter.Holder.DeclaringSyntaxReferences[0].GetSyntax();
        var partners = limiter.Item is { } item ? new[] { holder, item.Syntax } : [holder];
        var (whose, remedy) = limiter.Life switch
        {
            LimiterLife.Item => ("item", "make it once, in front of the items"),
            LimiterLife.Request => ("request", "make the field static, so that all requests share it"),
            _ => ("call", "keep it in a field that all calls share"),
        };
        Report(context, Confidence.Certain, location, partners.Select(p => p.GetLocation()), Properties(context, model, frame, made, limiter), whose, made.Type?.Name ?? "", limiter.Holder.Name, remedy);
    }

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(MemberContext context, ProgramModel model, Frame? frame, IOperation made, OwnLimiter limiter)
    {
        var properties = ImmutableDictionary<string, string?>.Empty.Add("life", limiter.Life.ToString());
        var obstacle = limiter.SharingObstacle(model, made, frame) ?? (limiter.Life == LimiterLife.Call ? HomeObstacle(context.Member) : null);
        return obstacle is null ? properties : properties.Add("fix", "none: " + obstacle);
    }

    private static string? HomeObstacle(ISymbol member) => member switch
    {
        { Name: "<Main>$" } => "top-level statements have no fields",
        { ContainingType.TypeKind: TypeKind.Class or TypeKind.Struct } => null,
        _ => "the type has no fields",
    };
}
