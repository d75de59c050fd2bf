using System.Collections.Concurrent;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// Says from syntax alone which source methods could be heavy: nested or counted loops, names that the catalogue weighs, methods that call themselves twice,
/// or calls, by name, of such methods. A yes only costs a look at the body; a no spares it. What it can't see: constructors behind a target-typed <c>new()</c>.
/// </summary>
internal sealed class HeavyReach(Compilation compilation, Catalogue catalogue)
{
    private readonly Lazy<Dictionary<string, List<SyntaxNode>>> declared = new(() => Index(compilation));
    private readonly ConcurrentDictionary<SyntaxNode, Traits> traits = new();
    private readonly ConcurrentDictionary<string, bool>[] byName = [new(), new(), new(), new(), new()];

    /// <summary>Marks of other assemblies can't be seen by name: then every body may be heavy.</summary>
    private readonly Lazy<bool> marksElsewhere = new(() => compilation.SourceModule.ReferencedAssemblySymbols.Any(
        a => !a.Name.StartsWith("System", StringComparison.Ordinal) && !a.Name.StartsWith("Microsoft", StringComparison.Ordinal) && a.TypeNames.Contains("CpuBoundAttribute")));

    /// <summary>What one body shows.</summary>
    /// <param name="Yields">Runs when somebody enumerates, not when it is called.</param>
    private sealed record Traits(bool Heavy, bool Yields, HashSet<string> Called);

    /// <summary>As <see cref="May(IMethodSymbol, int)"/>, for what a call runs at once.</summary>
    public bool MayWhenCalled(IMethodSymbol method, int reach) =>
        !method.DeclaringSyntaxReferences.Any(r => traits.GetOrAdd(r.GetSyntax(), Look).Yields) && May(method, reach);

    /// <summary>The method, or what it calls within so many source calls, may compute for long.</summary>
    public bool May(IMethodSymbol method, int reach)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (May(reference.GetSyntax(), reach)) return true;
        }

        return marksElsewhere.Value;
    }

    private bool May(SyntaxNode declaration, int reach)
    {
        var found = traits.GetOrAdd(declaration, Look);
        if (found.Heavy) return true;
        if (reach == 0) return false;
        foreach (var name in found.Called)
        {
            if (May(name, reach - 1)) return true;
        }

        return false;
    }

    private bool May(string name, int reach)
    {
        if (byName[reach].TryGetValue(name, out var known)) return known;
        var may = false;
        if (declared.Value.TryGetValue(name, out var declarations))
        {
            foreach (var declaration in declarations)
            {
                if (May(declaration, reach)) may = true;
            }
        }

        byName[reach][name] = may;
        return may;
    }

    private Traits Look(SyntaxNode declaration)
    {
        var called = new HashSet<string>(StringComparer.Ordinal);
        var heavy = false;
        var yields = false;
        var own = Name(declaration);
        var ownCalls = 0;
        foreach (var node in declaration.DescendantNodes())
        {
            switch (node)
            {
                case ForStatementSyntax { Condition: BinaryExpressionSyntax { Right: not MemberAccessExpressionSyntax } }:
                    heavy = true;
                    break;
                case ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax:
                    heavy |= IsInLoop(node, declaration);
                    break;
                case InvocationExpressionSyntax call when Name(call.Expression) is { } name:
                    if (name == own && ++ownCalls > 1) heavy = true;
                    called.Add(name);
                    heavy |= catalogue.WeighsName(name) || name is "Repeat" or "Range";
                    break;
                case ObjectCreationExpressionSyntax creation when Name(creation.Type) is { } name:
                    called.Add(name);
                    heavy |= catalogue.WeighsName(name);
                    break;
                case YieldStatementSyntax:
                    yields = true;
                    break;
                case AttributeSyntax attribute when Name(attribute.Name)?.StartsWith("CpuBound", StringComparison.Ordinal) == true:
                    heavy = true;
                    break;
            }
        }

        return new Traits(heavy, yields, called);
    }

    private static bool IsInLoop(SyntaxNode loop, SyntaxNode declaration)
    {
        for (var node = loop.Parent; node is not null && node != declaration; node = node.Parent)
        {
            if (node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax) return true;
        }

        return false;
    }

    private static string? Name(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        _ => null,
    };

    /// <summary>Methods by name, constructors by their type's; bodies are not entered.</summary>
    private static Dictionary<string, List<SyntaxNode>> Index(Compilation compilation)
    {
        var index = new Dictionary<string, List<SyntaxNode>>(StringComparer.Ordinal);
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var node in tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
            {
                var name = node switch
                {
                    MethodDeclarationSyntax method => method.Identifier.ValueText,
                    ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
                    _ => null,
                };
                if (name is null) continue;
                if (!index.TryGetValue(name, out var list)) index[name] = list = [];
                list.Add(node);
            }
        }

        return index;
    }
}
