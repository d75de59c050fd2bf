using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Services;

/// <summary>Does one instance of a type live as long as the program? A host runs it, or the compilation registers it as a singleton; the latter by name alone.</summary>
internal sealed class Singletons(ProgramModel model)
{
    private static readonly WordSet Words = new(["AddSingleton", "TryAddSingleton", "AddHostedService"]);
    private readonly Lazy<HashSet<string>> registered = new(() => Registered(model));

    public bool Holds(INamedTypeSymbol type) =>
        model.App.HostOf(type) == Host.Worker || registered.Value.Contains(type.Name) || type.Interfaces.Any(i => registered.Value.Contains(i.Name));

    private static HashSet<string> Registered(ProgramModel model)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tree in model.Compilation.SyntaxTrees)
        {
            if (!model.Words.HasAny(tree, Words)) continue;
            foreach (var call in tree.GetRoot().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (call.Expression is not MemberAccessExpressionSyntax { Name: var name } || !Words.Contains(CallWords.HashOf(name.Identifier.ValueText))) continue;
                var written = ((name as GenericNameSyntax)?.TypeArgumentList.DescendantNodes() ?? []).Concat(call.ArgumentList.DescendantNodes());
                foreach (var type in written) if ((type is TypeOfExpressionSyntax of ? of.Type : type is ObjectCreationExpressionSyntax creation ? creation.Type : type as SimpleNameSyntax) is { } named && SimpleNames.Of(named) is { } simple) names.Add(simple);
            }
        }

        return names;
    }
}
