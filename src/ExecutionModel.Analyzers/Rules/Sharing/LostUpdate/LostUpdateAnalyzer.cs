using System.Collections.Immutable;
using ExecutionModel.Engine;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Races;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Analyzers.Rules.Sharing.LostUpdate;

/// <summary>
/// EXM403: <c>count++</c> where several runs do it at once. The Engine says which functions run at once and which variables they share; this rule says what
/// gets lost and what takes its place.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LostUpdateAnalyzer() : RuleAnalyzer(LostUpdate)
{
    public const string Id = "EXM403";

    private static readonly DiagnosticDescriptor LostUpdate = new(
        Id,
        "Updates of a shared variable get lost",
        "'{0}' reads '{1}'{2} and writes it back while {3}: updates get lost; {4}",
        "Sharing",
        DiagnosticSeverity.Warning,
        isEnabledByDefault: true,
        "Reading, changing and writing back are three steps. What another run writes between the first and the last is overwritten, and nothing tells.",
        Rule.Pages + "Sharing/LostUpdate/EXM403.md");

    protected override void Register(CompilationStartAnalysisContext context, ProgramModel model) => MemberContext.Register(context, model, block =>
    {
        var isConcurrent = block.Any(b => ConcurrentBodies.MayStandIn(model, b));
        var isTimed = block.Any(b => TimedRuns.MayStandIn(model, b));
        if (!isConcurrent && !isTimed && !(block.Has(Signal.Await) && block.Any(b => WrittenAwaits.MayTear(model, b)))) return;
        var body = block.Body;
        var updates = isConcurrent && model.ConcurrentIn(body) is { Count: > 0 } bodies ? SharedUpdates.In(model, body, bodies).ToList() : [];
        if (isTimed) updates.AddRange(SharedUpdates.OnTimers(model, body));
        var torn = body.Frames.SelectMany(f => SharedUpdates.Torn(model, f)).ToList();
        if (updates.Count + torn.Count == 0) return;
        var reported = new HashSet<SyntaxNode>();
        foreach (var update in updates)
        {
            if (reported.Add(update.Operation.Syntax)) Examine(block, body, update);
        }

        foreach (var (operation, place) in torn)
        {
            if (reported.Add(operation.Syntax)) Torn(block, operation, place);
        }
    });

    private void Torn(MemberContext context, IOperation operation, ISymbol place)
    {
        var location = operation.Syntax.GetLocation();
        if (Confidence.Likely < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!)) return;
        var properties = ImmutableDictionary<string, string?>.Empty.Add("threads", "false");
        Report(context, Confidence.Likely, location, [], properties, ConcurrentRuns.Short(operation.Syntax), place.Name, ", waits", "another caller may do", "await first, then add");
    }

    private void Examine(MemberContext context, FlatBody body, SharedUpdate update)
    {
        var location = (update.Via ?? update.Operation).Syntax.GetLocation();
        if (update.Confidence < RuleOptions.MinimumConfidence.Read(context.Options, location.SourceTree!))
        {
            Drop(context, location, "not sure enough");
            return;
        }

        var step = StepOf(update);
        var zero = step is null && update.OnThreads ? LocalSums.ZeroOf(body.Values, update) : null;
        var wait = update.Wait is null ? "" : ", waits";
        var remedy = (update.Rival is not null, update.Wait is not null, update.OnThreads, step) switch
        {
            (true, _, _, null) => "lock in both",
            (true, _, _, _) => "use 'Interlocked' in both",
            (_, true, true, not null) => "await first, then use 'Interlocked.Add'",
            (_, true, false, _) => "await first, then add",
            (_, _, _, "step") => "use 'Interlocked." + (IsDecrement(update) ? "Decrement'" : "Increment'"),
            (_, _, _, "add" or "subtract" or "sum") => "use 'Interlocked.Add'",
            _ when zero is not null => "give each thread a sum of its own",
            _ => "give each run a result of its own, or lock",
        };
        var properties = ImmutableDictionary<string, string?>.Empty.Add("step", step).Add("threads", update.OnThreads ? "true" : "false");
        List<Location> partners = [ApiName.Of(update.Body.Api.Syntax).GetLocation()];
        if (update.Rival is { } rival)
        {
            properties = properties.Add("fix", $"none: '{rival.Name}' changes it, too");
            partners.Add(rival.Locations[0]);
        }
        else if (update.Via is not null) properties = properties.Add("fix", "none: the update stands in another method");
        else if (zero is not null) properties = properties.Add("zero", zero);
        else if (update.OnThreads && step is null) properties = properties.Add("fix", $"none: '{update.Place.Name}' has no interlocked form");
        var text = ConcurrentRuns.Short(update.Operation.Syntax) + (update.Via is { } via ? $"' of '{ConcurrentRuns.Called(via)}" : "");
        var place = update.Target is IArrayElementReferenceOperation ? ConcurrentRuns.Short(update.Target.Syntax) : update.Place.Name;
        Report(context, update.Confidence, location, partners, properties, text, place, wait, ConcurrentRuns.Describe(update.Body, update.Rival), remedy);
    }

    /// <summary>What <c>Interlocked</c> has a form of: sums of <c>int</c> and <c>long</c> in fields, locals and arrays.</summary>
    private static string? StepOf(SharedUpdate update)
    {
        if (update.Target.Type?.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Int64) || update.Target is not (IFieldReferenceOperation { Field.IsReadOnly: false } or ILocalReferenceOperation or IParameterReferenceOperation or IArrayElementReferenceOperation)) return null;
        return update.Operation switch
        {
            IIncrementOrDecrementOperation => "step",
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Add } => "add",
            ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract } => "subtract",
            ISimpleAssignmentOperation when SharedUpdates.Addend(update) is not null => "sum",
            _ => null,
        };
    }

    private static bool IsDecrement(SharedUpdate update) => update.Operation.Kind == OperationKind.Decrement;
}
