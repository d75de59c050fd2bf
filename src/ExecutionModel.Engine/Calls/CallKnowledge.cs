using System.Collections.Immutable;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using ExecutionModel.Engine.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Calls;

/// <summary>
/// Answers: what does this call do and wait for? Order of belief: attributes, the user's catalogue, the built-in one, bodies, the services behind
/// an interface, names. The last two make a call Likely at best.
/// </summary>
public sealed class CallKnowledge(ProgramModel model)
{
    private static readonly ImmutableHashSet<string> UnitOfWorkLibraries = ImmutableHashSet.Create(
        StringComparer.OrdinalIgnoreCase, "Microsoft.EntityFrameworkCore", "EntityFramework", "NHibernate", "linq2db", "Dapper", "Marten");

    private readonly Lazy<bool> usesUnitOfWorkLibrary = new(() => model.Compilation.ReferencedAssemblyNames.Any(a => UnitOfWorkLibraries.Contains(a.Name)));

    public CallFacts Of(IInvocationOperation call)
    {
        var summary = SummaryOf(call);
        return summary.Confidence == Confidence.Unknown
            ? CallFacts.Unknown(summary.Obstacle ?? call.TargetMethod.Name)
            : new CallFacts(summary.Waiting, summary.Confidence, summary.Evidence);
    }

    /// <summary>The call's summary; where its body can't be seen through, what its name and the services in its reach make likely.</summary>
    public Summary SummaryOf(IInvocationOperation call)
    {
        var summary = model.Summaries.Of(call.TargetMethod, call.Instance, Summaries.Depth);
        return summary.Confidence == Confidence.Unknown ? Guess(call, summary) : summary;
    }

    /// <summary>Likely, or Unknown with the reason; the effects are in terms of the body that makes the call.</summary>
    internal Summary Guess(IInvocationOperation call, Summary partial)
    {
        var method = call.TargetMethod;
        var type = call.Instance?.Type as INamedTypeSymbol ?? method.ContainingType;
        var obstacle = partial.Obstacle ?? method.Name;
        if (Annotations.Of(method).Sequential || method.IsStatic && !method.IsExtensionMethod) return Summary.Unknown(obstacle);
        switch (CallNames.Kind(method.Name, type.Name))
        {
            case NameKind.Write or NameKind.StatefulRead:
                return Summary.Unknown($"'{method.Name}' writes, by its name");
            case NameKind.Guard:
                return Summary.Unknown($"'{method.Name}' is a check or opens something, by its name");
            case NameKind.Neutral:
                return Summary.Unknown(obstacle);
        }

        if (partial.Remembers) return Summary.Unknown($"a cache answers '{method.Name}'");
        if (partial.Writes || partial.Effects.Any(e => e.ChangesTheWorld)) return Summary.Unknown($"'{method.Name}' writes to the outside");
        if (method.ReturnType is not INamedTypeSymbol { IsGenericType: true }) return Summary.Unknown($"'{method.Name}' returns no result");
        if (usesUnitOfWorkLibrary.Value && Handed(call).Select(h => h.Reach.Obstacle).FirstOrDefault(o => o is not null) is { } unseen) return Summary.Unknown(unseen);
        if (model.Catalogue.Of(type) is { Sharing: Sharing.Safe, Channel: not Channel.Receiver } facts)
            return Likely([new Effect(Place.External(facts.Channel, null), Access.Read), .. Arguments(call)], $"{facts.Source}, by its name");
        var reach = model.Services.Of(method, type);
        if (reach.Obstacle is null)
        {
            if (!reach.ReachesIo && partial.Waiting is not (Waiting.AsyncIo or Waiting.BlockingIo)) return Summary.Unknown($"'{method.Name}' reaches no I/O");
            return Likely([.. EffectsOf(reach), .. Arguments(call)], $"'{method.Name}' reads by its name, and '{type.Name}' reaches " + (reach.UnitOfWork is { } unit ? $"'{unit.Name}'" : "nothing that must not be shared"));
        }

        if (usesUnitOfWorkLibrary.Value || CallNames.LooksLikeUnitOfWork(type.Name)) return Summary.Unknown(reach.Obstacle);
        return CallNames.LooksRemote(type.Name) ? Likely([.. Arguments(call), .. Uses(call.Instance)], $"'{type.Name}.{method.Name}' is a remote read by its name") : Summary.Unknown(reach.Obstacle);
    }

    /// <summary>A body that can't be seen may change any object that it is handed, and work with all that a service among them reaches.</summary>
    private IEnumerable<Effect> Arguments(IInvocationOperation call)
    {
        foreach (var (value, reach) in Handed(call))
        {
            foreach (var effect in Uses(value)) yield return effect;
            if (model.Roots.UnitOfWork(value) is { Found: true } work) yield return new Effect(Place.UnitOfWork(work), Access.Exclusive);
            else if (reach.UnitOfWork is not null) yield return new Effect(Place.UnitOfWork(null), Access.Exclusive);
        }
    }

    private IEnumerable<(IOperation Value, Reach Reach)> Handed(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var value = argument.Value.Plain();
            if (value.Type is { } type && !model.Immutability.IsImmutable(type)) yield return (value, model.Services.Of(type));
        }
    }

    private IEnumerable<Effect> Uses(IOperation? operation)
    {
        var root = model.Roots.Of(operation);
        foreach (var symbol in root.Symbols) yield return new Effect(Place.Contents(symbol), Access.Exclusive);
        if (!root.Traced) yield return new Effect(Place.Contents(null), Access.Exclusive);
    }

    private static IEnumerable<Effect> EffectsOf(Reach reach)
    {
        if (reach.UnitOfWork is not null) yield return new Effect(Place.UnitOfWork(null), Access.Exclusive);
        foreach (var stateful in reach.Stateful) yield return new Effect(Place.Contents(stateful), Access.Exclusive);
    }

    private static Summary Likely(IEnumerable<Effect> effects, string evidence) =>
        new() { Confidence = Confidence.Likely, Waiting = Waiting.AsyncIo, Effects = [.. effects.Distinct()], Evidence = evidence };
}
