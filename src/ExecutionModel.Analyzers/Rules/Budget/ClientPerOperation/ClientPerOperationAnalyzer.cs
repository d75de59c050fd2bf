using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Bounds;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Budget.ClientPerOperation;

/// <summary>
/// EXM307: a client with connections of its own, made for one operation. The Engine finds those that stay inside one run of the code and depend on nothing of
/// it; this rule asks how often that code runs.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ClientPerOperationAnalyzer() : RuleAnalyzer(ClientPerOperation)
{
    public const string Id = "EXM307";

    private static readonly DiagnosticDescriptor ClientPerOperation = new(
        Id,
        "A client is made for one operation",
        "A new '{0}' for {1} opens connections of its own, and its ports stay taken for minutes after it is gone; {2}",
        "Budget",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Opening a connection takes round trips, closing it keeps its port for minutes: under load the ports run out. One client holds its connections open and serves any number of operations.",
        Rule.Pages + "Budget/ClientPerOperation/EXM307.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model)
    {
        var (clients, sizes) = (new PassingClients(model), new SourceSize(model));
        MemberContext.Register(context, model, block =>
        {
            if (block.Member is not IMethodSymbol || !block.Any(b => clients.MayBeIn(b))) return;
            if (model.App.Application == Host.Browser) return; // a browser owns the connections
            var body = block.Body;
            foreach (var client in clients.In(body, (at, obstacle) => Drop(block, at.Syntax.GetLocation(), obstacle))) Examine(block, model, body, client, sizes);
        });
    }

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, PassingClient client, SourceSize sizes)
    {
        var location = ApiName.Of(client.Making.Syntax).GetLocation();
        var repetition = Recurrence.Of(model, body, client.Frame, client.Making, sizes);
        if (repetition == Repetition.Once)
        {
            Drop(context, location, "made once");
            return;
        }

        var isOwn = model.App.Application is Host.Console or Host.Ui;
        if (isOwn && repetition == Repetition.PerCall)
        {
            Drop(context, location, "a tool or a window that makes one now and then");
            return;
        }

        var isFrequent = repetition != Repetition.PerCall && !isOwn;
        var confidence = isFrequent && client is { IsConfigured: false, IsHandedOn: false } ? client.Evidence : Confidence.Likely;
        if (confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var isHttp = client.Type.Name == "HttpClient";
        var factory = isHttp ? ClientFactory.Of(client.Frame, model) : null;
        Report(context, confidence, location, [client.Making.Syntax.GetLocation()], Properties(client, isHttp, factory), client.Type.Name, Occasion(repetition, context.Member), Advice(client, isHttp, factory));
    }

    /// <summary>What the fix needs to know and must not find out again.</summary>
    private static ImmutableDictionary<string, string?> Properties(PassingClient client, bool isHttp, string? factory)
    {
        var properties = ImmutableDictionary.CreateBuilder<string, string?>();
        if (factory is not null) properties["factory"] = factory;
        if (Obstacle(client, isHttp, factory is not null) is { } obstacle) properties["fix"] = "none: " + obstacle;
        return properties.ToImmutable();
    }

    private static string? Obstacle(PassingClient client, bool isHttp, bool hasFactory) => client switch
    {
        _ when !isHttp => "where the shared instance lives is the author's choice",
        { IsPlain: false } => "it is made with settings",
        { IsConfigured: true } when !hasFactory => "settings are written to it",
        { IsHandedOn: true } when !hasFactory => "other code may change it",
        { Requests.Count: > 1 } when !hasFactory => "several requests may belong together by their cookies",
        { Requests: [{ TargetMethod.Name: "CancelPendingRequests" }] } => "it cancels all its requests",
        _ => null,
    };

    private static string Occasion(Repetition repetition, ISymbol member) => repetition switch
    {
        Repetition.PerTurn => "each turn of the loop",
        Repetition.PerRequest => "each request",
        _ => $"each call of '{member.Name}'",
    };

    private static string Advice(PassingClient client, bool isHttp, string? factory) => (isHttp, factory) switch
    {
        (true, { } name) => $"'{name}.CreateClient()' takes them from a pool",
        (true, _) when client.IsConfigured => "share one, and set headers and time limits on each request",
        _ => "share one instance",
    };
}
