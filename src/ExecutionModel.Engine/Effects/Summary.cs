using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Engine.Effects;

/// <summary>What running a piece of code does, as far as it could be seen.</summary>
public sealed record Summary
{
    public static readonly Summary Nothing = new() { Confidence = Confidence.Certain, Waiting = Waiting.Memory };

    public ImmutableArray<Effect> Effects { get; init; } = [];

    /// <summary>Certain: every call was understood. Likely: names or services stand in for a body. Unknown: <see cref="Obstacle"/> says why.</summary>
    public Confidence Confidence { get; init; }

    /// <summary>What could not be seen through; null unless the confidence is Unknown.</summary>
    public string? Obstacle { get; init; }

    public Waiting Waiting { get; init; }

    /// <summary>May throw before it returns its task.</summary>
    public bool ThrowsEarly { get; init; }

    /// <summary>Throws on its own account, or calls a check: later code may rely on it having passed.</summary>
    public bool Guards { get; init; }

    /// <summary>Sends or stores something while it waits: on a stream, a socket, a server.</summary>
    public bool Writes { get; init; }

    /// <summary>A cache in memory is asked, and only what it lacks is fetched: the caller seldom waits.</summary>
    public bool Remembers { get; init; }

    /// <summary>It waits for local files and nothing else: most are small and answered from the system's cache.</summary>
    public bool StaysLocal =>
        Effects.Any(e => e.Place is { Kind: PlaceKind.External, Channel: Channel.File })
        && !Effects.Any(e => e.Place is { Kind: PlaceKind.UnitOfWork } or { Kind: PlaceKind.External, Channel: Channel.Network or Channel.Database or Channel.Queue });

    /// <summary>Who says so, for messages and listings.</summary>
    public string Evidence { get; init; } = "";

    public static Summary Unknown(string obstacle) => new() { Obstacle = obstacle };
}
