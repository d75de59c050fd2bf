using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>Calls that go through a whole collection each time: in a loop they make one more loop.</summary>
internal static class LinearScans
{
    private static readonly HashSet<string> ListMembers = new(StringComparer.Ordinal)
    {
        "Contains", "IndexOf", "LastIndexOf", "Remove", "RemoveAt", "Insert", "Find", "FindIndex", "FindAll", "FindLast", "Exists", "TrueForAll", "RemoveAll", "Sort", "Reverse",
    };

    private static readonly HashSet<string> SequenceMembers = new(StringComparer.Ordinal)
    {
        "Count", "LongCount", "Any", "All", "First", "FirstOrDefault", "Single", "SingleOrDefault", "Last", "LastOrDefault", "ElementAt", "Contains", "Sum", "Min", "Max", "Average", "Aggregate",
        "ToList", "ToArray", "ToDictionary", "ToHashSet", "SequenceEqual",
    };

    public static bool Is(IInvocationOperation call)
    {
        var type = call.TargetMethod.ContainingType;
        return type switch
        {
            { MetadataName: "List`1", ContainingNamespace.Name: "Generic" } => ListMembers.Contains(call.TargetMethod.Name) && !TakesTheEnd(call),
            { Name: "Enumerable", ContainingNamespace.Name: "Linq" } => SequenceMembers.Contains(call.TargetMethod.Name) && !IsShort(call),
            _ => false,
        };
    }

    /// <summary><c>RemoveAt(list.Count - 1)</c> moves nothing.</summary>
    private static bool TakesTheEnd(IInvocationOperation call) =>
        call.TargetMethod.Name is "RemoveAt" or "Insert" && call.Arguments[0].Value is not { ConstantValue: { HasValue: true, Value: 0 } };

    /// <summary>Without a predicate these look at one item, a counter or a hash.</summary>
    private static bool IsShort(IInvocationOperation call)
    {
        if (call.Arguments.Length > 1 && call.Arguments[1].Value is IDelegateCreationOperation) return false;
        return call.TargetMethod.Name switch
        {
            "Any" or "First" or "FirstOrDefault" or "Single" or "SingleOrDefault" => true,
            "Count" or "LongCount" or "Last" or "LastOrDefault" or "ElementAt" or "Contains" => Source(call) is not INamedTypeSymbol { Name: "IEnumerable" },
            _ => false,
        };
    }

    private static ITypeSymbol? Source(IInvocationOperation call) =>
        call.Arguments.Length == 0 ? null : call.Arguments[0].Value is IConversionOperation { IsImplicit: true } conversion ? conversion.Operand.Type : call.Arguments[0].Value.Type;
}
