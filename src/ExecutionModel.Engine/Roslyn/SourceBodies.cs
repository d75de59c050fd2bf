using System.Collections.Concurrent;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Roslyn;

/// <summary>
/// Bodies of other members of the compilation, bound on demand. The only place that asks the compilation for a semantic model: the driver shares its models,
/// and only candidates that survived the cheap filters come here.
/// </summary>
public sealed class SourceBodies(Compilation compilation)
{
    private readonly ConcurrentDictionary<ISymbol, FlatBody?> bodies = new(SymbolEqualityComparer.Default);

    /// <summary>The body of a method, accessor, constructor or local function of this compilation; null where there is none to see.</summary>
    public FlatBody? Of(IMethodSymbol method) => bodies.GetOrAdd(method.PartialImplementationPart ?? method.OriginalDefinition, Bind);

    /// <summary>What a field's initializer computes.</summary>
    public FlatBody? Of(IFieldSymbol field, EqualsValueClauseSyntax initializer) =>
        ModelOf(initializer.SyntaxTree).GetOperation(initializer.Value) is { } value ? FlatBody.Of(field, [value]) : null;

    /// <summary>What a name in the source means; null where it is ambiguous or an error.</summary>
    public ISymbol? MeaningOf(SimpleNameSyntax name)
    {
        var found = ModelOf(name.SyntaxTree).GetSymbolInfo(name);
        return found.Symbol ?? (found is { CandidateReason: CandidateReason.MemberGroup or CandidateReason.OverloadResolutionFailure, CandidateSymbols: [IMethodSymbol only] } ? only : null); // a method that becomes a Delegate
    }

    /// <summary>The body of the member that a node stands in; null outside of methods, accessors and constructors.</summary>
    public FlatBody? Around(SyntaxNode node)
    {
        var member = node.Ancestors().FirstOrDefault(a => a is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax);
        return (member is null ? null : ModelOf(member.SyntaxTree).GetDeclaredSymbol(member)) switch
        {
            IMethodSymbol method => Of(method),
            IPropertySymbol { GetMethod: { } getter } => Of(getter),
            _ => null,
        };
    }

    /// <summary>The type that a piece of syntax names, without binding the code around it.</summary>
    internal ITypeSymbol? TypeNamed(TypeSyntax syntax)
    {
#pragma warning disable RS1030 // on demand: see the summary
        var model = compilation.GetSemanticModel(syntax.SyntaxTree);
#pragma warning restore RS1030
        var type = model.GetSpeculativeTypeInfo(syntax.SpanStart, syntax, SpeculativeBindingOption.BindAsTypeOrNamespace).Type;
        return type is { TypeKind: not TypeKind.Error } ? type : null;
    }

    private FlatBody? Bind(ISymbol symbol)
    {
        foreach (var reference in symbol.DeclaringSyntaxReferences)
        {
            if (!compilation.ContainsSyntaxTree(reference.SyntaxTree)) return null;
            var syntax = reference.GetSyntax();
            if (syntax is PropertyDeclarationSyntax { ExpressionBody: { } arrow }) syntax = arrow;
            IOperation? body = ModelOf(reference.SyntaxTree).GetOperation(syntax) switch
            {
                IMethodBodyOperation m => m.BlockBody ?? m.ExpressionBody,
                IConstructorBodyOperation c => c,
                ILocalFunctionOperation l => l.Body,
                IBlockOperation b => b,
                _ => null,
            };
            if (body is not null) return FlatBody.Of(symbol, [body]);
        }

        return null;
    }

#pragma warning disable RS1030 // on demand, memoised, candidate-driven: see the summary
    private SemanticModel ModelOf(SyntaxTree tree) => compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
}
