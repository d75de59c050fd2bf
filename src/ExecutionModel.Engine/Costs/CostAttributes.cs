using System.Collections.Concurrent;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Costs;

/// <summary>
/// What the author says with <c>[CpuBound]</c> and <c>[Cheap]</c>, matched by name in any namespace. Decoding attributes costs more than the rest of the rule,
/// so none is read where nobody writes one; frameworks don't carry them, packages describe themselves by a catalogue.
/// </summary>
internal sealed class CostAttributes(ProgramModel model)
{
    private const double Heavy = 1e12;
    private const string CpuBound = "CpuBoundAttribute";
    private const string Cheap = "CheapAttribute";
    private static readonly WordSet Marks = new(["CpuBound", CpuBound, "Cheap", Cheap]);

    private readonly ConcurrentDictionary<IMethodSymbol, CpuCost?> stated = new(SymbolEqualityComparer.Default);
    private readonly Lazy<bool> exist = new(() => AnyWritten(model));

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

    private static bool AnyWritten(ProgramModel model) =>
        model.Compilation.ContainsSymbolsWithName(CpuBound, SymbolFilter.Type) || model.Compilation.ContainsSymbolsWithName(Cheap, SymbolFilter.Type)
        || model.Compilation.SyntaxTrees.Any(t => model.Words.HasAny(t, Marks))
        || model.Implementations.AnyProjectNames(CpuBound) || model.Implementations.AnyProjectNames(Cheap);

    private static bool IsFramework(IAssemblySymbol? assembly) =>
        assembly?.Name is not { } name || name is "mscorlib" or "netstandard" || name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
