using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>The concurrent type that can take the place of a local's container: it has all members that the code uses, and nothing depends on the old type.</summary>
/// <param name="Type">Full metadata name.</param>
/// <param name="Declaration">The declarator of the local.</param>
public sealed record ConcurrentForm(string Type, SyntaxNode Declaration)
{
    /// <summary>As a reader knows it.</summary>
    public string Name => Type.Substring(Type.LastIndexOf('.') + 1).Split('`')[0];

    /// <summary>Null where a use doesn't fit.</summary>
    public static ConcurrentForm? Of(ProgramModel model, FlatBody body, SharedMutation mutation)
    {
        if (mutation.Place is not ILocalSymbol local || model.Catalogue.Of(mutation.Container)?.Concurrent is not { } name || model.Types.Find(name) is not { } type) return null;
        if (body.Values.DeclarationOf(local) is not { Syntax: VariableDeclaratorSyntax { Parent: VariableDeclarationSyntax { Variables.Count: 1 } } declaration } || body.Values.OnlyValueOf(local)?.Plain() is not IObjectCreationOperation { Arguments.IsEmpty: true, Initializer: null } made) return null;
        if (!SymbolEqualityComparer.Default.Equals(local.Type, made.Type)) return null;
        return body.Values.UsesOf(local).All(u => Fits(u, type)) ? new ConcurrentForm(name, declaration) : null;
    }

    /// <summary>A lock on the container itself is enough: nothing that runs at once uses it in another way.</summary>
    public static bool CanLock(FlatBody body, IReadOnlyList<ConcurrentBody> bodies, SharedMutation mutation)
    {
        if (mutation.Operation.Parent is not (IExpressionStatementOperation or IReturnOperation { IsImplicit: true }) || mutation.Place is not (ILocalSymbol or IFieldSymbol { IsReadOnly: true })) return false;
        if (mutation.Operation.Descendants().Any(o => o is IAwaitOperation)) return false;
        foreach (var frame in body.Frames.Where(f => bodies.Any(b => b.Frame == f)))
        {
            foreach (var operation in frame.Root.DescendantsAndSelf())
            {
                var used = operation switch
                {
                    ILocalReferenceOperation local => (ISymbol)local.Local,
                    IFieldReferenceOperation field => field.Field,
                    _ => null,
                };
                if (SymbolEqualityComparer.Default.Equals(used, mutation.Place) && !IsChanged(operation)) return false;
            }
        }

        return true;
    }

    /// <summary>The use is a statement that changes the container: it is, or will be, under the same lock.</summary>
    private static bool IsChanged(IOperation use) =>
        use.Above() is ILockOperation || use.Above() is IInvocationOperation { Parent: IExpressionStatementOperation or IReturnOperation { IsImplicit: true } } call && ReferenceEquals(call.Instance?.Plain(), use)
        || use.Above() is IPropertyReferenceOperation { Parent: ISimpleAssignmentOperation { Parent: IExpressionStatementOperation } assignment } element && ReferenceEquals(assignment.Target, element);

    private static bool Fits(IOperation use, INamedTypeSymbol type) => use.Above() switch
    {
        IInvocationOperation { Instance: { } instance } call when ReferenceEquals(instance.Plain(), use) => type.GetMembers(call.TargetMethod.Name).OfType<IMethodSymbol>().Any(m => SameShape(m, call.TargetMethod.OriginalDefinition)),
        IPropertyReferenceOperation { Property: var property } => type.GetMembers(property.Name).OfType<IPropertySymbol>().Any(p => p.Type.Name == property.OriginalDefinition.Type.Name),
        IForEachLoopOperation => true,
        // What a query operator takes is a sequence.
        IArgumentOperation { Parameter.Type: INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Collections_Generic_IEnumerable_T } } => true,
        _ => false,
    };

    private static bool SameShape(IMethodSymbol one, IMethodSymbol other) =>
        one.DeclaredAccessibility == Accessibility.Public && one.Parameters.Length == other.Parameters.Length && one.ReturnType.Name == other.ReturnType.Name && one.TypeParameters.Length == other.TypeParameters.Length
        && one.Parameters.Zip(other.Parameters, (a, b) => a.Type.Name == b.Type.Name && a.RefKind == b.RefKind).All(same => same);
}
