using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>A container that several runs change, though it takes one change at a time.</summary>
/// <param name="Operation">The call, or the assignment of an element.</param>
/// <param name="Receiver">The expression of the container.</param>
/// <param name="Place">The variable that holds it.</param>
/// <param name="Via">The call of the body that leads there; null where it stands in the body itself.</param>
public sealed record SharedMutation(IOperation Operation, IOperation Receiver, ISymbol Place, INamedTypeSymbol Container, ConcurrentBody Body, IOperation? Via, Confidence Confidence)
{
    /// <summary>The method that changes it while a timer does; null where the runs are those of <see cref="Body"/>.</summary>
    public IMethodSymbol? Rival { get; init; }
}

/// <summary>Finds changes of lists, dictionaries, sets, queues and text builders that concurrent bodies share. Which types and members those are is the catalogue's to say.</summary>
public static class SharedMutations
{
    public static IEnumerable<SharedMutation> In(ProgramModel model, FlatBody member, IReadOnlyList<ConcurrentBody> bodies) =>
        ConcurrentBodies.Contested([.. bodies.SelectMany(b => Of(model, member, b))], m => m.Body, m => m.Place);

    /// <summary>Changes that a timer makes beside methods of the same object.</summary>
    public static IEnumerable<SharedMutation> OnTimers(ProgramModel model, FlatBody member)
    {
        if (!KeepsContainers(model, member.Member.ContainingType)) yield break; // what a timer runs would be bound for nothing
        foreach (var mutation in TimedRuns.In(model, member).SelectMany(b => Of(model, member, b)))
        {
            if (TimedRuns.RivalOf(model, mutation.Place, member.Member, mutation.Operation, o => ReceiverOf(model, o)) is { } rival) yield return mutation with { Rival = rival };
        }
    }

    private static IEnumerable<SharedMutation> Of(ProgramModel model, FlatBody member, ConcurrentBody body)
    {
        foreach (var reached in ReachedCode.Of(model, member, body, o => ReceiverOf(model, o) is not null))
        {
            if (reached.Overlap == Confidence.Unknown) continue;
            var receiver = ReceiverOf(model, reached.Operation)!;
            if (SharedPlaces.Of(receiver, s => Owners.IsOwn(s, reached, body)) is { } place && ContainerOf(model, receiver) is { } container)
                yield return new SharedMutation(reached.Operation, receiver, place, container, body, reached.Via, reached.Overlap);
        }
    }

    /// <summary>A field or property of the type holds a container.</summary>
    private static bool KeepsContainers(ProgramModel model, INamedTypeSymbol? type) => type?.GetMembers().Any(m => IsContainer(model, m.TypeOfValue())) == true;

    /// <summary>What the operation changes; null where it changes no container.</summary>
    private static IOperation? ReceiverOf(ProgramModel model, IOperation operation) => operation switch
    {
        IInvocationOperation { Instance: { } instance } call => ContainerOf(model, instance) is not null && model.Catalogue.Of(call.TargetMethod, ContainerOf(model, instance)) is { Touch: Touch.Write } ? instance.Plain() : null,
        IAssignmentOperation { Target: IPropertyReferenceOperation element } => Keyed(model, element),
        IIncrementOrDecrementOperation { Target: IPropertyReferenceOperation element } => Keyed(model, element),
        _ => null,
    };

    /// <summary><c>map[key] = …</c>; an index counts places that are there already: each run may have its own.</summary>
    private static IOperation? Keyed(ProgramModel model, IPropertyReferenceOperation element) =>
        element is { Property.IsIndexer: true, Instance: { } instance } && ContainerOf(model, instance) is { } container && container.AllInterfaces.Any(i => i.Name == "IDictionary") ? instance.Plain() : null;

    /// <summary>The class of the container; null where the object may be of another one, or is of the program's own, which may lock.</summary>
    private static INamedTypeSymbol? ContainerOf(ProgramModel model, IOperation receiver)
    {
        var type = receiver.Type as INamedTypeSymbol;
        if (type is { TypeKind: TypeKind.Interface } && receiver.Plain() is ILocalReferenceOperation local) type = (Roots.Initializer(local)?.Plain() as IObjectCreationOperation)?.Type as INamedTypeSymbol;
        return IsContainer(model, type) ? type : null;
    }

    private static bool IsContainer(ProgramModel model, ITypeSymbol? type) => type is INamedTypeSymbol { TypeKind: TypeKind.Class } && type.DeclaringSyntaxReferences.IsEmpty && model.Catalogue.Of(type) is { Container: true };
}
