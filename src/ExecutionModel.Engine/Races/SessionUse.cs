using ExecutionModel.Engine.Calls;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Races;

/// <summary>One operation that an object serves, which serves one at a time: a context, a connection, a reader, a stream.</summary>
/// <param name="Session">The variable that holds it, or its type where only that is known.</param>
/// <param name="Type">What it is.</param>
/// <param name="Service">The variable of the service that the use goes through; null where the code itself uses it.</param>
/// <param name="Call">The call of the examined code that uses it, or leads there.</param>
/// <param name="Direction">What the call does to a stream: reading and writing may overlap. Empty for a context, <see cref="Serial"/> for what every call moves on.</param>
public sealed record SessionUse(ISymbol Session, INamedTypeSymbol Type, ISymbol? Service, IOperation Call, string Direction, Confidence Confidence)
{
    /// <summary>As <see cref="Direction"/>: any call gets in the way of any other one.</summary>
    internal const string Serial = "serial";

    /// <summary>How sure it is that both use the same object; Unknown: nothing says so.</summary>
    public Confidence Shares(SessionUse other)
    {
        if (Direction != other.Direction) return Confidence.Unknown;
        var least = Confidence < other.Confidence ? Confidence : other.Confidence;
        var isSame = SymbolEqualityComparer.Default.Equals(Session, other.Session);
        if (isSame && SymbolEqualityComparer.Default.Equals(Service, other.Service)) return least;
        // Two services of one scope get the same context.
        return (Service ?? other.Service) is not null && Direction.Length == 0 && SymbolEqualityComparer.Default.Equals(Type, other.Type) ? Confidence.Likely : Confidence.Unknown;
    }
}
