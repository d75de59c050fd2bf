using ExecutionModel.Engine.Calls;

namespace ExecutionModel.Engine.Costs;

/// <summary>A loop that is heavy as a whole.</summary>
/// <param name="Turn">Nanoseconds of one turn: at least for a certain loop, usually for a likely one.</param>
/// <param name="Turns">How many there are; infinite where that is not known.</param>
public sealed record TurnWork(Confidence Confidence, string Evidence, double Turn, double Turns);
