using ExecutionModel.Engine.Calls;
using ExecutionModel.Engine.Context;
using ExecutionModel.Engine.Knowledge;
using ExecutionModel.Engine.Roslyn;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace ExecutionModel.Engine.Effects;

/// <summary>One call of a turn that goes to a unit of work which all turns share.</summary>
/// <param name="Batch">What the library has for all items at once; <see cref="Batch.Unstated"/>: a service hides the library.</param>
public sealed record RepeatedRequest(AwaitSite Site, Batch Batch);

/// <summary>
/// Finds the look-up or the commit that a loop sends once per item to one unit of work. Running the turns side by side is no way out there; one request for
/// all items is. A turn that does more than talk to the database, or that commits on purpose, is left alone.
/// </summary>
public sealed class RepeatedRequests(ProgramModel model)
{
    /// <param name="dropped">Told the obstacle, where there is such a request.</param>
    public RepeatedRequest? Of(LoopShape shape, Action<string>? dropped)
    {
        var candidates = Candidates(shape).ToList();
        foreach (var request in candidates)
        {
            var obstacle = ObstacleIn(shape, request);
            var isSettled = obstacle is not null && candidates.Count == 1; // then no body behind the call needs to be read
            if (!isSettled && !IsShared(request.Site, shape)) continue;
            obstacle ??= OtherWaits(shape);
            if (obstacle is null) return request;
            dropped?.Invoke(obstacle);
            return null;
        }

        return null;
    }

    /// <summary>By their names and by what the catalogue says.</summary>
    private IEnumerable<RepeatedRequest> Candidates(LoopShape shape)
    {
        if (shape.Sites.IsEmpty) yield break;
        ISet<AwaitSite>? byItem = null;
        foreach (var site in shape.Sites)
        {
            if (LookUp(site) is { } batch && (byItem ??= shape.CallsByItem()).Contains(site)) yield return new RepeatedRequest(site, batch);
        }

        if (model.Catalogue.Of(shape.Last.Call.TargetMethod)?.Batch == Batch.Once) yield return new RepeatedRequest(shape.Last, Batch.Once);
    }

    private Batch? LookUp(AwaitSite site)
    {
        var method = site.Call.TargetMethod;
        if (model.Catalogue.Of(method) is { } facts) return facts.Batch is Batch.Unstated or Batch.Once ? null : facts.Batch;
        return site.IsResultUnused || CallNames.Kind(method.Name, (site.Call.Instance?.Type ?? method.ContainingType).Name) != NameKind.Read ? null : Batch.Unstated;
    }

    /// <summary>The call uses a unit of work that outlives the turn.</summary>
    private bool IsShared(AwaitSite site, LoopShape shape) => UnitsOf(site).Any(e => e.Place.Symbol is not { } owner || !shape.Declares(owner));

    private IEnumerable<Effect> UnitsOf(AwaitSite site)
    {
        var walker = new EffectWalker(model, Summaries.Depth - 1);
        walker.Call(site.Call);
        var effects = walker.Obstacle is null ? walker.Effects : model.Calls.SummaryOf(site.Call) is { Confidence: not Confidence.Unknown } known ? known.Effects : [];
        return effects.Where(e => e.Place.Kind == PlaceKind.UnitOfWork);
    }

    private string? OtherWaits(LoopShape shape)
    {
        foreach (var site in shape.Sites)
        {
            if (model.Catalogue.Of(site.Call.TargetMethod)?.Waiting != Waiting.Memory && !UnitsOf(site).Any()) return $"the turn waits for '{site.Call.TargetMethod.Name}' as well";
        }

        return null;
    }

    private string? ObstacleIn(LoopShape shape, RepeatedRequest request)
    {
        if (shape.IsStream) return "a stream is read";
        if (shape.Obstacle is { } obstacle) return obstacle;
        if (Carries(shape, request.Site)) return "the call needs what an earlier turn found";
        if (TakesMany(shape, request.Site)) return "the call asks for many items, or for a page of them";
        if (shape.PathTo(request.Site) == TurnPath.Conditional) return "only some turns make the call";
        if (model.Memoization.Of(request.Site.Await, shape.Loop.Body)) return "what was found is remembered";
        return request.Batch == Batch.Once ? CommitOnPurpose(shape) : null;
    }

    /// <summary>The commit belongs to its item: it stands in a transaction or a <c>try</c> of the turn, or the turn goes on after it.</summary>
    private string? CommitOnPurpose(LoopShape shape)
    {
        if (shape.Sites.Count(s => model.Catalogue.Of(s.Call.TargetMethod)?.Batch == Batch.Once) > 1) return "the turn commits more than once";
        if (Regions.Holding(shape.Frame, shape.Last.Await, model.Catalogue) is { } held) return held;
        if (!ReferenceEquals(shape.Head, shape.Statements[shape.Statements.Count - 1]) || shape.Head is ITryOperation or IUsingOperation or ILockOperation) return "the commit is part of the turn";
        return null;
    }

    /// <summary>An operand is a variable from outside of the loop that the loop writes.</summary>
    private static bool Carries(LoopShape shape, AwaitSite site)
    {
        var written = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        foreach (var operation in shape.Loop.Body.Descendants())
        {
            var target = operation switch
            {
                IAssignmentOperation assignment => assignment.Target,
                IIncrementOrDecrementOperation step => step.Target,
                _ => null,
            };
            if (target is ILocalReferenceOperation local && !shape.Declares(local.Local)) written.Add(local.Local);
            else if (target is IParameterReferenceOperation parameter) written.Add(parameter.Parameter);
            else if (target is IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field) written.Add(field.Field);
        }

        return site.Call.Descendants().Any(o => o switch
        {
            ILocalReferenceOperation local => written.Contains(local.Local),
            IParameterReferenceOperation parameter => written.Contains(parameter.Parameter),
            IFieldReferenceOperation field => written.Contains(field.Field),
            _ => false,
        });
    }

    /// <summary><c>batch.Contains(x.Id)</c>, <c>Skip(page * 100)</c>: somebody thought of the round trips already.</summary>
    private static bool TakesMany(LoopShape shape, AwaitSite site) => site.Call.Descendants().Any(o => o is IInvocationOperation call
        && (call.TargetMethod.Name is "Skip" or "Chunk"
            || call.TargetMethod.Name == "Contains" && call.Subject()?.Plain().DescendantsAndSelf().Any(s => s is ILocalReferenceOperation local && shape.Declares(local.Local)) == true));
}
