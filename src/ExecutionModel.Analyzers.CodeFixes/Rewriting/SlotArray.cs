using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Analyzers.CodeFixes.Rewriting;

/// <summary>Puts an array with a slot per turn in the place of a list that the turns of a parallel loop add to.</summary>
internal static class SlotArray
{
    /// <param name="add"><c>list.Add(value)</c></param>
    /// <param name="length">The number of turns.</param>
    public static SyntaxNode? Of(FixTarget target, VariableDeclaratorSyntax declarator, InvocationExpressionSyntax add, ExpressionSyntax length)
    {
        if (declarator is not { Parent: VariableDeclarationSyntax declaration, Initializer.Value: BaseObjectCreationExpressionSyntax creation }) return null;
        if (target.Model.GetDeclaredSymbol(declarator) is not ILocalSymbol { Type: INamedTypeSymbol { TypeArguments: [var item] } } local || add.ArgumentList.Arguments.Count != 1) return null;
        if (add.Ancestors().OfType<LambdaExpressionSyntax>().FirstOrDefault() is not { } turn || Lambda.OnlyParameter(turn) is not { } index || declarator.FirstAncestorOrSelf<BlockSyntax>() is not { } block) return null;
        var type = TypeSpelling.At(target.Model, declarator.SpanStart, item);
        var name = declarator.Identifier.Text;
        var changes = new Dictionary<SyntaxNode, Func<SyntaxNode, SyntaxNode>>
        {
            [creation] = old => Template.Expression($"new {type}[LENGTH]", ("LENGTH", length.WithoutTrivia())).WithTriviaFrom(old),
            [add] = old => Slot((InvocationExpressionSyntax)old, name, index.Identifier.Text),
        };
        if (!declaration.Type.IsVar) changes[declaration.Type] = old => SyntaxFactory.ParseTypeName(type + "[]").WithTriviaFrom(old);
        foreach (var use in block.DescendantNodes().OfType<IdentifierNameSyntax>().Where(n => n.Identifier.ValueText == local.Name && SymbolEqualityComparer.Default.Equals(target.Model.GetSymbolInfo(n).Symbol, local)))
        {
            if (use.Parent is not MemberAccessExpressionSyntax { Name.Identifier.ValueText: var member } access || access.Expression != use) continue;
            if (member == "Count") changes[access.Name] = old => SyntaxFactory.IdentifierName("Length").WithTriviaFrom(old);
            else if (member == "ToArray" && access.Parent is InvocationExpressionSyntax copy) changes[copy] = old => SyntaxFactory.IdentifierName(name).WithTriviaFrom(old);
        }

        return target.Root.ReplaceNodes(changes.Keys, (original, old) => changes[original](old));
    }

    /// <summary>The value has its trivia; it may hold changes of its own.</summary>
    private static ExpressionSyntax Slot(InvocationExpressionSyntax add, string name, string index) =>
        Template.Expression($"{name}[{index}] = VALUE", ("VALUE", add.ArgumentList.Arguments[0].Expression)).WithTriviaFrom(add);
}
