using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Services;

/// <summary>
/// Does a field keep what its constructor gave it? Many are private and written in constructors only, without saying <c>readonly</c>.
/// By syntax: a write to anything of that name counts.
/// </summary>
internal sealed class SteadyFields
{
    private readonly ConcurrentDictionary<ISymbol, HashSet<string>> written = new(SymbolEqualityComparer.Default);

    public bool IsSteady(IFieldSymbol field)
    {
        if (field.IsReadOnly || field.AssociatedSymbol is IPropertySymbol { SetMethod: null or { IsInitOnly: true } }) return true;
        if (field.AssociatedSymbol is IPropertySymbol injected && injected.GetAttributes().Any(a => a.AttributeClass?.Name is "InjectAttribute")) return true;
        if (field.AssociatedSymbol is IPropertySymbol { SetMethod.DeclaredAccessibility: not Accessibility.Private }) return false;
        if (field.AssociatedSymbol is IEventSymbol || (field.AssociatedSymbol is null && field.DeclaredAccessibility != Accessibility.Private)) return false;
        if (field.ContainingType.DeclaringSyntaxReferences.IsEmpty) return false;
        return !IsWritten(field.ContainingType, NameInCode(field));
    }

    /// <summary>Something of that name is written outside the constructors.</summary>
    public bool IsWritten(INamedTypeSymbol type, string name) => written.GetOrAdd(Outermost(type), t => Written((INamedTypeSymbol)t)).Contains(name);

    /// <summary>A parameter that a primary constructor keeps is written by the parameter's name.</summary>
    private static string NameInCode(IFieldSymbol field)
    {
        if (field.AssociatedSymbol is { } property) return property.Name;
        var end = field.Name.IndexOf('>');
        return field.Name.StartsWith("<", StringComparison.Ordinal) && end > 1 ? field.Name.Substring(1, end - 1) : field.Name;
    }

    /// <summary>Types around it see its private fields.</summary>
    private static INamedTypeSymbol Outermost(INamedTypeSymbol type)
    {
        while (type.ContainingType is { } outer) type = outer;
        return type.OriginalDefinition;
    }

    private static HashSet<string> Written(INamedTypeSymbol type)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var reference in type.DeclaringSyntaxReferences)
        {
            foreach (var node in reference.GetSyntax().DescendantNodes(n => n is not ConstructorDeclarationSyntax || n.DescendantNodes().Any(d => d is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)))
            {
                switch (node)
                {
                    case AssignmentExpressionSyntax { Parent: not InitializerExpressionSyntax } assignment:
                        Add(assignment.Left);
                        break;
                    case PrefixUnaryExpressionSyntax unary when unary.Kind() is SyntaxKind.PreIncrementExpression or SyntaxKind.PreDecrementExpression or SyntaxKind.AddressOfExpression:
                        Add(unary.Operand);
                        break;
                    case PostfixUnaryExpressionSyntax unary when unary.Kind() is SyntaxKind.PostIncrementExpression or SyntaxKind.PostDecrementExpression:
                        Add(unary.Operand);
                        break;
                    case ArgumentSyntax argument when argument.RefKindKeyword.Kind() is SyntaxKind.RefKeyword or SyntaxKind.OutKeyword:
                        Add(argument.Expression);
                        break;
                    case RefExpressionSyntax alias:
                        Add(alias.Expression);
                        break;
                }
            }
        }

        return names;

        void Add(ExpressionSyntax target)
        {
            switch (target)
            {
                case SimpleNameSyntax name:
                    names.Add(name.Identifier.ValueText);
                    break;
                case MemberAccessExpressionSyntax member:
                    names.Add(member.Name.Identifier.ValueText);
                    break;
                case TupleExpressionSyntax tuple:
                    foreach (var element in tuple.Arguments) Add(element.Expression);
                    break;
                case ParenthesizedExpressionSyntax inner:
                    Add(inner.Expression);
                    break;
            }
        }
    }
}
