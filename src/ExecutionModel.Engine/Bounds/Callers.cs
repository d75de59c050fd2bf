using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>What the callers of a private method or local function pass: they all stand in one type, so all of them can be seen.</summary>
internal sealed class Callers(ProgramModel model, SourceSize sizes)
{
    /// <summary>The worst that any caller passes; null where the method may have callers elsewhere, or none is found.</summary>
    public Bound? WorstOf(IParameterSymbol parameter, Step step)
    {
        if (step.Hops == 0 || parameter.ContainingSymbol is not IMethodSymbol method) return null;
        Bound? worst = null;
        foreach (var (call, scope) in CallsOf(method, step.Scope))
        {
            if (call.InParameterOrder(parameter.Ordinal) is not { } argument) continue;
            var size = sizes.Of(argument, step.Enter(scope));
            worst = worst?.Join(size) ?? size;
        }

        return worst;
    }

    private IEnumerable<(IInvocationOperation Call, ValueScope Scope)> CallsOf(IMethodSymbol method, ValueScope here)
    {
        if (method.MethodKind == MethodKind.LocalFunction) return In(here, method);
        if (method is not { MethodKind: MethodKind.Ordinary, DeclaredAccessibility: Accessibility.Private }) return [];
        return method.ContainingType.GetMembers()
            .OfType<IMethodSymbol>()
            .Where(m => Mentions(m, method.Name))
            .Select(m => model.SourceBodies.Of(m))
            .SelectMany(body => body is null ? [] : In(ValueScope.Of(body), method));
    }

    private static IEnumerable<(IInvocationOperation Call, ValueScope Scope)> In(ValueScope scope, IMethodSymbol method) =>
        scope.Calls.Where(c => SymbolEqualityComparer.Default.Equals(c.TargetMethod.OriginalDefinition, method.OriginalDefinition)).Select(c => (c, scope));

    /// <summary>Turns most members away before they are bound.</summary>
    private static bool Mentions(IMethodSymbol member, string name) =>
        member.DeclaringSyntaxReferences.Any(r => r.GetSyntax().DescendantTokens().Any(t => t.IsKind(SyntaxKind.IdentifierToken) && t.ValueText == name));
}
