using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

/// <summary>
/// Awaits of one straight line that may all be started before the first is awaited. What stands between them, other awaits included, stays where it is:
/// it runs when all of the group have ended.
/// </summary>
/// <param name="Sites">In evaluation order, two or more.</param>
/// <param name="Hoisted">Declarations between them that later starts need; they move above the first start.</param>
/// <param name="Summaries">What each call does, in the order of the sites.</param>
/// <param name="StartsSafely">No start but the first can throw before it returns its task.</param>
public sealed record IndependentGroup(ImmutableArray<AwaitSite> Sites, ImmutableArray<IOperation> Hoisted, ImmutableArray<Summary> Summaries, Confidence Confidence, bool StartsSafely);
