using System.Collections.Immutable;
using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Costs;
using Microsoft.CodeAnalysis;

namespace ExecutionModel.Engine.Effects;

/// <summary>An awaited read that starts when computing before it is done, although it needs nothing of it: it could wait while the computing runs.</summary>
/// <param name="Work">The first of the computing that the read may be started before.</param>
/// <param name="Hoisted">Declarations in between that the start needs; they move above it.</param>
/// <param name="EndsEarly">
/// What the read uses could end before it does, should the computing throw: a <c>using</c>, a <c>finally</c>, a unit of work. The read must then be waited for.
/// </param>
public sealed record LateStart(AwaitSite Site, CpuWork Work, ImmutableArray<IOperation> Hoisted, Summary Summary, Confidence Confidence, bool EndsEarly);
