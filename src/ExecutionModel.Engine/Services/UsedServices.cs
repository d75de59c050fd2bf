using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// Which of its class's services does a method use? A class may hold a cache that only its writing methods touch. The body is followed through the class's own
/// methods, and through services whose body can be seen; a service that is handed on counts with all that it can reach.
/// </summary>
internal sealed class UsedServices(SourceBodies sources, Candidates candidates, SteadyFields fields, Catalogue catalogue)
{
    private const int MostMethods = 12;

    /// <summary>Types that the method works with, and classes whose changing state it touches; null where that can't be told.</summary>
    public (IReadOnlyCollection<ITypeSymbol> Types, IReadOnlyCollection<INamedTypeSymbol> Stateful)? Of(IMethodSymbol method, ITypeSymbol receiver)
    {
        var walk = new Walk(sources, candidates, fields, catalogue);
        return walk.Behind(method, receiver) ? (walk.Types, walk.Stateful) : null;
    }

    private sealed class Walk(SourceBodies sources, Candidates candidates, SteadyFields fields, Catalogue catalogue)
    {
        private readonly HashSet<ISymbol> seen = new(SymbolEqualityComparer.Default);

        public HashSet<ITypeSymbol> Types { get; } = new(SymbolEqualityComparer.Default);

        public HashSet<INamedTypeSymbol> Stateful { get; } = new(SymbolEqualityComparer.Default);

        /// <summary>Follows what runs when the method is called on a value of the type.</summary>
        public bool Behind(IMethodSymbol method, ITypeSymbol type)
        {
            if (type is not INamedTypeSymbol named) return false;
            if (type.TypeKind != TypeKind.Interface && !method.IsAbstract) return Enter(Exact(method, type));
            var classes = candidates.Of(named);
            return !classes.IsEmpty && classes.All(c => TypeShapes.Implementing(method, c) is { } target && Enter(target));
        }

        private bool Enter(IMethodSymbol method)
        {
            method = method.OriginalDefinition;
            if (seen.Contains(method)) return true;
            if (method.IsAbstract || sources.Of(method) is not { } body || seen.Count >= MostMethods) return false;
            seen.Add(method);
            foreach (var frame in body.Frames)
            {
                if (frame.Outer is null && !frame.Root.DescendantsAndSelf().All(Visit)) return false;
            }

            return true;
        }

        private bool Visit(IOperation operation)
        {
            switch (operation)
            {
                case IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance }:
                    return operation.Parent is IMemberReferenceOperation || (operation.Parent is IInvocationOperation on && ReferenceEquals(on.Instance, operation)); // else it is handed on
                case IFieldReferenceOperation { Field: { IsConst: false } field } reference when field.IsStatic || reference.Instance is IInstanceReferenceOperation:
                    Use(reference, field, field.Type, field.IsStatic ? field.IsReadOnly : fields.IsSteady(field));
                    return true;
                case IParameterReferenceOperation { Parameter: { ContainingSymbol: IMethodSymbol { MethodKind: MethodKind.Constructor } } captured } reference:
                    Use(reference, captured, captured.Type, !fields.IsWritten(captured.ContainingType, captured.Name));
                    return true;
                case IPropertyReferenceOperation { Instance: IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } or null } reference:
                    return Property(reference);
                case IInvocationOperation { Instance: IInstanceReferenceOperation } call:
                    return call.TargetMethod.ContainingType.SpecialType == SpecialType.System_Object || Enter(Exact(call.TargetMethod, call.Instance.Type));
                case IMethodReferenceOperation { Instance: IInstanceReferenceOperation } reference:
                    return Enter(reference.Method);
                default:
                    return true;
            }
        }

        private bool Property(IPropertyReferenceOperation reference)
        {
            var property = reference.Property;
            if (property.BackingField() is { } field)
            {
                Use(reference, field, property.Type, fields.IsSteady(field));
                return true;
            }

            if (property.IsStatic && property.DeclaringSyntaxReferences.IsEmpty) return true; // of a library: DateTime.UtcNow
            return new[] { property.GetMethod, property.SetMethod }.All(accessor => accessor is null || Enter(accessor));
        }

        /// <summary>A value of the class's own: a service whose method is called is looked into, all else counts as a whole.</summary>
        private void Use(IOperation reference, ISymbol member, ITypeSymbol type, bool isSteady)
        {
            if (!isSteady || catalogue.Of(type)?.Sharing == Sharing.Unsafe) Stateful.Add(member.ContainingType.OriginalDefinition);
            if (reference.Above() is IInvocationOperation call && ReferenceEquals(call.Instance?.Plain(), reference) && catalogue.Of(call.TargetMethod) is null && Behind(call.TargetMethod, type)) return;
            if (catalogue.Of(type)?.Sharing != Sharing.Unsafe) Types.Add(type);
        }

        private static IMethodSymbol Exact(IMethodSymbol method, ITypeSymbol? receiver) =>
            receiver is INamedTypeSymbol named && (method.IsVirtual || method.IsOverride || method.IsAbstract) ? TypeShapes.Implementing(method, named) ?? method : method;
    }
}
