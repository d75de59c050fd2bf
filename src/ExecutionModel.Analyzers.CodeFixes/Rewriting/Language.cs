using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>What the language version of a file has.</summary>
internal static class Language
{
    public static bool HasUsingDeclarations(SyntaxNode place) => Of(place) >= LanguageVersion.CSharp8;

    public static bool HasFileScopedNamespaces(SyntaxNode place) => Of(place) >= LanguageVersion.CSharp10;

    private static LanguageVersion Of(SyntaxNode place) => ((CSharpParseOptions)place.SyntaxTree.Options).LanguageVersion;
}
