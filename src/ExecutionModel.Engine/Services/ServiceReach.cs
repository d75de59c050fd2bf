using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>What a service can get at through its constructor and fields.</summary>
/// <param name="UnitOfWork">The first context, connection or session found, or null.</param>
/// <param name="Stateful">Services on the way that keep changing state of their own.</param>
/// <param name="ReachesIo">A client of another process is among the things reached.</param>
/// <param name="Obstacle">What could not be seen through; null where everything was.</param>
public sealed record Reach(INamedTypeSymbol? UnitOfWork, ImmutableArray<INamedTypeSymbol> Stateful, bool ReachesIo, string? Obstacle);

/// <summary>
/// Follows constructor parameters and fields from a service to what it can touch: a unit of work, changing state, or only things that are safe to share.
/// Public constructors stand in metadata too, so this crosses project boundaries without bodies.
/// </summary>
public sealed class ServiceReach
{
    private readonly ConcurrentDictionary<ISymbol, Reach> memo = new(SymbolEqualityComparer.Default);
    private readonly ConcurrentDictionary<(ISymbol Method, ITypeSymbol Receiver), Reach> methods = new();
    private readonly Catalogue catalogue;
    private readonly Candidates candidates;
    private readonly SteadyFields fields;
    private readonly UsedServices used;

    internal ServiceReach(Catalogue catalogue, Implementations implementations, SourceBodies sources, Registrations registrations, SteadyFields fields)
    {
        this.catalogue = catalogue;
        this.fields = fields;
        candidates = new(implementations, registrations);
        used = new(sources, candidates, fields, catalogue);
    }

    /// <summary>What the method can get at: of its class's services those that its body uses, where the body can be seen; else all that the type can reach.</summary>
    public Reach Of(IMethodSymbol method, ITypeSymbol type) => methods.GetOrAdd((method.OriginalDefinition, type), key =>
    {
        var (m, receiver) = ((IMethodSymbol)key.Method, key.Receiver);
        var whole = Of(receiver);
        if (whole is { UnitOfWork: null, Stateful.IsEmpty: true, Obstacle: null }) return whole; // no body can make it better
        if (used.Of(m, receiver) is not var (types, stateful)) return whole;
        var walk = new Walk(catalogue, candidates, fields);
        walk.From(types);
        return new Reach(walk.UnitOfWork, [.. stateful.Concat(walk.Stateful).Distinct<INamedTypeSymbol>(SymbolEqualityComparer.Default)], walk.ReachesIo, walk.Obstacle);
    });

    public Reach Of(ITypeSymbol type) => memo.GetOrAdd(type, t =>
    {
        var walk = new Walk(catalogue, candidates, fields);
        walk.From([(ITypeSymbol)t]);
        return new Reach(walk.UnitOfWork, [.. walk.Stateful], walk.ReachesIo, walk.Obstacle);
    });

    /// <summary>One search, breadth first: each type is looked at once, so wide graphs cost no more than their size.</summary>
    private sealed class Walk(Catalogue catalogue, Candidates candidates, SteadyFields fields)
    {
        private const int MostTypes = 150;
        private const int MostImplementations = 4;
        private readonly HashSet<ITypeSymbol> seen = new(SymbolEqualityComparer.Default);
        private readonly Queue<INamedTypeSymbol> pending = new();

        public INamedTypeSymbol? UnitOfWork { get; private set; }

        public List<INamedTypeSymbol> Stateful { get; } = [];

        public bool ReachesIo { get; private set; }

        public string? Obstacle { get; private set; }

        public void From(IEnumerable<ITypeSymbol> types)
        {
            foreach (var type in types) Follow(type);
            while (pending.Count > 0 && Obstacle is null)
            {
                var next = pending.Dequeue();
                if (next.TypeKind == TypeKind.Interface || next.IsAbstract) Behind(next);
                else Inside(next);
            }
        }

        private void Follow(ITypeSymbol type)
        {
            type = Element(type);
            if (IsPlainValue(type) || !seen.Add(type)) return;
            if (seen.Count > MostTypes) Obstacle ??= "the service reaches too many types";
            if (type is ITypeParameterSymbol parameter) Constrained(parameter);
            else if (type is not INamedTypeSymbol named) Obstacle ??= $"'{type.Name}' could not be resolved";
            else if (named.DelegateInvokeMethod is { } invoked) Returned(named, invoked);
            else if (!Known(named)) Unlisted(named);
        }

        /// <summary>All registered implementations arrive as a sequence.</summary>
        private static ITypeSymbol Element(ITypeSymbol type)
        {
            while (true)
            {
                if (type is IArrayTypeSymbol array) type = array.ElementType;
                else if (type.OriginalDefinition.SpecialType is SpecialType.System_Collections_Generic_IEnumerable_T or SpecialType.System_Collections_Generic_IReadOnlyList_T or SpecialType.System_Collections_Generic_IReadOnlyCollection_T) type = ((INamedTypeSymbol)type).TypeArguments[0];
                else return type;
            }
        }

        /// <summary>A factory in the form of a delegate hands out what it returns; one that works may work on anything; one that is given a unit of work picks a part of that.</summary>
        private void Returned(INamedTypeSymbol type, IMethodSymbol invoked)
        {
            if (invoked.Parameters.Any(p => catalogue.Of(p.Type)?.Sharing == Sharing.UnitOfWork)) return;
            if (invoked.ReturnsVoid || invoked.ReturnType.Name is "Task" or "ValueTask") Obstacle ??= $"'{type.Name}' is a delegate";
            else Follow(invoked.ReturnType);
        }

        private void Constrained(ITypeParameterSymbol parameter)
        {
            if (parameter.HasValueTypeConstraint) return;
            if (parameter.ConstraintTypes.IsEmpty) Obstacle ??= $"'{parameter.Name}' is a type parameter";
            foreach (var constraint in parameter.ConstraintTypes) Follow(constraint);
        }

        /// <summary>The catalogue or an attribute has the last word.</summary>
        private bool Known(INamedTypeSymbol type)
        {
            switch (catalogue.Of(type)?.Sharing)
            {
                case Sharing.Safe:
                    if (type is { MetadataName: "Lazy`1", TypeArguments: [var wrapped] }) Follow(wrapped);
                    else ReachesIo |= catalogue.DoesIo(type);
                    return true;
                case Sharing.UnitOfWork:
                    UnitOfWork ??= type;
                    ReachesIo = true;
                    return true;
                case Sharing.Unsafe:
                    Stateful.Add(type.OriginalDefinition);
                    return true;
            }

            var marks = Annotations.Of(type);
            if (marks.ConcurrencySafe || catalogue.IsGenerated(type)) ReachesIo = true;
            else if (marks.NotConcurrencySafe) UnitOfWork ??= type;
            else return false;
            return true;
        }

        private void Unlisted(INamedTypeSymbol type)
        {
            if (type.TypeKind is TypeKind.Class or TypeKind.Struct or TypeKind.Interface) pending.Enqueue(type);
            else Obstacle ??= $"'{type.Name}' could not be resolved";
        }

        private void Behind(INamedTypeSymbol service)
        {
            var classes = candidates.Of(service);
            if (classes.IsEmpty) Obstacle ??= $"no implementation of '{service.Name}' is in sight";
            if (classes.Length > MostImplementations) Obstacle ??= $"'{service.Name}' has {classes.Length} implementations";
            foreach (var implementation in classes) Follow(implementation);
        }

        private void Inside(INamedTypeSymbol type)
        {
            if (!candidates.CanBeRead(type))
            {
                Obstacle ??= $"'{type.Name}' is not in the catalogue";
                return;
            }

            for (INamedTypeSymbol? t = type; t is { SpecialType: not SpecialType.System_Object }; t = t.BaseType)
            {
                foreach (var member in t.GetMembers())
                {
                    switch (member)
                    {
                        case IFieldSymbol { IsConst: false, IsStatic: false } field:
                            Hold(type, field);
                            break;
                        case IMethodSymbol { MethodKind: MethodKind.Constructor, IsStatic: false } constructor when IsInjected(constructor):
                            foreach (var parameter in constructor.Parameters) Follow(parameter.Type);
                            break;
                    }
                }
            }
        }

        /// <summary>A field that changes, and a changing object in a field, are state of their holder.</summary>
        private void Hold(INamedTypeSymbol holder, IFieldSymbol field)
        {
            var isUnsafe = catalogue.Of(field.Type) is { Sharing: Sharing.Unsafe };
            if ((isUnsafe || !fields.IsSteady(field)) && !Stateful.Contains(holder.OriginalDefinition, SymbolEqualityComparer.Default)) Stateful.Add(holder.OriginalDefinition);
            if (field.Type is not IArrayTypeSymbol && field.AssociatedSymbol is not IEventSymbol && !isUnsafe) Follow(field.Type);
        }

        private static bool IsInjected(IMethodSymbol constructor) =>
            constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.Protected
            && !(constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType)); // a record's copy constructor

        /// <summary>A value to be disposed of holds something: <c>AsyncServiceScope</c> a whole scope.</summary>
        private static bool IsPlainValue(ITypeSymbol type) =>
            type.IsValueType && type.AllInterfaces.All(i => i.Name is not ("IDisposable" or "IAsyncDisposable")) || type.SpecialType is SpecialType.System_String or SpecialType.System_Object || type.TypeKind == TypeKind.Enum
            || type is INamedTypeSymbol { IsRecord: true };
    }
}
