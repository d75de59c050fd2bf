using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Races;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ExecutionModel.Analyzers.Rules.Sharing.SharedCollection;

/// <summary>
/// EXM402: a list or dictionary that several runs change at once. The Engine says which functions run at once and which containers they share; this rule says
/// what takes the container's place.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class SharedCollectionAnalyzer() : RuleAnalyzer(SharedCollection)
{
    public const string Id = "EXM402";

    private static readonly DiagnosticDescriptor SharedCollection = new(
        Id,
        "A collection is changed by several threads at once",
        "'{0}' changes '{1}' while {2} the same, and '{3}' takes one change at a time: items get lost or it throws; {4}",
        "Sharing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "A list or dictionary that two threads change at once loses items, keeps wrong ones, throws, or never comes back.",
        Rule.Pages + "Sharing/SharedCollection/EXM402.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        var isTimed = block.Any(b => TimedRuns.MayStandIn(model, b));
        if (!isTimed && !block.Any(b => ConcurrentBodies.MayStandIn(model, b))) return;
        var body = block.Body;
        var bodies = model.ConcurrentIn(body);
        if (bodies.Count == 0 && !isTimed) return;
        var reported = new HashSet<SyntaxNode>();
        foreach (var mutation in SharedMutations.In(model, body, bodies).Concat(isTimed ? SharedMutations.OnTimers(model, body) : []))
        {
            if (reported.Add((mutation.Via ?? mutation.Operation).Syntax)) Examine(block, model, body, bodies, mutation);
        }
    });

    private void Examine(MemberContext context, ProgramModel model, FlatBody body, IReadOnlyList<ConcurrentBody> bodies, SharedMutation mutation)
    {
        var location = (mutation.Via ?? mutation.Operation).Syntax.GetLocation();
        if (mutation.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!))
        {
            Drop(context, location, "not sure enough");
            return;
        }

        var slots = ResultSlots.Of(body, mutation);
        var replaced = slots is null && mutation is { Via: null, Rival: null } ? ConcurrentForm.Of(model, body, mutation) : null;
        var properties = ImmutableDictionary<string, string?>.Empty;
        var partners = new List<Location> { ApiName.Of(mutation.Body.Api.Syntax).GetLocation() };
        if (mutation.Rival is { } rival)
        {
            properties = properties.Add("fix", $"none: '{rival.Name}' changes it, too");
            partners.Add(rival.Locations[0]);
        }
        else if (mutation.Via is not null) properties = properties.Add("fix", "none: the change stands in another method");
        if (slots is not null)
        {
            properties = properties.Add("slots", "true");
            partners.AddRange([slots.Declaration.GetLocation(), slots.Length.GetLocation()]);
        }

        if (replaced is not null)
        {
            properties = properties.Add("type", replaced.Type);
            partners.Add(replaced.Declaration.GetLocation());
        }

        if (mutation is { Via: null, Rival: null } && ConcurrentForm.CanLock(body, bodies, mutation)) properties = properties.Add("lock", mutation.Place.Name);
        var remedy = (mutation.Rival, slots, replaced) switch
        {
            ({ }, _, _) => "lock in both",
            (_, { }, _) => "give each turn a slot of an array",
            (_, _, { Name: var name }) => $"use '{name}'",
            _ => "lock, or give each run a collection of its own",
        };
        var text = ConcurrentRuns.Short(mutation.Operation.Syntax) + (mutation.Via is { } via ? $"' of '{ConcurrentRuns.Called(via)}" : "");
        Report(context, mutation.Confidence, location, partners, properties, text, mutation.Place.Name, ConcurrentRuns.Describe(mutation.Body, mutation.Rival), mutation.Container.Name, remedy);
    }
}
