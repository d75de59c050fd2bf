using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Costs;

/// <summary>An object that computes when it is first used: a new key, a derivation that is only set up.</summary>
internal static class LazyObject
{
    /// <summary>Where what the call or construction costs is computed; null where that is not to be seen in the frame.</summary>
    public static IOperation? ComputedAt(IOperation made, IMethodSymbol method, Frame frame, Catalogue catalogue)
    {
        if (catalogue.Of(method) is not { Lazily: true }) return made;
        var use = made.Above() switch
        {
            IInvocationOperation { Instance: { } instance } call when ReferenceEquals(instance.Plain(), made) => call,
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var local } } => FirstCallOn(local, made, frame),
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation { Local: var local } } => FirstCallOn(local, made, frame),
            _ => null,
        };
        return use is not null && Computes(use.TargetMethod.Name) ? use : null;
    }

    private static IInvocationOperation? FirstCallOn(ILocalSymbol local, IOperation made, Frame frame)
    {
        IInvocationOperation? first = null;
        foreach (var call in frame.Calls)
        {
            if (call.Syntax.SpanStart <= made.Syntax.SpanStart || call.Instance?.Plain() is not ILocalReferenceOperation { Local: var receiver } || !SymbolEqualityComparer.Default.Equals(receiver, local)) continue;
            if (first is null || call.Syntax.SpanStart < first.Syntax.SpanStart) first = call;
        }

        return first;
    }

    /// <summary>A key that is read in is not made.</summary>
    private static bool Computes(string method) =>
        method is not ("Dispose" or "Clear" or "FromXmlString") && !method.StartsWith("Import", StringComparison.Ordinal);
}
