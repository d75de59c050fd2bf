using System.Collections.Concurrent;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>Does a call return an object that nobody else holds, as a factory of contexts does?</summary>
public sealed class Freshness(ProgramModel model)
{
    private const int Depth = 3;
    private readonly ConcurrentDictionary<ISymbol, Confidence> memo = new(SymbolEqualityComparer.Default);

    /// <summary>Certain: the catalogue or the body says so. Likely: the body could be overridden, or only the names speak. Unknown: it may be shared.</summary>
    public Confidence Of(IMethodSymbol method) => model.Catalogue.Of(method) is { } facts
        ? facts.Fresh ? Confidence.Certain : Confidence.Unknown
        : memo.GetOrAdd(method.OriginalDefinition, m => Find((IMethodSymbol)m, Depth));

    private Confidence Find(IMethodSymbol method, int depth)
    {
        if (model.Catalogue.Of(method) is { Fresh: true }) return Confidence.Certain;
        if (Returned(method) is not { } values) return ByName(method);
        if (depth > 0 && values.Count > 0)
        {
            var isOverridable = method is { IsSealed: false, ContainingType.IsSealed: false } && (method.IsVirtual || method.IsOverride);
            var found = isOverridable ? Confidence.Likely : Confidence.Certain;
            foreach (var value in values)
            {
                var one = value.Awaited() switch
                {
                    IObjectCreationOperation => Confidence.Certain,
                    IInvocationOperation call => Find(call.TargetMethod, depth - 1),
                    _ => Confidence.Unknown,
                };
                if (one < found) found = one;
            }

            return found;
        }

        return Confidence.Unknown;
    }

    /// <summary>Null where there is no body to see.</summary>
    private List<IOperation>? Returned(IMethodSymbol method)
    {
        if (method.IsAbstract || model.SourceBodies.Of(method) is not { } body) return null;
        var values = new List<IOperation>();
        foreach (var operation in body.Frames[0].Root.DescendantsAndSelf())
        {
            if (operation is IReturnOperation { Kind: OperationKind.Return, ReturnedValue: { } value } && !IsInFunction(operation)) values.Add(value);
        }

        return values;
    }

    private static bool IsInFunction(IOperation operation)
    {
        for (var o = operation.Parent; o is not null; o = o.Parent)
        {
            if (o is IAnonymousFunctionOperation or ILocalFunctionOperation) return true;
        }

        return false;
    }

    /// <summary><c>OrderContextFactory.CreateContext</c> of another project.</summary>
    private static Confidence ByName(IMethodSymbol method) =>
        method.ContainingType.Name.EndsWith("Factory", StringComparison.Ordinal) && method.Name.StartsWith("Create", StringComparison.Ordinal) ? Confidence.Likely : Confidence.Unknown;
}
