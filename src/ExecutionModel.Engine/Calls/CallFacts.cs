using ExecutionModel.Engine.Knowledge;

namespace ExecutionModel.Engine.Calls;

public enum Confidence
{
    /// <summary>Nothing is known: for a rule this is a reason to stay silent.</summary>
    Unknown,

    /// <summary>A name, or one unproved but usual assumption.</summary>
    Likely,

    /// <summary>The catalogue, an attribute or a whole body says so.</summary>
    Certain,
}

internal static class Confidences
{
    /// <summary>Both have to hold: as sure as the less sure one.</summary>
    public static Confidence And(this Confidence one, Confidence other) => one < other ? one : other;
}

/// <summary>What one call does, how sure that is, and who says so.</summary>
/// <param name="Waiting">What the call's own time is spent on.</param>
/// <param name="Confidence">Of <paramref name="Waiting"/>.</param>
/// <param name="Evidence">For the message: <c>http.txt:12</c>, <c>inferred from the body of LoadAsync</c>, <c>[IoBound]</c>.</param>
public sealed record CallFacts(Waiting Waiting, Confidence Confidence, string Evidence)
{
    public static CallFacts Unknown(string reason) => new(Waiting.Unstated, Confidence.Unknown, reason);

    /// <summary>The call waits for I/O, at least likely.</summary>
    public bool IsIo => Waiting is Waiting.AsyncIo or Waiting.BlockingIo && Confidence != Confidence.Unknown;
}
