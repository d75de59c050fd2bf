using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Races;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Sharing.SharedUnsafeService;

/// <summary>
/// EXM401: one context or connection under several operations in flight. The Engine says which operations are in flight together and what each of them uses;
/// this rule says what to do about it.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedUnsafeServiceAnalyzer() : RuleAnalyzer(SharedUnsafeService)
{
    public const string Id = "EXM401";

    private static readonly DiagnosticDescriptor SharedUnsafeService = new(
        Id,
        "Operations in flight share what serves one at a time",
        "{0} {1} while {2}, and '{3}' takes one operation at a time: {4}",
        "Sharing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A context, a connection, a reader or a stream serves one operation at a time. A second one in flight throws, or mixes up what both of them read and write.",
        Rule.Pages + "Sharing/SharedUnsafeService/EXM401.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        if (!block.Any(b => ConcurrentBodies.MayStandIn(model, b))) return;
        var body = block.Body;
        var seen = new HashSet<SyntaxNode>();
        var mistakes = SharedSessions.In(model, body)
            .OrderByDescending(s => s.Confidence)
            .Where(s => seen.Add(s.Use.Call.Syntax))
            .GroupBy(s => (s.Api.Syntax, s.Body, s.Use.Session, s.Use.Service, s.Confidence));
        foreach (var mistake in mistakes) Examine(block, body, [.. mistake.OrderBy(s => s.Use.Call.Syntax.SpanStart)]);
    });

    /// <param name="uses">What runs together over one session: one mistake, however many calls make it.</param>
    private void Examine(MemberContext context, FlatBody body, IReadOnlyList<SharedSession> uses)
    {
        var shared = uses[0];
        var location = shared.Use.Call.Syntax.GetLocation();
        if (shared.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!))
        {
            Drop(context, location, "not sure enough");
            return;
        }

        var partners = new List<Location> { (shared.First?.Call ?? shared.Api).Syntax.GetLocation() };
        var properties = ImmutableDictionary<string, string?>.Empty;
        if (SessionPlace.Of(body, shared) is { } place)
        {
            partners.Add(place.Declaration.GetLocation());
            partners.Add(place.Body.GetLocation());
            properties = properties.Add("session", place.IsOnlyUsedInside ? "moved" : "another");
        }
        else
        {
            properties = properties.Add("fix", "none: nothing in scope makes a session per operation");
        }

        partners.AddRange(uses.Skip(1).Select(u => u.Use.Call.Syntax.GetLocation()));
        var called = $"'{ConcurrentRuns.Called(shared.Use.Call)}'";
        var users = uses.Count == 1 ? $"{called} uses" : $"{called} and {uses.Count - 1} more use";
        var others = shared.First is { } first ? $"'{ConcurrentRuns.Called(first.Call)}' may still be running on it" : ConcurrentRuns.Describe(shared.Api);
        var remedy = shared.First is null ? "give each its own" : "await one before the other, or give each its own";
        var session = shared.Use.Session is INamedTypeSymbol type ? $"the '{type.Name}' of its scope" : $"'{shared.Use.Session.Name}'";
        Report(context, shared.Confidence, location, partners, properties, users, session, others, shared.Use.Type.Name, remedy);
    }
}
