using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Bounds;

public enum FanOutForm
{
    /// <summary><c>items.Select(x => F(x))</c></summary>
    SelectLambda,

    /// <summary><c>items.Select(F)</c></summary>
    SelectMethodGroup,

    /// <summary><c>from x in items select F(x)</c></summary>
    Query,

    /// <summary><c>tasks.Add(F(x))</c> in a loop.</summary>
    LoopAdd,
}

/// <summary>One wait for operations that the same body starts, one per item of a source.</summary>
/// <param name="WhenAll">The join, or the loop that waits for one task after the other.</param>
/// <param name="Source">The sequence; of a loop what it steps through, or its condition.</param>
/// <param name="Starts">The lambda or method group, or the started calls of the loop.</param>
/// <param name="Tasks">The local that holds the tasks in between.</param>
/// <param name="Loop">The outermost loop that starts them.</param>
/// <param name="Outer">The sequence whose items each have a <paramref name="Source"/> of their own, as in <c>outer.SelectMany(o => o.Items.Select(F))</c>.</param>
public sealed record FanOut(FanOutForm Form, IOperation WhenAll, IOperation Source, IReadOnlyList<IOperation> Starts, ILocalSymbol? Tasks = null, ILoopOperation? Loop = null, IOperation? Outer = null)
{
    /// <summary>The operation where the tasks come into being: the <c>Select</c>, or the loop.</summary>
    public IOperation Origin => Loop ?? Outer ?? Starts[0];

    /// <summary>The join holds its thread until all are done.</summary>
    public bool Blocks => WhenAll is IInvocationOperation { TargetMethod.Name: "WaitAll" };

    /// <summary>The operation is the very method that fans out, as in the walk of a tree.</summary>
    public bool StartsItself(ISymbol method) => Starts.Any(s => s.DescendantsAndSelf().Any(o => o switch
    {
        IInvocationOperation call => SymbolEqualityComparer.Default.Equals(call.TargetMethod.OriginalDefinition, method.OriginalDefinition),
        IMethodReferenceOperation group => SymbolEqualityComparer.Default.Equals(group.Method.OriginalDefinition, method.OriginalDefinition),
        _ => false,
    }));
}
