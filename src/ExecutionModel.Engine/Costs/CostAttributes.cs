using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Costs;

/// <summary>What the author says with <c>[CpuBound]</c> and <c>[Cheap]</c>, matched by name in any namespace.</summary>
internal static class CostAttributes
{
    private const double Heavy = 1e12;

    public static CpuCost? Of(IMethodSymbol method)
    {
        if (IsFramework(method.ContainingNamespace)) return null;
        foreach (var attribute in method.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case "CpuBoundAttribute":
                    return CpuCost.Exactly(Heavy, null) with { Stated = "[CpuBound]" };
                case "CheapAttribute":
                    return CpuCost.None;
            }
        }

        return null;
    }

    /// <summary>Frameworks don't carry these attributes, and decoding theirs costs more than the rest of the rule.</summary>
    private static bool IsFramework(INamespaceSymbol? space)
    {
        if (space is null) return false;
        while (space is { IsGlobalNamespace: false, ContainingNamespace.IsGlobalNamespace: false }) space = space.ContainingNamespace;
        return space.Name is "System" or "Microsoft";
    }
}
