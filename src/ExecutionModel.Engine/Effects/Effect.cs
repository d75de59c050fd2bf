using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

public enum PlaceKind
{
    /// <summary>A local or parameter itself.</summary>
    Variable,

    /// <summary>What can be reached from a local, parameter, field or property; no symbol: some object that nobody could trace.</summary>
    Contents,

    /// <summary>A field or property, of whichever instance.</summary>
    Member,

    /// <summary>Something outside the process's memory.</summary>
    External,

    /// <summary>A context, connection or session. The symbol is the local that owns it, or null for the one that the scope shares.</summary>
    UnitOfWork,
}

public enum Access
{
    Read,
    Write,

    /// <summary>One operation at a time: a second one in flight is an error or queues behind the first.</summary>
    Exclusive,
}

/// <summary>An abstract location: where an effect lives.</summary>
public sealed record Place(PlaceKind Kind, ISymbol? Symbol, Channel Channel = default, string? Key = null)
{
    /// <summary>Key of a place that stands for whatever the call is made on, or, with a symbol, for that member of it.</summary>
    public const string ReceiverKey = "receiver";

    public static readonly Place Receiver = new(PlaceKind.Contents, null, default, ReceiverKey);

    public static readonly Place ReceiverUnitOfWork = new(PlaceKind.UnitOfWork, null, default, ReceiverKey);

    /// <summary>Some unit of work: it may be any that the method can get at, one that a local owns too.</summary>
    public static readonly Place AnyUnitOfWork = new(PlaceKind.UnitOfWork, null, default, "any");

    public static Place Variable(ISymbol symbol) => new(PlaceKind.Variable, symbol);

    public static Place Contents(ISymbol? symbol) => new(PlaceKind.Contents, symbol);

    public static Place Member(ISymbol symbol) => new(PlaceKind.Member, symbol.OriginalDefinition);

    /// <summary>The same place of the object that the method itself is called on.</summary>
    internal Place OfReceiver() => this with { Key = ReceiverKey };

    internal Place OfAny() => Symbol is null ? this : this with { Key = null };

    internal bool IsOfReceiver => Symbol is not null && Key == ReceiverKey;

    public static Place External(Channel channel, string? key) => new(PlaceKind.External, null, channel, key);

    public static Place UnitOfWork(ISymbol? owner) => new(PlaceKind.UnitOfWork, owner);

    public static Place UnitOfWork(Work work) => work.Confidence == Confidence.Unknown ? AnyUnitOfWork : UnitOfWork(work.Owner);

    public bool Equals(Place other) =>
        Kind == other.Kind && Channel == other.Channel && Key == other.Key && SymbolEqualityComparer.Default.Equals(Symbol, other.Symbol);

    public override int GetHashCode() => ((int)Kind * 397) ^ ((int)Channel * 31) ^ SymbolEqualityComparer.Default.GetHashCode(Symbol);

    public override string ToString() => Kind switch
    {
        PlaceKind.Variable => $"'{Symbol!.Name}'",
        PlaceKind.Contents => Symbol is null ? "an object that could not be traced" : $"'{Symbol.Name}'",
        PlaceKind.Member => $"'{Symbol!.ContainingType?.Name}.{Symbol.Name}'",
        PlaceKind.UnitOfWork => Symbol is not null ? $"'{Symbol.Name}'" : Key == AnyUnitOfWork.Key ? "a unit of work that could not be traced" : "the scope's unit of work",
        _ => $"the {Channel.ToString().ToLowerInvariant()}",
    };
}

/// <summary>One access to one place.</summary>
public sealed record Effect(Place Place, Access Access)
{
    public bool ChangesTheWorld => Access != Access.Read && Place is { Kind: PlaceKind.External, Channel: not Channel.Log and not Channel.Clock and not Channel.Cache };
}
