using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Costs;

/// <summary>Turns callees away before their bodies are bound.</summary>
internal static class SourceFilter
{
    private const int LargestBody = 20_000;

    /// <summary>The call certainly runs all of this body, here and now.</summary>
    public static bool RunsHere(IMethodSymbol method) =>
        !method.IsAsync && StartsHere(method) && method.ReturnType is not INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" };

    /// <summary>The call certainly enters this body; an asynchronous one may leave it at an await.</summary>
    public static bool StartsHere(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsExtern) return false;
        if ((method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed) return false;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation)) return false;
        return (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.Any(r => r.Span.Length <= LargestBody);
    }
}
