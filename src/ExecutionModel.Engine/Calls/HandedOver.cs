using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Calls;

/// <summary>Answers: does some code of the compilation take the method as a delegate? Asked of few methods: it goes through the text of every file.</summary>
internal static class HandedOver
{
    public static bool Is(ProgramModel model, IMethodSymbol method) => FilesOf(model, method).Any(t => Names(model, t, method));

    private static IEnumerable<SyntaxTree> FilesOf(ProgramModel model, IMethodSymbol method) => method.DeclaredAccessibility == Accessibility.Private
        ? method.ContainingType.DeclaringSyntaxReferences.Select(r => r.SyntaxTree).Distinct()
        : model.Compilation.SyntaxTrees;

    private static bool Names(ProgramModel model, SyntaxTree tree, IMethodSymbol method)
    {
        if (!WrittenNames.In(tree, method.Name)) return false;
        return tree.GetRoot().DescendantNodes().OfType<SimpleNameSyntax>().Any(n =>
            n.Identifier.ValueText == method.Name && !IsCalled(n) && SymbolEqualityComparer.Default.Equals(model.SourceBodies.MeaningOf(n)?.OriginalDefinition, method.OriginalDefinition));
    }

    /// <summary>A call, or a name inside <c>nameof</c> and comments.</summary>
    private static bool IsCalled(SimpleNameSyntax name)
    {
        var named = SimpleNames.WholeOf(name);
        return named.Parent is InvocationExpressionSyntax call && call.Expression == named
            || named.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: IdentifierNameSyntax { Identifier.ValueText: "nameof" } } }
            || name.IsPartOfStructuredTrivia();
    }
}
