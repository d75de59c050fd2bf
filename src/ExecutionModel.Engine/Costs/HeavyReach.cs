using System.Collections.Concurrent;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// Says from text and syntax alone which methods could be heavy: nested or counted loops, names that the catalogue weighs, methods that call themselves twice,
/// or calls, by name, of such methods. A yes only costs a look at the body; a no spares it. What it can't see: constructors behind a target-typed <c>new()</c>.
/// </summary>
internal sealed class HeavyReach(Compilation compilation, Catalogue catalogue, CallWords words, Func<IAssemblySymbol, bool> isProject)
{
    private static readonly int For = CallWords.HashOf("for");
    private static readonly HashSet<int> Loops = [For, CallWords.HashOf("foreach"), CallWords.HashOf("while")];
    private static readonly HashSet<int> Always = [CallWords.HashOf("CpuBound"), CallWords.HashOf("CpuBoundAttribute"), CallWords.HashOf("Range"), CallWords.HashOf("Repeat")];

    private readonly Lazy<Dictionary<int, List<SyntaxNode>>> declared = new(() => Index(compilation));
    private readonly ConcurrentDictionary<SyntaxNode, (bool Heavy, bool Yields)> traits = new();
    private readonly ConcurrentDictionary<SyntaxNode, (bool Heavy, int[] Called)> shown = new();
    private readonly ConcurrentDictionary<int, bool>[] byName = [new(), new(), new(), new(), new()];

    /// <summary>Marks of other projects can't be seen by name: then every body may be heavy. Packages describe themselves by a catalogue.</summary>
    private readonly Lazy<bool> marksElsewhere = new(() => compilation.SourceModule.ReferencedAssemblySymbols.Any(a => isProject(a) && a.TypeNames.Contains("CpuBoundAttribute")));

    /// <summary>The method, or what it calls within so many source calls, may compute for long.</summary>
    public bool May(IMethodSymbol method, int reach)
    {
        foreach (var reference in (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences)
        {
            if (May(reference.GetSyntax(), reach)) return true;
        }

        return marksElsewhere.Value;
    }

    /// <summary>As <see cref="May(IMethodSymbol, int)"/>, for what a call runs at once: an iterator runs when somebody enumerates.</summary>
    public bool MayWhenCalled(IMethodSymbol method, int reach) =>
        May(method, reach) && !method.DeclaringSyntaxReferences.Any(r => traits.GetOrAdd(r.GetSyntax(), Look).Yields);

    private bool May(SyntaxNode declaration, int reach)
    {
        var (heavy, called) = shown.GetOrAdd(declaration, Read);
        if (heavy) return true;
        if (reach == 0) return false;
        foreach (var name in called)
        {
            if (May(name, reach - 1)) return true;
        }

        return false;
    }

    /// <summary>Heavy on its own account, and the source methods that it calls.</summary>
    private (bool Heavy, int[] Called) Read(SyntaxNode declaration)
    {
        var called = words.In(declaration.SyntaxTree, declaration.Span);
        if (Suspicious(called, declaration) && traits.GetOrAdd(declaration, Look).Heavy) return (true, []);
        return (false, called.Where(declared.Value.ContainsKey).Distinct().ToArray());
    }

    private bool May(int name, int reach)
    {
        if (byName[reach].TryGetValue(name, out var known)) return known;
        var may = false;
        foreach (var declaration in declared.Value[name]) may = may || May(declaration, reach);
        byName[reach][name] = may;
        return may;
    }

    /// <summary>The words alone: is a look at the nodes worth it?</summary>
    private bool Suspicious(ArraySegment<int> called, SyntaxNode declaration)
    {
        var own = NameOf(declaration) is { } name ? CallWords.HashOf(name) : 0;
        var (loops, ownCalls) = (0, 0);
        foreach (var word in called)
        {
            if (word == For || Always.Contains(word) || catalogue.WeighsName(word)) return true;
            if (Loops.Contains(word) && ++loops > 1) return true;
            if (word == own && ++ownCalls > 2) return true; // its declaration and two calls
        }

        return false;
    }

    private (bool Heavy, bool Yields) Look(SyntaxNode declaration)
    {
        var (heavy, yields) = (false, false);
        var own = NameOf(declaration);
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
                case InvocationExpressionSyntax call when NameOf(call.Expression) is { } name:
                    if (name == own && ++ownCalls > 1) heavy = true;
                    heavy |= catalogue.WeighsName(CallWords.HashOf(name)) || name is "Repeat" or "Range";
                    break;
                case ObjectCreationExpressionSyntax creation when NameOf(creation.Type) is { } name:
                    heavy |= catalogue.WeighsName(CallWords.HashOf(name));
                    break;
                case AttributeSyntax attribute when NameOf(attribute.Name)?.StartsWith("CpuBound", StringComparison.Ordinal) == true:
                    heavy = true;
                    break;
                case YieldStatementSyntax:
                    yields = true;
                    break;
            }
        }

        return (heavy, yields);
    }

    private static bool IsInLoop(SyntaxNode loop, SyntaxNode declaration)
    {
        for (var node = loop.Parent; node is not null && node != declaration; node = node.Parent)
        {
            if (node is ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax) return true;
        }

        return false;
    }

    private static string? NameOf(SyntaxNode node) => node switch
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

    /// <summary>Asynchronous methods are on async paths of their own; methods without a body count for what is written on them.</summary>
    private static bool RunsWhenCalled(MethodDeclarationSyntax method)
    {
        if (method.Body is null && method.ExpressionBody is null) return method.AttributeLists.Count > 0;
        if (method.Modifiers.Any(SyntaxKind.AsyncKeyword)) return false;
        return method.ReturnType is not SimpleNameSyntax { Identifier.ValueText: "Task" or "ValueTask" } || method.AttributeLists.Count > 0;
    }

    /// <summary>Methods by name, constructors by their type's; bodies are not entered.</summary>
    private static Dictionary<int, List<SyntaxNode>> Index(Compilation compilation)
    {
        var index = new Dictionary<int, List<SyntaxNode>>();
        foreach (var tree in compilation.SyntaxTrees)
        {
            foreach (var node in tree.GetRoot().DescendantNodes(n => n is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
            {
                var name = node switch
                {
                    MethodDeclarationSyntax method when RunsWhenCalled(method) => method.Identifier.ValueText,
                    ConstructorDeclarationSyntax { Body.Statements.Count: > 0 } constructor => constructor.Identifier.ValueText,
                    _ => null,
                };
                if (name is null) continue;
                var hash = CallWords.HashOf(name);
                if (!index.TryGetValue(hash, out var list)) index[hash] = list = [];
                list.Add(node);
            }
        }

        return index;
    }
}
