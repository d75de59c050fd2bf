using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Costs;

/// <summary>Turns callees away before their bodies are bound.</summary>
internal static class SourceFilter
{
    private const int LargestBody = 20_000;

    /// <summary>The call certainly runs this body, here and now.</summary>
    public static bool RunsHere(IMethodSymbol method)
    {
        if (method.DeclaringSyntaxReferences.IsEmpty || method.IsAbstract || method.IsExtern || method.IsAsync) return false;
        if ((method.IsVirtual || method.IsOverride) && !method.IsSealed && !method.ContainingType.IsSealed) return false;
        if (method.MethodKind is not (MethodKind.Ordinary or MethodKind.Constructor or MethodKind.LocalFunction or MethodKind.ExplicitInterfaceImplementation)) return false;
        if (method.ReturnType is INamedTypeSymbol { Name: "Task" or "ValueTask", ContainingNamespace.Name: "Tasks" }) return false;
        return (method.PartialImplementationPart ?? method).DeclaringSyntaxReferences.Any(r => r.Span.Length <= LargestBody);
    }
}
