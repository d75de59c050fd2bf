using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Effects;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

/// <summary>
/// Finds the unit of work (context, connection, session) that all operations of a fan-out use together. It allows one operation at a time: a limit of twenty
/// is no help, the code has another mistake.
/// </summary>
public sealed class SharedUnitOfWork(ProgramModel model)
{
    private const int Hops = 3;

    /// <summary>Its name, or null.</summary>
    public string? Of(FanOut fanOut) => fanOut.Starts.Select(Of).FirstOrDefault(t => t is not null);

    /// <summary>That of all runs of one start.</summary>
    public string? Of(IOperation start) => InStart(start);

    private string? InStart(IOperation start) => start is IMethodReferenceOperation group
        ? Captured(group.Instance, start, null) ?? Behind(group.Method, group.Instance, Hops)
        : In(start.DescendantsAndSelf(), start, null, Hops);

    private string? In(IEnumerable<IOperation> operations, IOperation start, IMethodSymbol? callee, int hops)
    {
        foreach (var operation in operations)
        {
            if (Captured(operation, start, callee) is { } name) return name;
            if (operation is IInvocationOperation call && !IsOwn(call.Instance, start, callee) && Behind(call.TargetMethod, call.Instance, hops) is { } inside) return inside;
        }

        return null;
    }

    /// <summary>What a call uses: by its summary, else its body, else what the service behind it can reach.</summary>
    private string? Behind(IMethodSymbol method, IOperation? receiver, int hops)
    {
        if (model.Catalogue.Of(method) is not null) return null;
        var summary = model.Summaries.Of(method, receiver, Summaries.Depth);
        if (summary.Confidence != Confidence.Unknown) return summary.Effects.Any(e => e.Place is { Kind: PlaceKind.UnitOfWork, Symbol: null, Key: null }) ? $"that '{method.Name}' uses" : null;
        if (hops > 0 && !method.IsVirtual && !method.IsAbstract && model.SourceBodies.Of(method) is { } body)
        {
            foreach (var frame in body.Frames)
            {
                if (frame.Outer is null && In(frame.Root.DescendantsAndSelf(), frame.Root, method, hops - 1) is { } name) return name;
            }

            return null;
        }

        return receiver?.Type is { } type && model.Services.Of(type).UnitOfWork is { } unit ? $"'{unit.Name}'" : null;
    }

    /// <summary>A unit of work that exists outside of <paramref name="start"/>: a field, or a local declared elsewhere.</summary>
    private string? Captured(IOperation? operation, IOperation start, IMethodSymbol? callee)
    {
        var isOutside = operation switch
        {
            IFieldReferenceOperation or IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation } => true,
            ILocalReferenceOperation or IParameterReferenceOperation => !IsOwn(operation, start, callee),
            _ => false,
        };
        return isOutside && model.Catalogue.Of(operation!.Type)?.Sharing == Sharing.UnitOfWork ? $"'{operation.Type!.Name}'" : null;
    }

    /// <summary>Each operation has its own: a local or parameter of the lambda, or one that the caller's argument is seen for.</summary>
    private static bool IsOwn(IOperation? operation, IOperation start, IMethodSymbol? callee)
    {
        ISymbol? symbol = operation?.Plain() switch
        {
            ILocalReferenceOperation local => local.Local,
            IParameterReferenceOperation parameter => parameter.Parameter,
            _ => null,
        };
        if (symbol is null) return false;
        if (callee is not null && symbol is IParameterSymbol && SymbolEqualityComparer.Default.Equals(symbol.ContainingSymbol, callee.OriginalDefinition)) return true;
        return start.Declares(symbol);
    }
}
