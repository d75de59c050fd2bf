using ExecutionModel.Engine.Roslyn;
using ExecutionModel.Engine.Services;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>The only value that a private field ever gets: from its initializer, or from the only constructor.</summary>
internal sealed class FieldValues(ProgramModel model)
{
    public (IOperation Operation, ValueScope Scope)? Of(IFieldSymbol field)
    {
        if (field.DeclaredAccessibility != Accessibility.Private || field.DeclaringSyntaxReferences is not [var declaration] || !model.Steady.IsSteady(field)) return null;
        var initializer = (declaration.GetSyntax() as VariableDeclaratorSyntax)?.Initializer;
        var constructors = field.IsStatic ? field.ContainingType.StaticConstructors : field.ContainingType.InstanceConstructors;
        if (initializer is not null)
        {
            if (constructors.Any(c => Mentions(c, field.Name)) || model.SourceBodies.Of(field, initializer) is not { } value) return null;
            return (value.Frames[0].Root, ValueScope.Of(value));
        }

        if (constructors is not [var only] || model.SourceBodies.Of(only) is not { } body) return null;
        var scope = ValueScope.Of(body);
        var written = body.Frames[0].Root.Descendants().OfType<ISimpleAssignmentOperation>().Where(a => a.Target is IFieldReferenceOperation target && SymbolEqualityComparer.Default.Equals(target.Field, field)).ToList();
        return written is [{ Value: var given }] ? (given.Plain(), scope) : null;
    }

    private static bool Mentions(IMethodSymbol constructor, string field) =>
        constructor.DeclaringSyntaxReferences.Any(r => r.GetSyntax() is ConstructorDeclarationSyntax c && c.DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == field));
}
