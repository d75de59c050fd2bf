using System.Collections.Concurrent;
using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Services;

/// <summary>What a service can get at through its constructor and fields.</summary>
/// <param name="UnitOfWork">The first context, connection or session found, or null.</param>
/// <param name="Stateful">Services on the way that keep changing state of their own.</param>
/// <param name="ReachesIo">A client of another process is among the things reached.</param>
/// <param name="Obstacle">What could not be seen through; null where everything was.</param>
public sealed record Reach(INamedTypeSymbol? UnitOfWork, ImmutableHashSet<ISymbol> Stateful, bool ReachesIo, string? Obstacle)
{
    public static readonly Reach Shareable = new(null, ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default), false, null);

    public Reach With(Reach other) => new(UnitOfWork ?? other.UnitOfWork, Stateful.Union(other.Stateful), ReachesIo || other.ReachesIo, Obstacle ?? other.Obstacle);
}

/// <summary>
/// Follows constructor parameters and fields from a service to what it can touch: a unit of work, changing state, or only things that are safe to share.
/// Public constructors stand in metadata too, so this crosses project boundaries without bodies.
/// </summary>
public sealed class ServiceReach(Catalogue catalogue, Implementations implementations)
{
    private const int Depth = 7;
    private const int MostImplementations = 4;
    private readonly ConcurrentDictionary<ISymbol, Reach> memo = new(SymbolEqualityComparer.Default);

    public Reach Of(ITypeSymbol type) => memo.GetOrAdd(type, t => Follow((ITypeSymbol)t, ImmutableHashSet.Create<ISymbol>(SymbolEqualityComparer.Default), Depth));

    private Reach Follow(ITypeSymbol type, ImmutableHashSet<ISymbol> path, int depth)
    {
        if (IsPlainValue(type)) return Reach.Shareable;
        if (type is IArrayTypeSymbol array) return Follow(array.ElementType, path, depth);
        if (type is not INamedTypeSymbol named) return Unknown($"'{type.Name}' is a type parameter");
        if (catalogue.Of(named) is { } facts)
        {
            switch (facts.Sharing)
            {
                case Sharing.Safe when named is { MetadataName: "Lazy`1", TypeArguments: [var wrapped] }:
                    return Follow(wrapped, path, depth);
                case Sharing.Safe:
                    return Reach.Shareable with { ReachesIo = catalogue.DoesIo(named) };
                case Sharing.UnitOfWork:
                    return Reach.Shareable with { UnitOfWork = named, ReachesIo = true };
                case Sharing.Unsafe:
                    return Reach.Shareable with { Stateful = Reach.Shareable.Stateful.Add(named.OriginalDefinition) };
            }
        }

        if (Annotations.Of(named) is { } marks)
        {
            if (marks.ConcurrencySafe) return Reach.Shareable with { ReachesIo = true };
            if (marks.NotConcurrencySafe) return Reach.Shareable with { UnitOfWork = named };
        }

        if (named.TypeKind == TypeKind.Delegate) return Unknown($"'{named.Name}' is a delegate");
        if (path.Contains(named.OriginalDefinition)) return Reach.Shareable; // a cycle adds nothing
        if (depth == 0) return Unknown($"'{named.Name}' lies too deep");
        path = path.Add(named.OriginalDefinition);
        if (named.TypeKind == TypeKind.Interface || named.IsAbstract) return Behind(named, path, depth);
        return named.TypeKind == TypeKind.Class ? Inside(named, path, depth) : Unknown($"'{named.Name}' is not a class");
    }

    private Reach Behind(INamedTypeSymbol service, ImmutableHashSet<ISymbol> path, int depth)
    {
        var classes = implementations.Of(service);
        if (classes.IsEmpty) return Unknown($"no implementation of '{service.Name}' is in sight");
        if (classes.Length > MostImplementations) return Unknown($"'{service.Name}' has {classes.Length} implementations");
        var reach = Reach.Shareable;
        foreach (var implementation in classes) reach = reach.With(Follow(implementation, path, depth - 1));
        return reach;
    }

    private Reach Inside(INamedTypeSymbol type, ImmutableHashSet<ISymbol> path, int depth)
    {
        if (!type.Locations.Any(l => l.IsInSource) && !IsProject(type)) return Unknown($"'{type.Name}' is not in the catalogue");
        var reach = Reach.Shareable;
        for (INamedTypeSymbol? t = type; t is { SpecialType: not SpecialType.System_Object }; t = t.BaseType)
        {
            if (catalogue.Of(t) is { Sharing: not Sharing.Unstated } && !SymbolEqualityComparer.Default.Equals(t, type)) break;
            foreach (var member in t.GetMembers())
            {
                switch (member)
                {
                    case IFieldSymbol { IsConst: false, IsStatic: false } field:
                        if (!field.IsReadOnly && field.AssociatedSymbol is not IPropertySymbol { SetMethod: null or { IsInitOnly: true } }) reach = reach with { Stateful = reach.Stateful.Add(type.OriginalDefinition) };
                        reach = reach.With(Holding(field.Type, type, path, depth));
                        break;
                    case IMethodSymbol { MethodKind: MethodKind.Constructor, IsStatic: false } constructor when IsInjected(constructor):
                        foreach (var parameter in constructor.Parameters) reach = reach.With(Holding(parameter.Type, type, path, depth));
                        break;
                }
            }
        }

        return reach;
    }

    /// <summary>A collection or other changing object in a field is state of its holder.</summary>
    private Reach Holding(ITypeSymbol type, INamedTypeSymbol holder, ImmutableHashSet<ISymbol> path, int depth)
    {
        if (type is IArrayTypeSymbol) return Reach.Shareable;
        if (catalogue.Of(type) is { Sharing: Sharing.Unsafe }) return Reach.Shareable with { Stateful = Reach.Shareable.Stateful.Add(holder.OriginalDefinition) };
        return Follow(type, path, depth - 1);
    }

    private static bool IsInjected(IMethodSymbol constructor) =>
        constructor.DeclaredAccessibility is Accessibility.Public or Accessibility.Internal or Accessibility.Protected
        && !(constructor.Parameters.Length == 1 && SymbolEqualityComparer.Default.Equals(constructor.Parameters[0].Type, constructor.ContainingType)); // a record's copy constructor

    private bool IsProject(INamedTypeSymbol type) => implementations.IsOfThisSolution(type.ContainingAssembly);

    private static bool IsPlainValue(ITypeSymbol type) =>
        type.IsValueType || type.SpecialType is SpecialType.System_String or SpecialType.System_Object || type.TypeKind == TypeKind.Enum
        || type is INamedTypeSymbol { IsRecord: true };

    private static Reach Unknown(string obstacle) => Reach.Shareable with { Obstacle = obstacle };
}
