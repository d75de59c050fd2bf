using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// What the author says with <c>[CpuBound]</c> and <c>[Cheap]</c>, matched by name in any namespace. Decoding attributes costs more than the rest of the rule,
/// so none is read where no such type can be seen; frameworks don't carry them.
/// </summary>
internal sealed class CostAttributes(Compilation compilation)
{
    private const double Heavy = 1e12;
    private const string CpuBound = "CpuBoundAttribute";
    private const string Cheap = "CheapAttribute";

    private readonly ConcurrentDictionary<IMethodSymbol, CpuCost?> stated = new(SymbolEqualityComparer.Default);
    private readonly Lazy<bool> exist = new(() => AnyDeclared(compilation));

    public CpuCost? Of(IMethodSymbol method) => exist.Value ? stated.GetOrAdd(method.OriginalDefinition, Read) : null;

    private static CpuCost? Read(IMethodSymbol method)
    {
        if (IsFramework(method.ContainingAssembly)) return null;
        foreach (var attribute in method.GetAttributes())
        {
            switch (attribute.AttributeClass?.Name)
            {
                case CpuBound:
                    return CpuCost.Exactly(Heavy, null) with { Stated = "[CpuBound]" };
                case Cheap:
                    return CpuCost.None;
            }
        }

        return null;
    }

    private static bool AnyDeclared(Compilation compilation) =>
        compilation.ContainsSymbolsWithName(CpuBound, SymbolFilter.Type) || compilation.ContainsSymbolsWithName(Cheap, SymbolFilter.Type)
        || compilation.SourceModule.ReferencedAssemblySymbols.Any(a => !IsFramework(a) && (a.TypeNames.Contains(CpuBound) || a.TypeNames.Contains(Cheap)));

    private static bool IsFramework(IAssemblySymbol? assembly) =>
        assembly?.Name is not { } name || name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
