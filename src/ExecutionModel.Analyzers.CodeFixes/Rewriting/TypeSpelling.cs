using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>The shortest way to write a type at a place: its name, qualified where no <c>using</c> brings it in or something else has the name.</summary>
internal static class TypeSpelling
{
    public static string At(SemanticModel model, int position, string metadataName)
    {
        var simple = metadataName.Substring(metadataName.LastIndexOf('.') + 1);
        foreach (var spelling in new[] { simple, metadataName })
        {
            var expression = SyntaxFactory.ParseExpression(spelling);
            var found = model.GetSpeculativeSymbolInfo(position, expression, SpeculativeBindingOption.BindAsExpression).Symbol;
            if (found is INamedTypeSymbol type && type.ToDisplayString(FullName) == metadataName) return spelling;
        }

        return "global::" + metadataName;
    }

    /// <summary>The same for a type at hand, with its nullability.</summary>
    public static string At(SemanticModel model, int position, ITypeSymbol type) => type.ToMinimalDisplayString(model, position, Nullable);

    private static readonly SymbolDisplayFormat Nullable = SymbolDisplayFormat.MinimallyQualifiedFormat.AddMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.IncludeNullableReferenceTypeModifier);

    internal static readonly SymbolDisplayFormat FullName = new(typeQualificationStyle: SymbolDisplayTypeQualificationStyle.NameAndContainingTypesAndNamespaces);
}
